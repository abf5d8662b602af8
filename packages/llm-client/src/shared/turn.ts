import type { Answer } from '../answer/answer.ts'
import type { Price } from '../call/budget.ts'
import type { ChatRequest } from '../request/chat-request.ts'

/** One attempt that was admitted. */
export interface Attempt {
  /** Called as the answer comes, with the characters so far: the server has accepted the request. */
  onProgress(characters: number): void
  /** Called once, with the answer or the error. */
  end(outcome: Answer | Error): void
}

/** Reports what came of an attempt. */
export async function settleAttempt(attempt: Attempt | undefined, act: () => Promise<Answer>): Promise<Answer> {
  const answer = await act().catch((error: unknown) => {
    attempt?.end(error as Error)
    throw error
  })
  attempt?.end(answer)
  return answer
}

/** A request to one model, among others that share limits. */
export interface Turn {
  /** The request, limited to the tokens that the shared budget allows. */
  readonly request: ChatRequest
  /**
   * Waits until an attempt may begin.
   *
   * @throws LlmFailure if the queue is full, the wait too long, or the budget used up
   */
  begin(isRetry: boolean, signal: AbortSignal): Promise<Attempt>
  /** Called once, after the last attempt. */
  end(): void
}

/** A request to one model. */
export interface Candidate {
  readonly label: string
  readonly request: ChatRequest
  readonly price: Price | undefined
  /** Whether another model can take the request. */
  readonly hasFallback: boolean
}

/** The limits that requests share, as one request sees them. */
export interface Queue {
  /** How long this request has waited for its turns so far. */
  readonly waitedMs: number
  /** @throws LlmFailure if the budget does not allow the request */
  enter(candidate: Candidate, signal: AbortSignal): Promise<Turn>
}
