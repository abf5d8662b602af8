import type { Answer } from './answer.ts'
import { type FailureKind, LlmFailure } from './failure.ts'
import { type FinishOutcome, finishOutcome } from './finish-reason.ts'
import { type RequestInfo, streamFailure } from './server-failure.ts'

/** What each outcome but `complete` is reported as. */
const PROBLEMS: Readonly<Record<Exclude<FinishOutcome, 'complete'>, readonly [FailureKind, string]>> = {
  length: ['length', 'the answer was truncated at the token limit (raise --max-tokens, or ask for less)'],
  full: ['full', "the answer was truncated: the model's context is full (send less, or use a model with more context)"],
  filtered: ['filtered', "the answer was stopped by the provider's content filter"],
  refused: ['refused', 'the model refused'],
  'tool-call': ['tool-call', 'the model called a tool instead of answering'],
  overload: ['overload', 'the answer was interrupted: the server is overloaded'],
  server: ['server', 'the answer ended in an error'],
  cut: ['cut', 'the answer is incomplete'],
  unknown: ['incomplete', 'the answer may be incomplete: it ended for an unknown reason'],
}
const NO_END = 'the answer broke off before its end'

/**
 * Accepts an answer only if it is complete and not empty.
 *
 * @param finishEnds whether a finish reason is an end marker in this API
 * @throws LlmFailure for every other answer
 */
export function requireComplete(answer: Answer, asked: RequestInfo, finishEnds: boolean): void {
  if (answer.error) throw streamFailure(asked, answer.error, answer)
  const problem = problemOf(answer, finishEnds)
  if (problem === undefined) return
  const [kind, message] = problem
  throw new LlmFailure(kind, `${asked.label}: ${message}`, { partial: answer.text, usage: answer.usage })
}

function problemOf(answer: Answer, finishEnds: boolean): readonly [FailureKind, string] | undefined {
  const { text, finish, refusal } = answer
  const outcome = finish === undefined ? 'complete' : finishOutcome(finish)
  if (outcome === 'length') return ['length', lengthText(answer)]
  if (outcome !== 'complete') return withDetail(PROBLEMS[outcome], outcome === 'refused' ? refusal : (finish ?? ''))
  if (!answer.ended && !(finishEnds && finish !== undefined)) return ['cut', NO_END]
  if (refusal !== '') return withDetail(PROBLEMS.refused, refusal)
  if (answer.toolCall) return PROBLEMS['tool-call']
  return text.trim() === '' ? ['empty', emptyText(answer)] : undefined
}

function lengthText({ text, usage, reasoning }: Answer): string {
  if (text.trim() !== '') return PROBLEMS.length[1]
  const spent = usage.reasoning ?? (reasoning === '' ? undefined : usage.output)
  const tokens = spent === undefined ? '' : ` (${spent} tokens)`
  return `the token limit was spent on reasoning${tokens} before an answer came (raise --max-tokens, or lower --effort)`
}

function emptyText({ reasoning }: Answer): string {
  return reasoning === '' ? 'the answer is empty' : 'the answer is empty: there is only reasoning (-v prints it)'
}

function withDetail([kind, message]: readonly [FailureKind, string], detail: string): readonly [FailureKind, string] {
  return [kind, detail === '' ? message : `${message}: ${detail}`]
}
