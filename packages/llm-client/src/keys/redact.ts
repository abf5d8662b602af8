import { isSecretName } from '@loop-runner/cli-kit'
import { LlmFailure } from '../answer/failure.ts'

const HIDDEN = '[key]'
/** Shorter ones would be found in ordinary words. */
const SHORTEST_KEY = 8

/** Removes keys from a string that a server may have repeated: plain, in base64 and URL-encoded. */
export function redact(text: string, ...keys: readonly (string | undefined)[]): string {
  let result = text
  for (const key of keys) {
    if (key === undefined || key.length < SHORTEST_KEY) continue
    for (const form of [key, Buffer.from(key).toString('base64'), encodeURIComponent(key)]) {
      result = result.replaceAll(form, HIDDEN)
    }
  }
  return result
}

/** A failure without these secrets in its message; any other error is rethrown. */
export function redactFailure(error: unknown, secrets: readonly (string | undefined)[]): LlmFailure {
  if (!(error instanceof LlmFailure)) throw error
  return error.with({ message: redact(error.message, ...secrets) })
}

/** Every secret that is known here: what variables with such names hold, headers that a caller sets, and keys. */
export function secretsOf(
  env: NodeJS.ProcessEnv,
  headers: Readonly<Record<string, string>>,
  ...keys: readonly (string | undefined)[]
): string[] {
  const named = Object.entries(env).filter(([name]) => isSecretName(name))
  const values = [...named.map(([, value]) => value), ...Object.values(headers), ...keys]
  return values.filter((value) => value !== undefined)
}
