import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { CommandError, reasonOf, UsageError } from '@loop-runner/cli-kit'
import { LlmFailure } from './failure.ts'
import { PROVIDERS } from './providers.ts'
import type { ServerTarget } from './target.ts'

/** Where a caller says that a key is; at most one. A key named so is sent to any address. */
export interface KeySource {
  readonly key?: string | undefined
  /** Name of a variable. */
  readonly env?: string | undefined
  readonly file?: string | undefined
}

interface Surroundings {
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
}

/**
 * The key for a target: the one that was named, or, at its provider's own address, what the provider's variables hold.
 *
 * @returns undefined where none is needed
 * @throws LlmFailure with what to set where a key is missing, UsageError for a named one that cannot be read
 */
export async function findKey(
  target: ServerTarget,
  source: KeySource,
  { env, cwd }: Surroundings,
): Promise<string | undefined> {
  const named = namedKey(source, env, cwd)
  if (named !== undefined) return named
  if (!target.isHome) return undefined
  const names = PROVIDERS[target.provider]?.keys ?? []
  const name = names.find((variable) => env[variable])
  if (name !== undefined) return checked(env[name] ?? '', name)
  if (target.api === 'ollama') return undefined
  throw new LlmFailure('auth', `${target.provider}: no key (set ${names[0]})`)
}

function namedKey({ key, env: name, file }: KeySource, env: NodeJS.ProcessEnv, cwd: string): string | undefined {
  if ([key, name, file].filter((source) => source !== undefined).length > 1) {
    throw new UsageError('a key can be named once: by one of --api-key, --key-env, --key-file')
  }
  if (key !== undefined) return checked(key, 'option --api-key')
  if (file !== undefined) return readKeyFile(resolve(cwd, file))
  if (name === undefined) return undefined
  if (!env[name]) throw new LlmFailure('auth', `option --key-env: the variable ${name} is not set`)
  return checked(env[name], name)
}

function readKeyFile(path: string): string {
  try {
    if ((statSync(path).mode & 0o077) !== 0) {
      throw new CommandError(3, `${path}: others can read this key (chmod 600 ${path})`)
    }
    return checked(readFileSync(path, 'utf8'), path)
  } catch (error) {
    if (error instanceof CommandError) throw error
    throw new UsageError(`${path}: ${reasonOf(error)}`)
  }
}

/** A key without the blanks around it that files and copies bring along. */
function checked(key: string, where: string): string {
  const trimmed = key.trim()
  if (trimmed === '' || /[^\x21-\x7e]/.test(trimmed)) {
    throw new UsageError(`${where}: this is no key (it is empty, or has blanks or other odd characters in it)`)
  }
  return trimmed
}
