import { constants } from 'node:os'
import type { Run } from './evidence.ts'

/** What an outcome other than pass and fail means for the reader. */
const OUTCOME_WORDS = {
  error: 'the checker itself failed, so this says nothing about the files',
  missing: 'the checker could not be started',
  timeout: 'it did not end in time and was stopped',
  killed: 'it was killed',
  none: 'it checked nothing',
} as const

/**
 * How a run ended, in words that follow "yielding the following". The outcome is added where it
 * is not what the status says.
 */
export function resultWords({ status, outcome, isTampered }: Pick<Run, 'status' | 'outcome' | 'isTampered'>): string {
  const ending = status === undefined ? '' : `, with exit status ${status}${signalWords(status)}`
  if (outcome === undefined) return ending
  if (outcome === 'pass') return status === 0 ? ending : `${ending}, which is a pass`
  if (outcome === 'fail')
    return status === 0 ? `${ending}, which is a failure all the same` : ending || ', which is a failure'
  if (isTampered)
    return `${ending}: tests or check scripts were changed, so the result does not count; undo that change`
  return `${ending}: ${OUTCOME_WORDS[outcome]}`
}

/** 128+n is "ended by signal n" (FORMAT.md, role `status`). */
function signalWords(status: number): string {
  const [name] = Object.entries(constants.signals).find(([, number]) => number === status - 128) ?? []
  return name === undefined ? '' : ` (ended by ${name})`
}
