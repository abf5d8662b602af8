import { type Io } from '@loop-runner/cli-kit'
import { requireBranchAsLeft, requireTreeAsLeft } from '../stages/as-left.ts'
import type { LoopEvent } from './loop-event.ts'
import type { RunFolder } from './run-folder.ts'
import type { LoopSettings } from '../settings.ts'
import { pendingParking } from '../stopping/park.ts'

/**
 * Refuses to resume a run whose files or branch are not as it left them, before anything is recorded. If a stage that
 * writes was cut short, the files cannot be compared yet: then the loop compares them itself.
 *
 * @throws CommandError (3) if the sources have changed since, or HEAD has left the run's branch
 */
export async function requireAsLeft(folder: RunFolder, io: Io): Promise<void> {
  const { settings } = folder
  const { events } = folder.journal
  const here = { io: { ...io, cwd: settings.cwd }, folder, settings, isResumed: true }
  const left = treeLeft(events, settings)
  if (left !== undefined) {
    const checked = folder.file({ stage: left.stage, iteration: left.iteration }, 'out')
    await requireTreeAsLeft({ tree: left.tree, checked }, here)
  }
  const branch = events.findLast((event) => event.event === 'branched')?.branch
  const knowsHead = events.some((event) => event.event === 'found' && event.name === 'HEAD')
  if (branch === undefined || !knowsHead) return
  const commits = settings.attempts ? [] : events.flatMap((event) => ('commits' in event ? event.commits : []))
  await requireBranchAsLeft({ ...here, state: { branch, commits } })
}

interface TreeLeft {
  readonly tree: string
  /** The check that saw it. */
  readonly stage: string
  readonly iteration: number
}

/** The tree of the last check; undefined if a later stage may have written. */
function treeLeft(events: readonly LoopEvent[], settings: LoopSettings): TreeLeft | undefined {
  if (pendingParking(events)) return treeParked(events)
  const at = events.findLastIndex((event) => event.event === 'found' && TREE.test(event.name))
  const found = events[at]
  if (found?.event !== 'found') return undefined
  const later = events.slice(at + 1)
  const settled = later.findLastIndex((event) => event.event === 'replied' && event.reply !== 'changed')
  if (later.slice(settled + 1).some((event) => mayWrite(event, settings))) return undefined
  const [, check = 'check', iteration] = TREE.exec(found.name) ?? []
  const stage = check === 'check' ? check : `check-${check}`
  return { tree: found.value, stage, iteration: Number(iteration) }
}

/** Undefined if the files were not moved completely: then `unpark` does it, which loses no change. */
function treeParked(events: readonly LoopEvent[]): TreeLeft | undefined {
  const last = events.findLast((event) => event.event === 'parked' || event.event === 'parking')
  if (last?.event !== 'parked') return undefined
  return { tree: last.tree, stage: 'check', iteration: roundSeen(events, last.to) }
}

/** The iteration whose check saw the files of a round: a reply that changed nothing was not checked. */
function roundSeen(events: readonly LoopEvent[], round: number): number {
  const checked = events.flatMap((event) =>
    event.event === 'checked' && event.iteration <= round ? [event.iteration] : [],
  )
  return Math.max(0, ...checked)
}

/** How checkTree names the hash of a tree. */
const TREE = /^tree of (\S+) (\d+)$/

function mayWrite(event: LoopEvent, { replaced, agent }: LoopSettings): boolean {
  if (event.event === 'attempt-began') return true
  if (event.event !== 'started' || event.stage === 'prompt') return false
  if (event.stage === 'llm') return replaced.apply !== undefined || agent !== undefined
  return event.stage !== 'git-start' || replaced.git !== undefined
}
