import { CommandError, defineCommand, ExitStatus, type Io } from '@loop-runner/cli-kit'
import { commitReturns, withoutFixes } from '../commits/commit-returns.ts'
import { returnMessage } from '../commits/commit-message.ts'
import { diffCommits } from '../working-tree/diff-trees.ts'
import { type Engine, isSame } from '../repository/engine.ts'
import type { Hash } from '../repository/git-object.ts'
import { inRepository } from '../repository/in-repository.ts'
import { ENGINE_OPTIONS } from '../repository/open-engine.ts'
import { readRun } from '../run/run-history.ts'
import { nameOfRun } from '../run/run-record.ts'
import { readCarried } from '../commits/carried.ts'
import { writeCommits } from '../write-blocks.ts'

export const best = defineCommand({
  usage: '[options] REV',
  summary: 'Bring the files back to the best commit of the run.',
  options: ENGINE_OPTIONS,
  operands: { min: 1, max: 1 },
  details: `
Makes a commit in which the files are as they were at REV, then one for FIXES.md,
which itself only grows. REV is a commit of the run, or the one that it started
from. Prints the new commits in a block "commit".

Exit status: 0 done · 1 the files are so already · 3 could not be done: REV is not
of this run, files with changes of yours … · 4 another git holds the lock

  lr-git best HEAD~4 | lr-blocks get commit
`,
  async run({ options, operands: [revision = ''] }, io) {
    const commits = await inRepository(options, io, (engine) => returnTo(engine, revision, io))
    if (commits.length === 0) {
      io.progress(`the files are as they were at ${revision}`)
      return ExitStatus.No
    }
    await writeCommits(commits, io)
    return ExitStatus.Yes
  },
})

async function returnTo(engine: Engine, revision: string, io: Io): Promise<readonly Hash[]> {
  const run = await readRun(engine)
  const target = await engine.resolveCommit(revision)
  if (target === undefined) throw new CommandError(ExitStatus.Failed, `${revision}: no such commit`)
  if (target !== run.record.begin && !run.history.some(({ hash }) => hash === target)) {
    throw new CommandError(ExitStatus.Failed, `${revision}: not a commit of the run ${run.record.branch}`)
  }
  const carried = await readCarried(engine, run.record)
  const differences = withoutFixes(await diffCommits(engine, run.head.commit, target))
  // A file that the run had not touched yet was as the user had it, committed or not.
  const moves = differences
    .map((move) => {
      const was = carried.asItWas(move.path, move.to)
      return was ? { ...move, to: was.working } : move
    })
    .filter(({ from, to }) => !isSame(from, to))
  if (moves.length === 0) return []
  const subject = `lr: back to ${target.slice(0, 12)}`
  const trailers = { 'Lr-Run': nameOfRun(io.env, run.record.branch), 'Lr-Returns-To': target }
  const message = returnMessage(subject, `The files are as they were at commit ${target}.`, trailers)
  const entry = ([commit]: readonly Hash[]) => `### Back to commit ${target}\n\nBy commit ${commit}.`
  return commitReturns(engine, run, [{ moves, message }], entry, io)
}
