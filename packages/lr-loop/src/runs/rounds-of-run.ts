import type { KeptRound } from '../loop-context.ts'
import type { LoopEvent } from './loop-event.ts'
import type { RunFolder } from './run-folder.ts'

/** The rounds of a run so far, by its record. */
export function roundsOfRun(folder: RunFolder): KeptRound[] {
  const rounds: KeptRound[] = []
  for (;;) {
    const round = roundOf(rounds.length, rounds, folder)
    if (round === undefined) return rounds
    rounds.push(round)
  }
}

/** Undefined if the iteration has not come to an end. */
function roundOf(iteration: number, before: readonly KeptRound[], folder: RunFolder): KeptRound | undefined {
  const found = findEvents(iteration, folder.journal.events)
  const { checked, replied, tree, returned } = found
  const reply = replied && { kind: replied.reply, declared: replied.declared }
  if (checked !== undefined && tree !== undefined) {
    const { score, tampered } = checked
    const passed = checked.passed && found.confirmed?.passed !== false
    const file = folder.file({ stage: 'check', iteration }, 'out')
    return { reply, passed, score, tampered, tree, failure: '', checked: file, commit: replied?.commits.at(-1) }
  }
  const last = before[returned?.to ?? iteration - 1]
  return last && reply && reply.kind !== 'changed' ? { ...last, reply } : undefined
}

function findEvents(iteration: number, events: readonly LoopEvent[]) {
  const own = events.filter((event) => 'iteration' in event && event.iteration === iteration)
  const tree = events.find((event) => event.event === 'found' && event.name === `tree of check ${iteration}`)
  return {
    checked: own.filter((event) => event.event === 'checked').find(({ check }) => check === undefined),
    replied: own.find((event) => event.event === 'replied'),
    confirmed: own.filter((event) => event.event === 'confirmed').find(({ check }) => check === undefined),
    returned: own.filter((event) => event.event === 'returned').find(({ done }) => done),
    tree: tree?.event === 'found' ? tree.value : undefined,
  }
}
