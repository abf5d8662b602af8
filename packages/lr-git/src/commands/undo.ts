import { defineCommand, ExitStatus, type Io, UsageError } from '@loop-runner/cli-kit'
import { commitReturns, type Return, withoutFixes } from '../commits/commit-returns.ts'
import { returnMessage } from '../commits/commit-message.ts'
import {
  diffCommits,
  type Engine,
  ENGINE_OPTIONS,
  type Hash,
  inRepository,
  refuseLoop,
  RUN_BRANCH,
} from '@loop-runner/git-engine'
import { type KeptVersion, planKept } from '../run/kept-files.ts'
import { readRun, type Run, type RunCommit, standingFixes } from '../run/run-history.ts'
import { nameOfRun } from '../run/run-record.ts'
import { writeCommits } from '../write-blocks.ts'

export const undo = defineCommand({
  usage: '[options] [N]',
  summary: 'Undo the last N replies of the run (default: 1).',
  options: { ...ENGINE_OPTIONS, 'run-branch': RUN_BRANCH },
  operands: { max: 1 },
  details: `
Makes one reverting commit for each reply, the last reply first, then one for
FIXES.md, and restores the files. The undone commits stay in the history. Prints
the new commits in a block "commit".

Exit codes: 0 done · 1 nothing to undo · 2 fewer than N replies can be undone ·
3 failed: not on the branch of a run, files with changes of yours … · 4 another
git process holds the lock

  lr-git undo 2 && lr-check -c pytest src
`,
  async run({ options, operands: [word = '1'] }, io) {
    const count = Number(word)
    if (!/^[1-9]\d*$/.test(word)) throw new UsageError(`${JSON.stringify(word)}: how many? (a whole number from 1)`)
    refuseLoop(io)
    const commits = await inRepository(options, io, (engine) => undoReplies(engine, count, options['run-branch'], io))
    if (commits.length === 0) {
      io.progress('nothing to undo')
      return ExitStatus.No
    }
    await writeCommits(commits, io)
    return ExitStatus.Yes
  },
})

async function undoReplies(
  engine: Engine,
  count: number,
  branch: string | undefined,
  io: Io,
): Promise<readonly Hash[]> {
  const run = await readRun(engine, branch)
  const standing = standingFixes(run.history)
  if (standing.length === 0) return []
  if (standing.length < count) throw new UsageError(`${count}: only ${standing.length} can be undone`)
  const undone = standing.slice(0, count)
  const returns: Return[] = []
  for (const fix of undone) returns.push(await revert(engine, run, fix, io))
  const entry = (commits: readonly Hash[]) =>
    undone.map(({ hash }, index) => `### Undone: commit ${hash}\n\nBy commit ${commits[index]}.`).join('\n\n')
  const hashes = new Set(undone.map(({ hash }) => hash))
  const isUndone = ({ commit }: KeptVersion) => commit !== null && hashes.has(commit)
  const kept = planKept(engine, run, (versions) => versions.find(isUndone)?.before, io)
  return commitReturns(engine, run, { returns, kept }, entry, io)
}

async function revert(engine: Engine, run: Run, { hash, parents, message }: RunCommit, io: Io): Promise<Return> {
  const moves = withoutFixes(engine, run, await diffCommits(engine, hash, parents[0]))
  const subject = `Revert "${message.split('\n')[0]}"`
  const trailers = { 'Lr-Run': nameOfRun(io.env, run.record.branch), 'Lr-Reverts': hash }
  return { moves, message: returnMessage(subject, `This reverts commit ${hash}.`, trailers) }
}
