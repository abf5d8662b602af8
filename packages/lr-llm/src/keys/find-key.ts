import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { childEnvironment, CommandError, reasonOf, runProcess, UsageError } from '@loop-runner/cli-kit'
import type { Surroundings } from '../surroundings.ts'
import { LlmFailure } from '../answer/failure.ts'
import { checkMode, keyStorePath, readKeyStore } from './key-store.ts'
import { originOf } from '../models/base-address.ts'
import { PROVIDERS } from '../models/providers.ts'
import type { ServerTarget } from '../models/target.ts'

/** A password manager may ask its user something. */
const COMMAND_TIMEOUT_MS = 120_000

/** Where a caller says that a key is; at most one. A key named so is sent to any address. */
export interface KeySource {
  readonly key?: string | undefined
  /** Name of a variable. */
  readonly env?: string | undefined
  readonly file?: string | undefined
  /** A shell command that prints it. */
  readonly command?: string | undefined
}

/**
 * The key for a target: the one that was named, or, at its provider's own address, what the provider's variables hold,
 * or the store.
 *
 * @returns undefined where none is needed
 * @throws LlmFailure with what to set where a key is missing, UsageError for a named one that cannot be read
 */
export async function findKey(target: ServerTarget, source: KeySource, io: Surroundings): Promise<string | undefined> {
  const named = await namedKey(source, io)
  if (named !== undefined) return named
  if (target.keyEnv !== undefined) return namedKey({ env: target.keyEnv }, io)
  return target.isHome ? homeKey(target, io) : undefined
}

/** The key of the provider whose own address the target is. */
function homeKey({ provider, baseUrl, api }: ServerTarget, io: Surroundings): string | undefined {
  const name = keyVariable(provider, io.env)
  if (name !== undefined) return checkKey(io.env[name] ?? '', name)
  const { url = baseUrl, keys = [] } = PROVIDERS[provider] ?? {}
  // A variable such as OPENAI_BASE_URL leads elsewhere: the stored key is for the provider's own address only.
  if (provider !== 'ollama' && originOf(baseUrl) !== originOf(url)) return undefined
  const stored = readKeyStore(keyStorePath(io.env))[provider]
  if (stored !== undefined || api === 'ollama') return stored
  throw new LlmFailure('auth', `${provider}: no key (set ${keys[0]}, or store one: lr-llm keys set ${provider})`)
}

/** The variable that holds a provider's key, if one is set. */
export function keyVariable(provider: string, env: NodeJS.ProcessEnv): string | undefined {
  return PROVIDERS[provider]?.keys.find((variable) => env[variable])
}

/**
 * A key without the blanks around it that files and copies bring along.
 *
 * @throws UsageError for what cannot be one
 */
export function checkKey(key: string, where: string): string {
  const trimmed = key.trim()
  if (trimmed === '' || /[^\x21-\x7e]/.test(trimmed)) {
    throw new UsageError(`${where}: this is no key (it is empty, or has blanks or other odd characters in it)`)
  }
  return trimmed
}

async function namedKey(source: KeySource, io: Surroundings): Promise<string | undefined> {
  const { key, env: name, file, command } = source
  if ([key, name, file, command].filter((one) => one !== undefined).length > 1) {
    throw new UsageError('a key can be named once: by one of --api-key, --key-env, --key-file, --key-cmd')
  }
  if (key !== undefined) return checkKey(key, 'option --api-key')
  if (file !== undefined) return readKeyFile(resolve(io.cwd, file))
  if (command !== undefined) return runKeyCommand(command, io)
  if (name === undefined) return undefined
  if (!io.env[name]) throw new LlmFailure('auth', `option --key-env: the variable ${name} is not set`)
  return checkKey(io.env[name], name)
}

/**
 * The key in a file that only its owner may read.
 *
 * @throws CommandError for another one
 */
export function readKeyFile(path: string): string {
  try {
    checkMode(path)
    return checkKey(readFileSync(path, 'utf8'), path)
  } catch (error) {
    if (error instanceof CommandError) throw error
    throw new UsageError(`${path}: ${reasonOf(error)}`)
  }
}

async function runKeyCommand(command: string, io: Surroundings): Promise<string> {
  const stdout: Buffer[] = []
  const result = await runProcess(
    {
      file: 'sh',
      args: ['-c', command],
      cwd: io.cwd,
      env: childEnvironment(io.env),
      stdout: (chunk) => stdout.push(chunk),
      // What it asks or complains about is for the user.
      stderr: 2,
      timeoutMs: COMMAND_TIMEOUT_MS,
    },
    io,
  )
  if (result.status !== 0) {
    throw new LlmFailure('auth', `option --key-cmd: the command ended with status ${result.status}`)
  }
  return checkKey(Buffer.concat(stdout).toString('utf8').split('\n')[0] ?? '', 'option --key-cmd')
}
