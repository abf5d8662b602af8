import { roundDown } from '@loop-runner/stage-protocol'
import type { Evaluation, Evaluator, NamedText } from './evaluator.ts'

/** What comes of a text, or of several. */
export interface Verdict {
  /** From 0 to 1. */
  readonly score: number
  readonly passes: boolean
  /** Of each evaluator; of several texts the means. */
  readonly scores: Readonly<Record<string, number>>
  /** What is wanting, led in by the text's name: what keeps it from passing first. */
  readonly deficiencies: readonly string[]
}

/** An evaluator with what it found. */
export interface Finding extends Evaluation {
  readonly by: Pick<Evaluator, 'weight' | 'isOptional'> & { readonly name?: string }
}

/** How the scores of evaluators make one. Weights count in the mean only. */
export type Combine = 'mean' | 'min' | 'product'

const COMBINE: Readonly<Record<Combine, (findings: readonly Finding[]) => number>> = {
  mean: (findings) => {
    const total = findings.reduce((sum, { by }) => sum + by.weight, 0)
    return findings.reduce((sum, { by, score }) => sum + by.weight * score, 0) / total
  },
  min: (findings) => Math.min(...findings.map(({ score }) => score)),
  product: (findings) => findings.reduce((product, { score }) => product * score, 1),
}

/** Scores are sums of decimal fractions: 0.2 + 0.1 + 0.2 + 0.3 must reach 0.8. */
const ROUNDING = 1e-9

/**
 * What the findings on one text come to: the weighted mean. It passes when nothing is wanting that is asked for, but of
 * optional evaluators, and the score reaches the threshold.
 */
export function verdictOnText(
  { name }: Pick<NamedText, 'name'>,
  findings: readonly Finding[],
  threshold: number,
  combine: Combine = 'mean',
): Verdict {
  const score = COMBINE[combine](findings)
  const reaches = score >= threshold - ROUNDING
  const wanting = findings.flatMap(({ by, deficiencies }) => (by.isOptional ? [] : deficiencies))
  const remarks = findings.flatMap(({ by, deficiencies, remarks = [] }) =>
    (by.isOptional ? [...deficiencies, ...remarks] : remarks).map((line) => `${line} (optional)`),
  )
  const tooLow =
    reaches || wanting.length > 0 ? [] : [`the score ${roundDown(score)} is below the threshold ${threshold}`]
  return {
    score,
    scores: Object.fromEntries(findings.map(({ by, score }) => [by.name ?? 'score', score])),
    passes: reaches && wanting.length === 0,
    deficiencies: [...wanting, ...remarks, ...tooLow].map((line) => (name === '' ? line : `${name}: ${line}`)),
  }
}

/** What verdicts on several texts come to: their mean. They pass when each does: a good one makes up for no bad one. */
export function verdictOnAll(verdicts: readonly Verdict[]): Verdict {
  return {
    score: verdicts.reduce((sum, { score }) => sum + score, 0) / verdicts.length,
    scores: meansOf(verdicts.map(({ scores }) => scores)),
    passes: verdicts.every(({ passes }) => passes),
    deficiencies: verdicts.flatMap(({ deficiencies }) => deficiencies),
  }
}

/** Each text has the same evaluators. */
function meansOf(all: readonly Verdict['scores'][]): Verdict['scores'] {
  const names = Object.keys(all[0] ?? {})
  return Object.fromEntries(
    names.map((name) => [name, all.reduce((sum, scores) => sum + (scores[name] ?? 0), 0) / all.length]),
  )
}
