import { CommandError, ExitStatus } from '@loop-runner/cli-kit'
import { readTrailers } from '../commits/commit-message.ts'
import { branchOf, type Commit, type Engine, type Hash, type Head, parseCommit } from '@loop-runner/git-engine'
import { findTarget, pendingTarget, type Target } from './current-run.ts'
import { readPending } from './pending-run.ts'
import { type RunRecord } from './run-record.ts'

/** How far back a run's commits are looked for. */
export const LONGEST = 10_000

/** The run that HEAD is on. */
export interface Run extends Target {
  readonly head: Head & { readonly ref: string }
  readonly record: RunRecord
  /** The run's commits, the newest first. */
  readonly history: readonly RunCommit[]
}

export interface RunCommit extends Commit {
  readonly hash: Hash
  readonly trailers: ReadonlyMap<string, string>
}

/**
 * The run that HEAD is on; else the one that this working tree has begun and whose branch its first commit makes.
 *
 * @param branch the branch that it must be on; undefined: any
 * @throws CommandError (3) if HEAD is not on the branch of a run, or not on that one
 */
export async function readRun(engine: Engine, branch?: string): Promise<Run> {
  const target = await findTarget(engine, branch)
  const { record, head, isPending } = target.record ? target : await pendingOr(engine, target)
  if (!record || head.ref === undefined) {
    const where = branchOf(head) ?? 'a detached HEAD'
    throw new CommandError(ExitStatus.Failed, `${where}: not the branch of a run (lr-git start makes one)`)
  }
  const history = await readCommits(engine, head.commit, record.begin)
  return { head: { ...head, ref: head.ref }, record, isPending, history }
}

async function pendingOr(engine: Engine, target: Target): Promise<Target> {
  const pending = await readPending(engine)
  return pending ? pendingTarget(pending, target.head) : target
}

/** The commits from `tip` back to `end`, which is not among them. */
export async function readCommits(
  engine: Engine,
  tip: Hash | undefined,
  end: Hash | null,
): Promise<readonly RunCommit[]> {
  const objects = tip === undefined || tip === end ? [] : await engine.readHistory(tip, end, LONGEST)
  return objects.map(({ hash, bytes }) => {
    const commit = parseCommit(bytes)
    return { ...commit, hash, trailers: readTrailers(commit.message) }
  })
}

/** The commits of replies that stand: those that have not been undone, the newest first. */
export function standingFixes(history: readonly RunCommit[]): readonly RunCommit[] {
  const undone = new Set(history.flatMap(({ trailers }) => trailers.get('Lr-Reverts') ?? []))
  return history.filter(({ hash, trailers }) => trailers.has('Lr-Files') && !undone.has(hash))
}
