import { ROLE, roundDown, writeRole, writeScore } from '@loop-runner/stage-protocol'
import type { Verdict } from './verdict.ts'

/** A `score` block (docs/format.md): the number, then one deficiency a line. */
export function writeScoreBlock({ score, deficiencies }: Verdict): string {
  return writeRole(ROLE.score, writeScore({ score, deficiencies: deficiencies.map(oneLine) }))
}

/** What lr-check reads in a script's output: a line a deficiency, each with the score, of which it takes the mean. */
export function writeScoreLines({ score, deficiencies }: Verdict): string {
  const number = roundDown(score)
  if (deficiencies.length === 0) return `score: ${number}\n`
  return deficiencies.map((line) => `score: ${number} ${oneLine(line)}\n`).join('')
}

/** One object: the score, whether the text passes, the missing requirements, and the score of each evaluator. */
export function writeScoreJson({ score, passes, deficiencies, scores }: Verdict): string {
  const rounded = Object.fromEntries(Object.entries(scores).map(([name, value]) => [name, roundDown(value)]))
  return `${JSON.stringify({ score: roundDown(score), passed: passes, missing: deficiencies, scores: rounded })}\n`
}

/** Names and texts are strangers': no line ends and no control characters of theirs. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\x00-\x1f\x7f-\x9f]/g, '?')
}
