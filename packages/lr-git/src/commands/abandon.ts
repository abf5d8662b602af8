import { CommandError, defineCommand, ExitStatus, type Io } from '@loop-runner/cli-kit'
import { readCarried } from '../commits/carried.ts'
import {
  diffCommits,
  type Difference,
  type Engine,
  ENGINE_OPTIONS,
  type FileEntry,
  type Hash,
  inRepository,
  isSame,
  makeChange,
  planFiles,
  refuseLoop,
  refuseStagedMoves,
} from '@loop-runner/git-engine'
import { nameOfBase, readBase, refuseCheckedOut, stepBack } from '../run/run-ends.ts'
import { planKept } from '../run/kept-files.ts'
import { forgetPending } from '../run/pending-run.ts'
import { readRun, type Run } from '../run/run-history.ts'
import { writeBranch } from '../write-blocks.ts'

export const abandon = defineCommand({
  usage: '[options]',
  summary: 'Leave the run: switch to the branch that it started from, and restore the files.',
  options: ENGINE_OPTIONS,
  details: `
The branch of the run is kept with its commits; delete it with git branch -D
when you no longer need it. Changes that were uncommitted when the run started
are restored. Prints the branch that HEAD is on now in a block "branch", unless
the run started from a detached HEAD.

Exit codes: 0 done · 3 failed: not on the branch of a run, files with changes of
yours … · 4 another git process holds the lock

  lr-git abandon && git branch -D lr/20260103-101500-parser
`,
  async run({ options }, io) {
    refuseLoop(io)
    const { record, isPending } = await inRepository(options, io, (engine) => leave(engine, io))
    if (record.base !== null) await writeBranch(nameOfBase(record), io)
    const rest = isPending ? 'the run has made no commit' : `the run stays on ${record.branch}`
    io.progress(`back on ${nameOfBase(record)}; ${rest}`)
    return ExitStatus.Yes
  },
})

async function leave(engine: Engine, io: Io): Promise<Run> {
  const run = await readRun(engine)
  const { head, record } = run
  const base = await readBase(engine, record)
  if (record.base !== null) {
    const { root } = engine.repository
    refuseCheckedOut(engine, record.base, (folder) => `git -C ${folder} worktree remove ${root}; the branch stays`)
  }
  if (base !== (record.commit ?? undefined) && record.start !== record.commit) {
    const name = nameOfBase(record)
    throw new CommandError(ExitStatus.Failed, `${name}: has moved on since the run started (git switch ${name})`)
  }
  const touched = await diffCommits(engine, head.commit, base)
  const files = await towards(engine, head.commit, touched, record.start === record.commit ? base : record.start)
  const index = await towards(engine, head.commit, touched, record.staged === record.commit ? base : record.staged)
  await refuseStagedMoves(engine, touched)
  const originals = await readSaved(engine, run)
  const kept = planKept(engine, run, ([first]) => first?.before, io)
  const change = {
    objects: [],
    index: index.map(({ path, to }) => ({ path, entry: to })),
    files: [
      ...(await planFiles(
        engine,
        files.map((move) => originals(move)).filter(({ from, to }) => !isSame(from, to)),
      )),
      ...kept.map(({ change }) => change),
    ],
    steps: [stepBack(record, base ?? '')],
    reason: `lr-git abandon: back to ${nameOfBase(record)}`,
  } as const
  await makeChange(engine, change, io)
  if (run.isPending) await forgetPending(engine)
  return run
}

/** A file that the run saved before a reply first changed it becomes what it was then. */
async function readSaved(engine: Engine, { record, history }: Run): Promise<(move: Difference) => Difference> {
  const carried = await readCarried(engine, record, history)
  return (move) => {
    const was = carried.asItWas(move.path, move.to)
    return was ? { ...move, to: was.working } : move
  }
}

/** What becomes of the touched files where they are to be as in a commit; others are not the run's business. */
async function towards(
  engine: Engine,
  from: Hash | undefined,
  touched: readonly Difference[],
  to: Hash | null | undefined,
): Promise<readonly Difference[]> {
  const target = new Map<string, FileEntry | undefined>()
  for (const { path, to: entry } of await diffCommits(engine, from, to ?? undefined)) target.set(path, entry)
  return touched.map(({ path, from }) => ({ path, from, to: target.has(path) ? target.get(path) : from }))
}
