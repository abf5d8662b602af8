import { CommandError } from '@loop-runner/cli-kit'
import { keyStorePath, readKeyStore } from '../keys/key-store.ts'
import { PROVIDERS } from './providers.ts'

/** Used if no key is set. */
export const DEFAULT_PROVIDER = 'groq'
/** It needs no key; one of it is for Ollama's own service. */
const KEYLESS = 'ollama'

/** The provider that is meant if none is named: the first one whose key is set, in a variable or in the key store. */
export function defaultProvider(env: NodeJS.ProcessEnv): string {
  const names = Object.keys(PROVIDERS).filter((name) => name !== KEYLESS)
  const inVariable = names.find((name) => PROVIDERS[name]?.keys.some((variable) => env[variable]))
  if (inVariable !== undefined) return inVariable
  const stored = storedKeys(env)
  return names.find((name) => stored[name] !== undefined) ?? DEFAULT_PROVIDER
}

/** A store that cannot be read is reported once a key is taken from it. */
function storedKeys(env: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  try {
    return readKeyStore(keyStorePath(env))
  } catch (error) {
    if (error instanceof CommandError) return {}
    throw error
  }
}
