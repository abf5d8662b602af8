/** A text that is scored. */
export interface NamedText {
  /** The file or the block it comes from; `''` for standard input that is plain text. */
  readonly name: string
  readonly text: string
}

/** What an evaluator thinks of a text. */
export interface Evaluation {
  /** From 0 (worst) to 1 (best). */
  readonly score: number
  /** What is asked for and is not there: any of these keeps the text from passing. */
  readonly deficiencies: readonly string[]
  /** What could be better, yet keeps nothing from passing. */
  readonly remarks?: readonly string[]
}

export type Evaluate = (text: NamedText) => Evaluation | Promise<Evaluation>

export const EVALUATOR_NAMES = ['length', 'regex', 'json', 'mentions', 'like', 'command'] as const
export type EvaluatorName = (typeof EVALUATOR_NAMES)[number]

/** An evaluator in use, and how much it counts. */
export interface Evaluator {
  readonly name: EvaluatorName
  readonly evaluate: Evaluate
  /** Above 0; only the ratio to the others' weights matters. */
  readonly weight: number
  /** Whether its deficiencies lower the score without keeping the text from passing. */
  readonly isOptional: boolean
}
