import { FAULTS } from './inject-fault.ts'
import { inParallel } from './in-parallel.ts'
import { realEndsOf, realScenarioOf, tryRealFault } from './process-sweep.ts'
import {
  countCalls,
  endsOf,
  scenarioOf,
  tryFailureAndKill,
  tryFault,
  tryFullDisk,
  tryPowerLoss,
  tryTwoKills,
} from './sweep.ts'
import { makeTally, type Tally } from './tally.ts'

/** How many files a reply has, and how far apart the calls are that are tried. */
export type Steps = readonly (readonly [files: number, step: number])[]

/** Every fault at every call, or every so many. */
export function sweepFaults(steps: Steps): Tally {
  const tally = makeTally('faults')
  for (const [count, step] of steps) {
    const scenario = scenarioOf(count)
    const ends = endsOf(scenario)
    for (const at of numbers(countCalls(scenario), step)) {
      for (const fault of FAULTS) tally.take(`${count} files, ${fault} ${at}`, tryFault(scenario, ends, fault, at))
    }
  }
  return tally
}

/** Killed at one call, and at one of the next start. */
export function sweepTwoKills(count: number, step: number, againStep: number): Tally {
  const tally = makeTally('kills of the recovery')
  const scenario = scenarioOf(count)
  const ends = endsOf(scenario)
  const calls = countCalls(scenario)
  for (const at of numbers(calls, step)) {
    for (const again of numbers(calls, againStep)) tally.take(`${at}, ${again}`, tryTwoKills(scenario, ends, at, again))
  }
  return tally
}

/** A call that fails, and a kill so many calls behind it, while what was begun is taken back. */
export function sweepFailuresAndKills(count: number, step: number, delays: readonly number[]): Tally {
  const tally = makeTally('kills while a failed reply is taken back')
  const scenario = scenarioOf(count)
  const ends = endsOf(scenario)
  for (const at of numbers(countCalls(scenario), step)) {
    for (const delay of delays) {
      tally.take(`EIO ${at}, kill ${at + delay}`, tryFailureAndKill(scenario, ends, at, at + delay))
    }
  }
  return tally
}

/** What of the changes that were not synced had reached the disk: chosen ones, and as many sets by chance. */
export function sweepPowerCuts(count: number, byChance: number): Tally {
  const tally = makeTally('power cuts')
  const scenario = scenarioOf(count)
  const ends = endsOf(scenario)
  for (let at = 1; at <= countCalls(scenario) + 1; at++) {
    const lose = (name: string, reached: (index: number, pending: number) => number) =>
      tally.take(`call ${at}, ${name}`, tryPowerLoss(scenario, ends, at, reached))
    lose('nothing', () => 0)
    lose('everything', () => 1)
    lose('half of every content', () => 0.5)
    for (const one of [0, 1, 2, 3, 4, 5]) {
      lose(`only change ${one}`, (index) => (index === one ? 1 : 0))
      lose(`all but change ${one}`, (index) => (index === one ? 0 : 1))
      lose(`the last ${one} changes`, (index, pending) => (index >= pending - one ? 1 : 0))
    }
    for (let seed = 1; seed <= byChance; seed++) lose(`set ${seed}`, (index) => ((seed * 31 + index * 17) % 3) / 2)
  }
  return tally
}

/** A disk that is full after none, all, and as many sizes between of what a reply needs. */
export function sweepFullDisk(counts: readonly number[], sizes: number): Tally {
  const tally = makeTally('full disks')
  for (const count of counts) {
    const scenario = scenarioOf(count)
    const ends = endsOf(scenario)
    const { written } = tryFullDisk(scenario, ends, Infinity)
    for (let size = 0; size <= sizes; size++) {
      const bytes = Math.floor((written * size) / sizes)
      tally.take(`${count} files, ${bytes} bytes`, tryFullDisk(scenario, ends, bytes).problem)
    }
  }
  return tally
}

/** Real processes on the real disk. */
export async function sweepProcesses(
  steps: readonly (readonly [files: number, step: number, faults: readonly string[]])[],
): Promise<Tally> {
  const tally = makeTally('faults of real processes')
  for (const [count, step, faults] of steps) {
    const scenario = realScenarioOf(count)
    const ends = await realEndsOf(scenario)
    const tries = numbers(ends.calls, step).flatMap((at) => faults.map((fault) => `${fault} ${at}`))
    await inParallel(tries, 2, async (fault) => {
      tally.take(`${count} files, ${fault}`, await tryRealFault(scenario, ends, fault))
    })
  }
  return tally
}

/** From 1 to `last`, `step` apart, and the last in any case. */
function numbers(last: number, step: number): number[] {
  return [...Array.from({ length: Math.ceil(last / step) }, (_, index) => 1 + index * step), last]
}
