import { CommandError, ExitStatus, type Io } from '@loop-runner/cli-kit'
import { BRANCHES, branchOf, type Change, type Engine, type Hash, type Head, makeChange } from '@loop-runner/git-engine'
import { keepStep } from './keep-ref.ts'
import { clearPending, readPending, readUnborn, writePending } from './pending-run.ts'
import { readRecord, type RunRecord, writeRecord } from './run-record.ts'

/** Where commits go. */
export interface Target {
  /** The run that HEAD belongs to; undefined if it belongs to none. */
  readonly record: RunRecord | undefined
  /** The ref that a commit moves, and the commit that it goes on top of. */
  readonly head: Head
  /** Whether a commit has to make the branch of the run, and to switch to it. */
  readonly isPending: boolean
}

/**
 * Where commits go: to HEAD, or to the branch of a run and nowhere else.
 *
 * @param branch the branch of the run; undefined: wherever HEAD is
 * @throws CommandError (3) if HEAD is not on that branch
 */
export async function findTarget(engine: Engine, branch: string | undefined): Promise<Target> {
  const head = await engine.readHead()
  const current = branchOf(head)
  if (branch === undefined || current === branch) {
    return { record: current === undefined ? undefined : readRecord(engine, current), head, isPending: false }
  }
  const pending = await readPending(engine)
  if (pending?.branch === branch) return pendingTarget(pending, head)
  const earlier = await readUnborn(engine, branch)
  if (!earlier) throw wrongBranch(head, branch, `git switch ${branch}`)
  const target = pendingTarget(earlier, head)
  // Another run was started since; this one goes on.
  writePending(engine, branch)
  return target
}

/** The target of a run whose branch does not exist yet: HEAD must be where the run started. */
export function pendingTarget(pending: RunRecord, head: Head): Target {
  const { base, branch, commit } = pending
  const name = base?.replace(BRANCHES, '')
  const isAtStart = base === null ? head.ref === undefined && head.commit === commit : head.ref === base
  if (!isAtStart) {
    const back = name === undefined ? `git switch --detach ${commit}` : `git switch ${name}`
    throw wrongBranch(head, `${name ?? commit}, where the run ${branch} started`, back)
  }
  return {
    record: rebase(pending, head.commit),
    head: { ref: BRANCHES + branch, commit: head.commit },
    isPending: true,
  }
}

/**
 * Makes commits real. The first one of a run whose branch does not exist yet makes it, and switches to it.
 *
 * @throws CommandError as makeChange
 */
export async function moveTarget(
  engine: Engine,
  target: Target,
  { tip, ...change }: Omit<Change, 'steps'> & { readonly tip: Hash },
  io: Io,
): Promise<void> {
  const { isPending, record } = target
  if (isPending && record) writeRecord(engine, record)
  await makeChange(engine, { ...change, steps: await stepsTo(engine, target, tip) }, io)
  if (isPending) clearPending(engine)
}

async function stepsTo(engine: Engine, { head, isPending, record }: Target, tip: Hash): Promise<Change['steps']> {
  if (!isPending || !record) return [{ ref: head.ref ?? 'HEAD', from: head.commit, to: tip }]
  const ref = BRANCHES + record.branch
  const steps = [{ ref, from: undefined, to: tip }, { head: { ref } }] as const
  const keep = await keepStep(engine, record)
  return keep ? [keep, ...steps] : steps
}

/**
 * The branch that the run started from may have moved before the run made its first commit: the run then starts there.
 *
 * @throws CommandError (3) if changes of yours were saved on top of the former commit
 */
function rebase(record: RunRecord, commit: Hash | undefined): RunRecord {
  const { branch, base, start, staged } = record
  const now = commit ?? null
  if (now === record.commit) return record
  if (start !== record.commit || staged !== record.commit) {
    const name = base?.replace(BRANCHES, '') ?? 'HEAD'
    throw new CommandError(
      ExitStatus.Failed,
      `${name}: has moved since the run ${branch} started (undo the reply with lr-apply --undo, and start a new run)`,
    )
  }
  return { ...record, commit: now, begin: now, staged: now, start: now }
}

function wrongBranch(head: Head, expected: string, remedy: string): CommandError {
  const at = branchOf(head) ?? 'a detached HEAD'
  return new CommandError(ExitStatus.Failed, `HEAD: on ${at}, not on ${expected}: nothing was committed (${remedy})`)
}
