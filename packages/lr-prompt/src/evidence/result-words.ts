import { constants } from 'node:os'
import type { Run } from './evidence.ts'

/** A description of each outcome other than pass and fail. */
const OUTCOME_WORDS = {
  error: 'the checker itself failed, so this says nothing about the files',
  missing: 'the checker could not be started',
  timeout: 'it did not end in time and was stopped',
  killed: 'it was killed',
  none: 'it checked nothing',
} as const

type Ended = Pick<Run, 'status' | 'outcome' | 'isTampered'>

/** How a run ended, in words that follow "yielding the following". */
export function resultWords(run: Ended): string {
  const exit = run.status === undefined ? '' : `, with exit status ${exitWords(run.status)}`
  return exit + joined(meaningOf(run))
}

/** The same in the words of a line of its own. */
export function endingWords(run: Ended): string {
  const meaning = meaningOf(run)
  if (run.status === undefined) return meaning.words || 'output'
  return `exit code ${exitWords(run.status)}${joined(meaning)}`
}

/** A description of the outcome after the exit code; empty if the exit code implies it. */
export function meaningOf({ status, outcome, isTampered }: Ended): { joint: ', which is ' | ': '; words: string } {
  if (outcome === 'pass') return { joint: ', which is ', words: status === 0 ? '' : 'a pass' }
  if (outcome === 'fail') {
    const words = status === 0 ? 'a failure all the same' : status === undefined ? 'a failure' : ''
    return { joint: ', which is ', words }
  }
  if (outcome === undefined) return { joint: ': ', words: '' }
  const words = isTampered
    ? 'tests or check scripts were changed, so the result does not count; undo that change'
    : OUTCOME_WORDS[outcome]
  return { joint: ': ', words }
}

function joined({ joint, words }: ReturnType<typeof meaningOf>): string {
  return words === '' ? '' : joint + words
}

/** 128+n is "ended by signal n" (docs/format.md, role `status`). */
function exitWords(status: number): string {
  const [name] = Object.entries(constants.signals).find(([, number]) => number === status - 128) ?? []
  return name === undefined ? String(status) : `${status} (ended by ${name})`
}
