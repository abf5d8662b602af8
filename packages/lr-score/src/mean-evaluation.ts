import type { Evaluation } from './evaluator.ts'

/** Several evaluations as one: the mean of their scores, all that they say. Of none, that nothing is wanting. */
export function meanEvaluation(evaluations: readonly Evaluation[]): Evaluation {
  return {
    score: evaluations.length === 0 ? 1 : evaluations.reduce((sum, { score }) => sum + score, 0) / evaluations.length,
    deficiencies: evaluations.flatMap(({ deficiencies }) => deficiencies),
    remarks: evaluations.flatMap(({ remarks = [] }) => remarks),
  }
}
