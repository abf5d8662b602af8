import { CommandError } from '@loop-runner/cli-kit'
import type { Change } from '../../src/change.ts'
import { ChangedMeanwhile } from '../../src/changed-meanwhile.ts'
import type { FileSystem } from '../../src/file-system.ts'
import { runTransaction } from '../../src/transaction.ts'
import { withJournal } from '../../src/with-journal.ts'
import { type Fault, injectFault, Killed, limitSpace } from './inject-fault.ts'
import { MemoryFileSystem } from './memory-file-system.ts'

export const TREE = '/project/tree'
const STATE = '/state'

/** A tree before and after a reply, as snapshots, and what leads from one to the other. */
export interface Scenario {
  readonly files: Readonly<Record<string, string>>
  readonly changes: readonly Change[]
}

/** A reply of so many files: replaced ones, new ones in new folders, and one that goes. */
export function scenarioOf(count: number): Scenario {
  const files: Record<string, string> = { [`${TREE}/untouched.txt`]: 'theirs\n' }
  const changes = Array.from({ length: count }, (_, index): Change => {
    const kind = index % 5 === 3 ? 'new' : index % 5 === 4 ? 'gone' : 'replaced'
    const path = kind === 'new' ? `new/deep${index % 2}/f${index}.txt` : `src${index % 3}/f${index}.txt`
    const old = { bytes: Buffer.from(`old ${index}\n`.repeat(3)), mode: 0o644 }
    const next = { bytes: Buffer.from(`next ${index}\n`.repeat(4)), mode: kind === 'new' ? undefined : 0o644 }
    if (kind !== 'new') files[`${TREE}/${path}`] = old.bytes.toString()
    return { path, old: kind === 'new' ? undefined : old, next: kind === 'gone' ? undefined : next }
  })
  return { files, changes }
}

/** What a run came to. */
export type Ended = 'done' | 'failed' | 'killed'

/** One run of the program's own steps: lock, recovery, and the transaction, if there are changes. */
export function runOnce(files: FileSystem, changes: readonly Change[], id: string): Ended {
  try {
    withJournal(files, { cwd: TREE, env: { XDG_STATE_HOME: STATE }, warn: () => {} }, 'a test', (journal, now) => {
      if (changes.length === 0) return
      const root = files.openRoot(TREE)
      try {
        runTransaction({ files, root }, journal, changes, { ...now, id })
      } finally {
        files.close(root)
      }
    })
    return 'done'
  } catch (error) {
    if (error instanceof Killed) return 'killed'
    if (error instanceof CommandError || error instanceof ChangedMeanwhile) return 'failed'
    throw error
  }
}

export function startScenario({ files }: Scenario): MemoryFileSystem {
  const memory = new MemoryFileSystem(files)
  memory.close(memory.openMaking(STATE))
  memory.settle()
  return memory
}

/** The tree as it is. */
export function treeOf(memory: MemoryFileSystem): string {
  const entries = Object.entries(memory.snapshot(TREE))
  return JSON.stringify(entries.sort(([left], [right]) => (left < right ? -1 : 1)))
}

/** What is left of a run in the state folder besides the history. */
export function leftoversOf(memory: MemoryFileSystem): string[] {
  const names = Object.keys(memory.snapshot(STATE)).filter((name) => !name.endsWith('/'))
  return names.filter((name) => !/\/(?:applied|old)\/[^/]+$/.test(name) || name.endsWith('.new'))
}

/** Lets the next start see that the lock's holder, which is this very process, is gone. */
export function forgetProcess(memory: MemoryFileSystem): void {
  for (const name of Object.keys(memory.snapshot(STATE)).filter((one) => /\/lock(?:\.breaking)?$/.test(one))) {
    const inode = memory.find(`${STATE}/${name}`)
    if (inode === undefined) continue
    const content = memory.snapshot(STATE)[name]?.replace(/^\d+ /, '') ?? ''
    memory.setContent(inode, Buffer.from(content.replace(/"boot":"[^"]*"/, '"boot":"gone"')))
  }
}

/** The two trees that there may be. */
export interface Ends {
  readonly old: string
  readonly next: string
}

export function endsOf(scenario: Scenario): Ends {
  const memory = startScenario(scenario)
  const old = treeOf(memory)
  if (runOnce(memory, scenario.changes, 'x') !== 'done') throw new Error('the scenario itself does not work')
  return { old, next: treeOf(memory) }
}

/** How many calls a run makes. */
export function countCalls(scenario: Scenario): number {
  const { files, calls } = injectFault(startScenario(scenario), 'kill', Infinity)
  runOnce(files, scenario.changes, 'x')
  return calls()
}

/**
 * One fault, and the next start.
 *
 * @returns what is wrong; undefined where all is as it should be
 */
export function tryFault(scenario: Scenario, ends: Ends, fault: Fault, at: number): string | undefined {
  const memory = startScenario(scenario)
  const ended = runOnce(injectFault(memory, fault, at).files, scenario.changes, 'x')
  const before = treeOf(memory)
  if (ended === 'done' && before !== ends.next) return 'said to be done, and is not'
  if (ended === 'failed' && before !== ends.old && before !== ends.next) return `failed half way: ${before}`
  if (ended !== 'killed' && memory.openCount > 0) return 'left handles open'
  return checkNextStart(memory, ends)
}

/**
 * A disk that is full after so many bytes, and the next start once there is room again.
 *
 * @returns what is wrong; and how much was written
 */
export function tryFullDisk(
  scenario: Scenario,
  ends: Ends,
  bytes: number,
): { problem: string | undefined; written: number } {
  const memory = startScenario(scenario)
  const limited = limitSpace(memory, bytes)
  const ended = runOnce(limited.files, scenario.changes, 'x')
  const isRight = treeOf(memory) === (ended === 'done' ? ends.next : ends.old)
  return {
    problem: isRight ? checkNextStart(memory, ends) : `${ended}, and the tree is not so`,
    written: limited.written(),
  }
}

/** Starts once more, and looks at what is there then. */
export function checkNextStart(memory: MemoryFileSystem, ends: Ends): string | undefined {
  forgetProcess(memory)
  const ended = runOnce(memory, [], 'y')
  if (ended !== 'done') return `the next start ${ended}`
  const tree = treeOf(memory)
  if (tree !== ends.old && tree !== ends.next) return `neither old nor new: ${tree}`
  const left = leftoversOf(memory)
  return left.length === 0 ? undefined : `left over: ${left.join(', ')}`
}

/** Killed at one call, then killed again at one call of the next start, then started once more. */
export function tryTwoKills(scenario: Scenario, ends: Ends, at: number, again: number): string | undefined {
  const memory = startScenario(scenario)
  runOnce(injectFault(memory, 'kill', at).files, scenario.changes, 'x')
  forgetProcess(memory)
  runOnce(injectFault(memory, 'kill', again).files, [], 'y')
  return checkNextStart(memory, ends)
}

/** Fails at one call, is killed at a later one while that is taken back, then started once more. */
export function tryFailureAndKill(scenario: Scenario, ends: Ends, at: number, killAt: number): string | undefined {
  const memory = startScenario(scenario)
  runOnce(injectFault(injectFault(memory, 'EIO', at).files, 'kill', killAt).files, scenario.changes, 'x')
  return checkNextStart(memory, ends)
}

/**
 * The power goes at one call, or behind the last.
 *
 * @param reached says how much of each change that was not synced had reached the disk, from 0 to 1
 */
export function tryPowerLoss(
  scenario: Scenario,
  ends: Ends,
  at: number,
  reached: (index: number, count: number) => number,
): string | undefined {
  const memory = startScenario(scenario)
  const ended = runOnce(injectFault(memory, 'kill', at).files, scenario.changes, 'x')
  const count = memory.pendingCount
  memory.losePower((index) => reached(index, count))
  const problem = checkNextStart(memory, ends)
  return problem ?? (ended === 'done' && treeOf(memory) !== ends.next ? 'said to be done, and lost' : undefined)
}
