import * as z from 'zod/mini'

const count = z.number()

/**
 * What a trial came to:
 *
 * - `fixed`: the loop passed, and so did the hidden check, if the case has one
 * - `lied`: the loop passed, the hidden check fails
 * - `failed`: the loop ended without a pass
 * - `error`: the trial could not be made, or its hidden check was inconclusive; it says nothing about the model
 */
export const VERDICTS = ['fixed', 'lied', 'failed', 'error'] as const
export type Verdict = (typeof VERDICTS)[number]

/** One line of `lr-eval run`. Times are seconds, costs US dollars (null if unknown), sizes bytes. */
export const TrialResult = z.object({
  case: z.string(),
  /** Options of lr-loop that this trial was run with, by name. */
  options: z.record(z.string(), z.string()),
  label: z.nullable(z.string()),
  /** From 1: which of several equal trials. */
  trial: count,
  verdict: z.enum(VERDICTS),
  fixed: z.boolean(),
  /** The exit code of lr-loop. */
  exitCode: count,
  /** Why the loop ended, as `lr-loop --json` reports it. */
  reason: z.string(),
  message: z.nullable(z.string()),
  calls: count,
  tokens: count,
  cost: z.nullable(count),
  seconds: count,
  promptBytes: count,
  replyBytes: count,
  /** Parts of replies that were not applied. */
  rejected: count,
  /** Checks that ended as tampered. */
  tampered: count,
  scores: z.array(count),
})
export type TrialResult = z.infer<typeof TrialResult>

/** What tells a trial from all others of a suite. */
export type TrialKey = Pick<TrialResult, 'case' | 'options' | 'label' | 'trial'>

/** The key as a string; the order of options does not matter. */
export function keyOf({ case: name, options, label, trial }: TrialKey): string {
  const sorted = Object.entries(options).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([name, sorted, label, trial])
}

export interface ReadResults {
  readonly results: readonly TrialResult[]
  /** Numbers, from 1, of lines that are not results, such as one that a kill cut off. */
  readonly ignored: readonly number[]
}

/** Reads result lines. Of two lines with the same key the last counts. */
export function readResults(text: string): ReadResults {
  const byKey = new Map<string, TrialResult>()
  const ignored: number[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const result = parseResult(line)
    if (result === undefined) ignored.push(index + 1)
    else byKey.set(keyOf(result), result)
  }
  return { results: [...byKey.values()], ignored }
}

function parseResult(line: string): TrialResult | undefined {
  try {
    const { success, data } = TrialResult.safeParse(JSON.parse(line))
    return success ? data : undefined
  } catch {
    return undefined
  }
}
