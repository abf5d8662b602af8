import { costOf, type JsonObject, type LlmFailure, type Price, type Result } from '@loop-runner/llm-client'
import { ROLE, writeRole, writeUsage } from '@loop-runner/stage-protocol'

type LlmUsage = Result['answer']['usage']

/** The answer, with a newline added if it has none at its end. */
export function answerText({ answer: { text } }: Result): string {
  return text.endsWith('\n') ? text : `${text}\n`
}

/** The `usage` block that may follow an answer. */
export function usageBlock(result: Result): string {
  return writeRole(ROLE.usage, writeUsage(usageOf(result)))
}

/** The same for an incomplete answer, which is not printed; empty if the server did not report it. */
export function usageBlockOfFailure({ kind, usage }: LlmFailure, label: string, price: Price | undefined): string {
  if (usage?.input === undefined && usage?.output === undefined && usage?.cost === undefined) return ''
  const { input = null, output = null } = usage
  const cost = costOf(usage, price) ?? null
  const fields = { model: label, input, output, cost, finish: kind, ...estimatedOf(usage) }
  return writeRole(ROLE.usage, writeUsage(fields))
}

/** One object for `--json`. */
export function jsonAnswer(result: Result): string {
  const { answer } = result
  const { model, ...usage } = usageOf(result)
  const thoughts = answer.reasoning === '' ? undefined : answer.reasoning
  return `${JSON.stringify({ model, text: answer.text, thoughts, usage })}\n`
}

/** The object for `--json` without a complete answer. */
export function jsonFailure({ kind, status, message, partial, label }: LlmFailure, asked: string): string {
  return `${JSON.stringify({ model: label ?? asked, error: { kind, status, message }, partial })}\n`
}

/** One line for people. */
export function usageLine(result: Result): string {
  const { label, answer, seconds } = result
  const { input, output, cached, cost } = answer.usage
  const share = cached === undefined || cached === 0 ? '' : ` (${cached} cached)`
  const about = answer.usage.isEstimated ? 'about ' : ''
  const counts =
    input === undefined && output === undefined
      ? ''
      : `, ${about}${input ?? '?'} tokens in${share}, ${about}${output ?? '?'} out`
  const price = cost === undefined ? '' : `, ${cost} USD`
  return `${label}: ${seconds.toFixed(1)} s${counts}${price}`
}

function usageOf({ label, answer, seconds }: Result): JsonObject {
  const { usage, finish, served } = answer
  return {
    model: label,
    served: served ?? null,
    input: usage.input ?? null,
    output: usage.output ?? null,
    cached: usage.cached ?? null,
    reasoning: usage.reasoning ?? null,
    cost: usage.cost ?? null,
    seconds: Math.round(seconds * 1000) / 1000,
    finish: finish ?? null,
    ...estimatedOf(usage),
  }
}

/** Said only if it is so. */
function estimatedOf({ isEstimated }: LlmUsage): { readonly estimated?: true } {
  return isEstimated ? { estimated: true } : {}
}
