import { LlmFailure } from '../answer/failure.ts'
import { redact } from './redact.ts'

/** A failure whose words hold none of these secrets, which a server may have repeated; anything else is thrown on. */
export function redactFailure(error: unknown, secrets: readonly (string | undefined)[]): LlmFailure {
  if (!(error instanceof LlmFailure)) throw error
  return error.with({ message: redact(error.message, ...secrets) })
}
