import { basename } from 'node:path'
import { CommandError, ExitStatus, type Io } from '@loop-runner/cli-kit'
import {
  BRANCHES,
  branchOf,
  type Change,
  type Engine,
  findUntrackedSources,
  type Hash,
  type Head,
  isThere,
  type LocalChange,
  makeChange,
  type NamedObject,
  type PathChange,
  type Step,
} from '@loop-runner/git-engine'
import { makeBranchName } from './branch-name.ts'
import { forgetRecord, readRecord, type RunRecord, writeRecord } from './run-record.ts'
import { type Saved, saveChanges } from '../commits/save-changes.ts'
import { parseFixes } from './fixes-path.ts'
import { keepAside } from './kept-files.ts'
import { keepStep } from './keep-ref.ts'
import { clearPending, writePending } from './pending-run.ts'

/** What a run is to begin with. */
export interface Wish {
  /** The branch's name where the user gives one. */
  readonly name: string | undefined
  /** What the branch's name is made from otherwise; else from the folder's. */
  readonly slug: string | undefined
  /** What to do with changes that are not committed. */
  readonly dirty: 'refuse' | 'commit' | 'carry' | 'worktree'
  /** Whether the branch is made by the first commit of the run. */
  readonly deferred: boolean
  /** The file that explains the commits, as the option names it. */
  readonly fixes: string
}

export interface Started {
  readonly branch: string
  /** The folder in which the branch is checked out, where that is not this one. */
  readonly worktree?: string
}

/** So many names of one second are tried. */
const MOST_NAMES = 1000

/**
 * Makes the branch of a run. The lock is held.
 *
 * @throws CommandError (3) for changes that are not committed, where nothing is said about them, and for a name that is
 *   taken
 */
export async function startRun(engine: Engine, wish: Wish, io: Io): Promise<Started> {
  const [head, changes] = await Promise.all([engine.readHead(), engine.listChanges()])
  const unused = findUnused(engine, head)
  const fixes = parseFixes(engine, wish.fixes) ?? null
  if (unused !== undefined && unused.branch === wish.name) {
    writeRecord(engine, { ...unused, fixes })
    return { branch: unused.branch }
  }
  if (changes.length > 0 && wish.dirty === 'refuse') throw refusal(changes)
  const branch = await chooseName(engine, wish, head)
  // The record of a run without a commit stays, so that it can be resumed.
  clearPending(engine)
  const record: RunRecord = { ...(unused ?? recordFrom(head)), branch, fixes }
  if (changes.length > 0 && wish.dirty === 'worktree') return startBeside(engine, head, record)

  const { untracked, ignored } = await findUntrackedSources(engine, io)
  keepAside(engine, branch, ignored)
  const saved = await saveChanges(engine, head, { changes, untracked }, branch, io)
  const plan = planRun(head, record, saved, wish.dirty === 'commit' && changes.length > 0)
  return wish.deferred && plan.tip === head.commit ? startLater(engine, plan) : startHere(engine, plan, io)
}

/** A run that is about to begin. */
interface RunPlan {
  readonly head: Head
  readonly record: RunRecord
  /** Where its branch begins. */
  readonly tip: Hash | undefined
  readonly objects: readonly NamedObject[]
  readonly index: readonly PathChange[]
}

/** @param isCommitted whether what is saved goes into commits of the branch */
function planRun(head: Head, record: RunRecord, saved: Saved, isCommitted: boolean): RunPlan {
  const { objects, staged, start, tip } = saved
  if (start === head.commit) return { head, record, tip: head.commit, objects, index: [] }
  const kept = { ...record, staged: staged ?? record.commit, start: start ?? null }
  if (!isCommitted) return { head, record: kept, tip: head.commit, objects, index: [] }
  return { head, record: { ...kept, begin: tip ?? null }, tip, objects, index: saved.index }
}

async function startHere(engine: Engine, plan: RunPlan, io: Io): Promise<Started> {
  const { head, record, tip, objects, index } = plan
  const change = planStart(head, record.branch, tip)
  const keep = await keepStep(engine, record)
  const steps = keep ? ([keep, ...change.steps] as const) : change.steps
  await withRecord(engine, record, () => makeChange(engine, { ...change, objects, index, steps }, io))
  return { branch: record.branch }
}

/** The first commit makes the branch. */
async function startLater(engine: Engine, { record, objects }: RunPlan): Promise<Started> {
  await engine.writeObjects(objects)
  writeRecord(engine, record)
  writePending(engine, record.branch)
  return { branch: record.branch }
}

/** The record lies there before the branch does, so that no branch of a run is ever without; not without the branch. */
async function withRecord(engine: Engine, record: RunRecord, makeBranch: () => Promise<void>): Promise<void> {
  writeRecord(engine, record)
  try {
    await makeBranch()
  } catch (error) {
    const ref = BRANCHES + record.branch
    const isMade = (await engine.readRef(ref)) !== undefined || (await engine.readHead()).ref === ref
    if (!isMade) forgetRecord(engine, record.branch)
    throw error
  }
}

/** The branch at `tip`, and HEAD on it. A branch without a commit comes into being by HEAD being on it. */
function planStart(head: Head, branch: string, tip: Hash | undefined): Change {
  const ref = BRANCHES + branch
  const back: Step = { head: { ref } }
  return {
    objects: [],
    index: [],
    files: [],
    steps: tip === undefined ? [back] : [{ ref, from: undefined, to: tip }, back],
    reason: `lr-git start: from ${branchOf(head) ?? head.commit ?? 'nothing'}`,
  }
}

async function chooseName(engine: Engine, { name, slug }: Wish, head: Head): Promise<string> {
  const chosen = name ?? (await freeName(engine, slug ?? basename(engine.repository.root)))
  await refuseInTheWay(engine, chosen, head)
  if (name === undefined || (await engine.readRef(BRANCHES + name)) === undefined) return chosen
  throw new CommandError(ExitStatus.Failed, `${name}: a branch of that name exists (name another)`)
}

/**
 * A name cannot be a branch and a folder of branches at once: `lr` and `lr/x`. The branch that HEAD is on may have no commit
 * yet, and come into being later.
 *
 * @throws CommandError (3) naming the branch that is in the way
 */
async function refuseInTheWay(engine: Engine, name: string, head: Head): Promise<void> {
  const parts = name.split('/')
  const parents = parts.slice(1).map((_, index) => BRANCHES + parts.slice(0, index + 1).join('/'))
  const found = await Promise.all(parents.map((ref) => engine.readRef(ref)))
  const above = parents.find((ref, index) => ref === head.ref || found[index] !== undefined)
  const below = head.ref?.startsWith(`${BRANCHES}${name}/`) ? head.ref : await engine.findRefBelow(BRANCHES + name)
  const other = (above ?? below)?.replace(BRANCHES, '')
  if (other === undefined) return
  const remedy = 'give the branch another name: lr-git start NAME, lr-loop --branch NAME'
  throw new CommandError(ExitStatus.Failed, `${other}: is in the way of a branch ${name} (${remedy})`)
}

/** The branch in a linked working tree beside this one, which stays as it is. */
async function startBeside(engine: Engine, head: Head, record: RunRecord): Promise<Started> {
  const { root } = engine.repository
  const worktree = `${root}.${record.branch.replaceAll('/', '-')}`
  if (head.commit === undefined) throw new CommandError(ExitStatus.Failed, `${root}: has no commit to check out yet`)
  if (isThere(worktree)) throw new CommandError(ExitStatus.Failed, `${worktree}: exists already`)
  const { commit } = head
  await withRecord(engine, record, async () => engine.linkedTrees().add(worktree, record.branch, commit))
  return { branch: record.branch, worktree }
}

function recordFrom(head: Head): Omit<RunRecord, 'branch'> {
  const commit = head.commit ?? null
  return { base: head.ref ?? null, commit, begin: commit, staged: commit, start: commit }
}

/** The run that HEAD is on, where nothing has been done in it yet: starting again means starting from where it did. */
function findUnused(engine: Engine, head: Head): RunRecord | undefined {
  const branch = branchOf(head)
  const record = branch === undefined ? undefined : readRecord(engine, branch)
  return record && record.begin === (head.commit ?? null) ? record : undefined
}

async function freeName(engine: Engine, slug: string): Promise<string> {
  const name = makeBranchName(new Date(), slug)
  for (let count = 1; count <= MOST_NAMES; count++) {
    const candidate = count === 1 ? name : `${name}-${count}`
    const isTaken = (await engine.readRef(BRANCHES + candidate)) !== undefined || readRecord(engine, candidate)
    if (!isTaken) return candidate
  }
  throw new CommandError(ExitStatus.Failed, `${name}: ${MOST_NAMES} branches begin so (name one)`)
}

function refusal(changes: readonly LocalChange[]): CommandError {
  const shown = changes
    .slice(0, 3)
    .map(({ path }) => path)
    .join(', ')
  const more = changes.length > 3 ? ` and ${changes.length - 3} more` : ''
  return new CommandError(ExitStatus.Failed, `${shown}${more}: uncommitted changes (commit them first, or see --dirty)`)
}
