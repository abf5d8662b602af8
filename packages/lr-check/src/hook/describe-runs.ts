import { kindOf, verdictOf } from '@loop-runner/checkers'
import type { Run } from '../running/run-plan.ts'
import { commandLineOf } from '../write-blocks.ts'

/** An agent reads all of it: more would fill its context. */
const MOST_CHARACTERS = 16_000

/** Describes the failures for an agent. */
export function describeRuns(runs: readonly Run[]): string {
  const failing = runs.filter(({ outcome, plan }) => verdictOf(outcome, kindOf(plan)) !== 'pass')
  const share = Math.floor(MOST_CHARACTERS / Math.max(1, failing.length))
  return failing.map((run) => describeRun(run, share)).join('\n')
}

function describeRun({ plan, outcome, isTampered, stdout, stderr }: Run, share: number): string {
  const how = isTampered ? 'tests or check scripts were changed' : outcome
  const printed = [stdout, stderr].filter((text) => text.trim() !== '').map((text) => withNewline(shorten(text, share)))
  return `$ ${commandLineOf(plan)}  (${how})\n${printed.join('')}`
}

/** The beginning and the end, in whole lines. */
function shorten(text: string, most: number): string {
  if (text.length <= most) return text
  const head = text.slice(0, most / 2).replace(/[^\n]*$/, '')
  const tail = text.slice(-most / 2).replace(/^[^\n]*\n/, '')
  return `${head}[… ${text.length - head.length - tail.length} characters left out …]\n${tail}`
}

function withNewline(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`
}
