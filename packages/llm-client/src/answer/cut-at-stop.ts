import type { Answer } from './answer.ts'
import { LlmFailure } from './failure.ts'
import type { ChatRequest } from '../request/chat-request.ts'

/**
 * The answer up to the first of the request's stop strings, which not every model and server obeys.
 *
 * @throws LlmFailure if nothing is left
 */
export function cutAtStop(answer: Answer, { sampling: { stop = [] } }: ChatRequest, label: string): Answer {
  const places = stop.map((word) => answer.text.indexOf(word)).filter((at) => at >= 0)
  if (places.length === 0) return answer
  const text = answer.text.slice(0, Math.min(...places))
  if (text.trim() === '') throw new LlmFailure('empty', `${label}: the answer is empty before --stop`)
  return { ...answer, text }
}
