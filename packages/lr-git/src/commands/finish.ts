import { CommandError, defineCommand, ExitStatus, type Io } from '@loop-runner/cli-kit'
import {
  type Change,
  type Engine,
  ENGINE_OPTIONS,
  type Hash,
  inRepository,
  makeChange,
  refuseLoop,
} from '@loop-runner/git-engine'
import { ORIGINALS } from '../commits/commit-message.ts'
import { keptFile, readVersions } from '../run/kept-files.ts'
import { nameOfBase, readBase, refuseCheckedOut, stepBack } from '../run/run-ends.ts'
import { forgetPending } from '../run/pending-run.ts'
import { readRun, type Run } from '../run/run-history.ts'
import type { RunRecord } from '../run/run-record.ts'
import { planSquash } from '../commits/plan-squash.ts'
import { writeBranch, writeCommits } from '../write-blocks.ts'

export const finish = defineCommand({
  usage: '[options]',
  summary: 'Fast-forward the branch that the run started from, and switch to it.',
  options: {
    ...ENGINE_OPTIONS,
    squash: {
      type: 'flag',
      describe: 'add one commit for all changes and one for FIXES.md, instead of the commits of the run',
    },
  },
  details: `
Fast-forwards the branch to the last commit of the run. With --squash, the
branch gets one commit with all changes of the run and one for FIXES.md, whose
entries name that commit. The branch of the run is kept. If the branch has other
commits since the run started, nothing is done: merge the branch of the run
yourself. Prints the branch in a block "branch" (not for a detached HEAD) and
its new commits in a block "commit".

Exit codes: 0 done · 1 the run has no commits; switched to the branch · 3
failed: not on the branch of a run, a branch with other commits … · 4 another
git process holds the lock

  lr-git finish --squash | lr-blocks get commit
`,
  async run({ options }, io) {
    refuseLoop(io)
    const { run, commits, earlier } = await inRepository(options, io, async (engine) => {
      const finished = await bringForward(engine, options.squash, io)
      return { ...finished, earlier: earlierVersions(engine, finished.run) }
    })
    if (run.record.base !== null) await writeBranch(nameOfBase(run.record), io)
    if (commits.length === 0) {
      io.progress(`nothing to bring forward; back on ${nameOfBase(run.record)}`)
      return ExitStatus.No
    }
    await writeCommits(commits, io)
    for (const line of earlier) io.progress(line)
    const name = run.record.base === null ? 'HEAD' : nameOfBase(run.record)
    io.progress(`${name} is at ${commits.at(-1)}; the run stays on ${run.record.branch}`)
    return ExitStatus.Yes
  },
})

interface Finished {
  readonly run: Run
  readonly commits: readonly Hash[]
}

async function bringForward(engine: Engine, squash: boolean, io: Io): Promise<Finished> {
  const run = await readRun(engine)
  const { head, record } = run
  const base = await readBase(engine, record)
  refuseMoved(engine, record, base)
  const reason = `lr-git finish: ${record.branch}`
  if (head.commit === undefined || head.commit === base) {
    const back = stepBack(record, head.commit ?? '')
    await makeChange(engine, { objects: [], index: [], files: [], steps: [back], reason }, io)
    if (run.isPending) await forgetPending(engine)
    return { run, commits: [] }
  }
  const commits = run.history.map(({ hash }) => hash).reverse()
  const work = squash ? await planSquash(engine, run, io) : { commits, objects: [], index: [], files: [] }
  const to = work.commits.at(-1) ?? head.commit
  const back = stepBack(record, to)
  const steps: Change['steps'] = record.base === null ? [back] : [{ ref: record.base, from: base, to }, back]
  await makeChange(engine, { ...work, steps, reason }, io)
  return { run, commits: work.commits }
}

function refuseMoved(engine: Engine, record: RunRecord, base: Hash | undefined): void {
  if (base !== (record.commit ?? undefined)) {
    const name = nameOfBase(record)
    const remedy = `git switch ${name} && git merge ${record.branch}`
    throw new CommandError(ExitStatus.Failed, `${name}: has moved on since the run started (${remedy})`)
  }
  if (record.base === null) return
  refuseCheckedOut(engine, record.base, (folder) => `git -C ${folder} merge --ff-only ${record.branch}`)
}

/** Where the files are as they were before the run, if they were not committed then. */
function earlierVersions(engine: Engine, run: Run): readonly string[] {
  const { record, history } = run
  const originals = history.filter(({ trailers }) => trailers.has(ORIGINALS)).map(({ hash }) => hash)
  const first = new Map<string, string | null>()
  for (const { path, before } of readVersions(engine, run)) if (!first.has(path)) first.set(path, before)
  return [
    ...(originals.length === 0
      ? []
      : [`what was not committed before the run is in ${originals.reverse().join(', ')}`]),
    ...[...first].flatMap(([path, digest]) =>
      digest === null
        ? []
        : [`${path}: ignored by git; as it was before the run: ${keptFile(engine, record.branch, digest)}`],
    ),
  ]
}
