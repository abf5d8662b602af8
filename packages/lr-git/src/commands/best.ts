import { CommandError, defineCommand, ExitStatus, type Io } from '@loop-runner/cli-kit'
import { commitReturns, withoutFixes } from '../commits/commit-returns.ts'
import { returnMessage } from '../commits/commit-message.ts'
import {
  diffCommits,
  type Engine,
  ENGINE_OPTIONS,
  type Hash,
  inRepository,
  isSame,
  refuseLoop,
  RUN_BRANCH,
} from '@loop-runner/git-engine'
import { type KeptVersion, planKept } from '../run/kept-files.ts'
import { readRun, type Run } from '../run/run-history.ts'
import { nameOfRun } from '../run/run-record.ts'
import { readCarried } from '../commits/carried.ts'
import { writeCommits } from '../write-blocks.ts'

export const best = defineCommand({
  usage: '[options] [REV]',
  summary: 'Restore the files of the best commit of the run.',
  options: { ...ENGINE_OPTIONS, 'run-branch': RUN_BRANCH },
  operands: { max: 1 },
  details: `
Makes a commit that restores the files as they were at REV, then one that adds
an entry to FIXES.md. REV is a commit of the run, or the commit that the run
started from (default: the files as they were when the run started). Prints the
new commits in a block "commit".

Exit codes: 0 done · 1 the files are already as at REV · 3 failed: REV is not a
commit of this run, files with changes of yours … · 4 another git process holds
the lock

  lr-git best HEAD~4 | lr-blocks get commit
`,
  async run({ options, operands: [revision] }, io) {
    refuseLoop(io)
    const commits = await inRepository(options, io, (engine) => returnTo(engine, revision, options['run-branch'], io))
    if (commits.length === 0) {
      io.progress(`the files are as they were at ${revision ?? 'the start of the run'}`)
      return ExitStatus.No
    }
    await writeCommits(commits, io)
    return ExitStatus.Yes
  },
})

async function returnTo(
  engine: Engine,
  revision: string | undefined,
  branch: string | undefined,
  io: Io,
): Promise<readonly Hash[]> {
  const run = await readRun(engine, branch)
  const target = await findCommit(engine, run, revision)
  const carried = await readCarried(engine, run.record, run.history)
  const differences = withoutFixes(engine, run, await diffCommits(engine, run.head.commit, target))
  // A file that the run had not touched yet was as the user had it, committed or not.
  const moves = differences
    .map((move) => {
      const was = carried.asItWas(move.path, move.to)
      return was ? { ...move, to: was.working } : move
    })
    .filter(({ from, to }) => !isSame(from, to))
  const later = new Set(newerThan(run, target))
  const isLater = ({ commit }: KeptVersion) => commit !== null && later.has(commit)
  const kept = planKept(engine, run, (versions) => versions.find(isLater)?.before, io)
  if (moves.length + kept.length === 0) return []
  const name = target ?? 'the start of the run'
  const subject = `lr: back to ${target?.slice(0, 12) ?? name}`
  const trailers = { 'Lr-Run': nameOfRun(io.env, run.record.branch), 'Lr-Returns-To': target ?? 'start' }
  const message = returnMessage(
    subject,
    `The files are as they were at ${target === undefined ? '' : 'commit '}${name}.`,
    trailers,
  )
  const entry = ([commit]: readonly Hash[]) => `### Commit ${commit}: back to ${name}`
  return commitReturns(engine, run, { returns: [{ moves, message }], kept }, entry, io)
}

/** @returns undefined for a run that started without a commit, as it was then */
async function findCommit(
  engine: Engine,
  { record, history }: Run,
  revision: string | undefined,
): Promise<Hash | undefined> {
  if (revision === undefined) return record.begin ?? undefined
  const target = await engine.resolveCommit(revision)
  if (target === undefined) throw new CommandError(ExitStatus.Failed, `${revision}: no such commit`)
  if (target !== record.begin && !history.some(({ hash }) => hash === target)) {
    throw new CommandError(ExitStatus.Failed, `${revision}: not a commit of the run ${record.branch}`)
  }
  return target
}

function newerThan({ history }: Run, target: Hash | undefined): readonly Hash[] {
  const at = history.findIndex(({ hash }) => hash === target)
  return (at < 0 ? history : history.slice(0, at)).map(({ hash }) => hash)
}
