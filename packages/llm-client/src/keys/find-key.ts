import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { childEnvironment, CommandError, reasonOf, runProcess, UsageError } from '@loop-runner/cli-kit'
import type { Context } from '../context.ts'
import { LlmFailure } from '../answer/failure.ts'
import { checkMode, keyStorePath, readKeyStore } from './key-store.ts'
import { originOf } from '../models/base-address.ts'
import { PROVIDERS } from '../models/providers.ts'
import type { ServerTarget } from '../models/target.ts'

/** A password manager may ask its user something. */
const COMMAND_TIMEOUT_MS = 120_000

/** The source of a key, named by the user; at most one. Such a key is sent to any address. */
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
 * @returns undefined if none is needed
 * @throws LlmFailure if the key is missing, UsageError if a named one cannot be read
 */
export async function findKey(target: ServerTarget, source: KeySource, io: Context): Promise<string | undefined> {
  const named = await namedKey(source, io)
  if (named !== undefined) return named
  if (target.keyEnv !== undefined) return namedKey({ env: target.keyEnv }, io)
  return target.isHome ? homeKey(target, io) : undefined
}

/** Where findKey finds a key that was not named for this call, as an error names the place. */
export function placeOfKey(
  { provider, keyEnv, isHome }: ServerTarget,
  source: KeySource,
  env: NodeJS.ProcessEnv,
): string | undefined {
  if (Object.values(source).some((named) => named !== undefined)) return undefined
  if (keyEnv !== undefined || !isHome) return keyEnv
  return keyVariable(provider, env) ?? keyStorePath(env)
}

/** The key of the provider whose own address the target is. */
function homeKey({ provider, baseUrl, api }: ServerTarget, io: Context): string | undefined {
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
    throw new UsageError(`${where}: not an API key (it is empty, or contains blanks or control characters)`)
  }
  return trimmed
}

async function namedKey(source: KeySource, io: Context): Promise<string | undefined> {
  const { key, env: name, file, command } = source
  if ([key, name, file, command].filter((one) => one !== undefined).length > 1) {
    throw new UsageError('more than one key given (use one of --api-key, --key-env, --key-file, --key-cmd)')
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

async function runKeyCommand(command: string, io: Context): Promise<string> {
  const stdout: Buffer[] = []
  const result = await runProcess(
    {
      file: 'sh',
      args: ['-c', command],
      cwd: io.cwd,
      env: childEnvironment(io.env),
      stdout: (chunk) => stdout.push(chunk),
      // Its prompts and errors are for the user.
      stderr: 2,
      timeoutMs: COMMAND_TIMEOUT_MS,
    },
    io,
  )
  if (result.status !== 0) {
    throw new LlmFailure('auth', `option --key-cmd: the command ended with exit code ${result.status}`)
  }
  return checkKey(Buffer.concat(stdout).toString('utf8').split('\n')[0] ?? '', 'option --key-cmd')
}
