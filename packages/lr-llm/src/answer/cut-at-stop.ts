import type { Answer } from './answer.ts'
import type { ChatRequest } from '../request/chat-request.ts'

/** The answer up to the first of the request's stop strings, which not every model and server obeys. */
export function cutAtStop(answer: Answer, { sampling: { stop = [] } }: ChatRequest): Answer {
  const places = stop.map((word) => answer.text.indexOf(word)).filter((at) => at >= 0)
  return places.length === 0 ? answer : { ...answer, text: answer.text.slice(0, Math.min(...places)) }
}
