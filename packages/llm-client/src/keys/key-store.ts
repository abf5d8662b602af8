import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  CommandError,
  ExitStatus,
  makeFolders,
  parseJson,
  readTextIfThere,
  reasonOf,
  userConfigFolder,
} from '@loop-runner/cli-kit'
import { isObject } from '../json.ts'

/** The file that keeps keys, readable by its owner only. */
export function keyStorePath(env: NodeJS.ProcessEnv): string {
  return join(userConfigFolder(env), 'keys.json')
}

/**
 * Keys by provider; empty without a store.
 *
 * @throws CommandError (3) for a store that others can read, or that is not one
 */
export function readKeyStore(path: string): Readonly<Record<string, string>> {
  const text = readTextIfThere(path)
  if (text === undefined) return {}
  checkMode(path)
  const keys = parseJson(text)
  if (isObject(keys) && Object.values(keys).every((key) => typeof key === 'string'))
    return keys as Record<string, string>
  throw new CommandError(ExitStatus.Failed, `${path}: not a key store (lr-llm keys set creates one)`)
}

/** Replaces the store atomically. */
export function replaceKeyStore(path: string, keys: Readonly<Record<string, string>>): void {
  const fresh = `${path}.new`
  try {
    makeFolders(dirname(path), 0o700)
    rmSync(fresh, { force: true })
    writeFileSync(fresh, `${JSON.stringify(keys, undefined, 2)}\n`, { mode: 0o600, flag: 'wx' })
    renameSync(fresh, path)
  } catch (error) {
    throw new CommandError(ExitStatus.Failed, `${path}: ${reasonOf(error)}`)
  }
}

/** @throws CommandError (3) for a file that not only its owner can read */
export function checkMode(path: string): void {
  if ((statSync(path).mode & 0o077) === 0) return
  throw new CommandError(ExitStatus.Failed, `${path}: others can read the keys in it (chmod 600 ${path})`)
}
