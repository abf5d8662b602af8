import { closeSync, openSync, readSync } from 'node:fs'
import { resolve } from 'node:path'
import { CommandError, defineCommand, ExitStatus, type Io } from '@loop-runner/cli-kit'
import {
  diffCommits,
  type Engine,
  ENGINE_OPTIONS,
  type Hash,
  inRepository,
  parseCommit,
  planFiles,
  refuseStagedMoves,
} from '@loop-runner/git-engine'
import { moveTarget } from '../run/current-run.ts'
import { LONGEST, readRun } from '../run/run-history.ts'
import { writeCommits } from '../write-blocks.ts'

/** What the files begin with that `git bundle` writes. */
const BUNDLE = /^# v[23] git bundle\n/

export const take = defineCommand({
  usage: '[options] REV|BUNDLE',
  summary: 'Fast-forward the run to commits made in another working tree.',
  options: ENGINE_OPTIONS,
  operands: { min: 1, max: 1 },
  details: `
Fast-forwards the branch of the run that you are on, and the files, to REV, or
to the last commit in a BUNDLE that lr-git drop saved. The commits must descend
from the last commit of the run. Prints them in a block "commit".

Exit codes: 0 done · 1 the run already has them · 3 failed: not on the branch of
a run, commits that do not descend from it, files with changes of yours … · 4
another git process holds the lock

  lr-git drop --save ../kept ../try && lr-git take ../kept/commits.bundle
`,
  async run({ options, operands: [operand = ''] }, io) {
    const commits = await inRepository(options, io, (engine) => bringForward(engine, operand, io))
    if (commits.length === 0) {
      io.progress(`the run is at ${operand} already`)
      return ExitStatus.No
    }
    await writeCommits(commits, io)
    return ExitStatus.Yes
  },
})

/** @returns the commits that the run has now and had not before, the oldest first */
async function bringForward(engine: Engine, operand: string, io: Io): Promise<readonly Hash[]> {
  const run = await readRun(engine)
  const { head, record } = run
  const target = await readTarget(engine, operand, io)
  if (target === head.commit) return []
  const history = head.commit === undefined ? [] : await engine.readHistory(target, head.commit, LONGEST)
  const oldest = history.at(-1)
  if (!oldest || parseCommit(oldest.bytes).parents[0] !== head.commit) {
    throw new CommandError(
      ExitStatus.Failed,
      `${operand}: does not descend from the last commit of the run (git merge ${target})`,
    )
  }
  const moves = await diffCommits(engine, head.commit, target)
  await refuseStagedMoves(engine, moves)
  const change = {
    objects: [],
    index: moves.map(({ path, to }) => ({ path, entry: to })),
    files: await planFiles(engine, moves),
    tip: target,
    reason: `lr-git take: ${record.branch}`,
  } as const
  await moveTarget(engine, run, change, io)
  return history.map(({ hash }) => hash).reverse()
}

async function readTarget(engine: Engine, operand: string, io: Io): Promise<Hash> {
  const file = resolve(io.cwd, operand)
  const target = isBundle(file) ? await engine.linkedTrees().readBundle(file) : await engine.resolveCommit(operand)
  if (target === undefined) throw new CommandError(ExitStatus.Failed, `${operand}: no such commit, and no bundle`)
  return target
}

function isBundle(file: string): boolean {
  try {
    const descriptor = openSync(file, 'r')
    try {
      const bytes = Buffer.alloc(32)
      return BUNDLE.test(bytes.toString('latin1', 0, readSync(descriptor, bytes)))
    } finally {
      closeSync(descriptor)
    }
  } catch {
    return false
  }
}
