import { LlmFailure } from '../answer/failure.ts'
import { redact } from './redact.ts'

/** A failure whose words hold none of these secrets, which a server may have repeated; anything else is thrown on. */
export function redactFailure(error: unknown, secrets: readonly (string | undefined)[]): LlmFailure {
  if (!(error instanceof LlmFailure)) throw error
  const { kind, message, waitMs, partial, usage, retryable } = error
  return new LlmFailure(kind, redact(message, ...secrets), { waitMs, partial, usage, retryable, cause: error.cause })
}
