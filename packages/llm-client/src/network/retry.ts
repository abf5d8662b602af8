import type { LlmFailure } from '../answer/failure.ts'

const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 30_000

/** Limits of retries. */
export interface RetryState {
  /** Requests that have failed so far; 1 after the first. */
  readonly failures: number
  /** Retries allowed. */
  readonly retries: number
  /** Of the time for all requests together, in milliseconds. */
  readonly remainingMs: number
  /** In [0, 1). */
  readonly random: number
}

/** A guess at the reset of a rate limit that the server does not name; the longest wait if it names one that is too early. */
const USUAL_RESET_MS = 60_000

/**
 * How long to wait for the reset of a rate limit, in milliseconds, if --wait-limit allows it; such a wait counts neither as
 * a retry nor against --timeout. A server whose limit holds on after the time that it named is asked less and less often.
 *
 * @param leftMs of the limit
 * @param waits so many have been in vain
 */
export function resetWait(
  { kind, waitMs = USUAL_RESET_MS }: LlmFailure,
  leftMs: number,
  waits: number,
): number | undefined {
  const wait = Math.max(waitMs, Math.min(USUAL_RESET_MS, FIRST_WAIT_MS * 2 ** waits))
  return kind === 'rate-limit' && wait <= leftMs ? wait : undefined
}

/**
 * How long to wait before a retry, in milliseconds; undefined if a retry is useless. Waits double and
 * vary, so that programs started together do not retry together (full jitter: Brooker, "Exponential Backoff And
 * Jitter", AWS Architecture Blog, 2015). The server's own wait is the minimum.
 */
export function nextWait(
  failure: LlmFailure,
  { failures, retries, remainingMs, random }: RetryState,
): number | undefined {
  if (!failure.retryable || failures > retries) return undefined
  const backoff = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1)) * random
  const wait = Math.ceil(failure.waitMs === undefined ? backoff : failure.waitMs + backoff / 2)
  return wait < remainingMs ? wait : undefined
}
