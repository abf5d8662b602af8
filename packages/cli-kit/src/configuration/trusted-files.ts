import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { CommandError, errorCode, reasonOf } from '../command-error.ts'
import { ExitStatus } from '../exit-status.ts'
import { makeFolders } from '../make-folders.ts'
import { stateFolder } from '../state-folder.ts'

/** `changed`: it was trusted, with another content. */
export type Trust = 'trusted' | 'changed' | 'unknown'

/** Set by lr-loop for the working trees of attempts: the digest of the trusted lr.yaml, which they hold a copy of. */
export const TRUSTED_VARIABLE = 'LR_TRUSTED_CONFIG'

const MISSING: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR'])

interface Entry {
  /** Absolute, without links in its folders. */
  readonly path: string
  readonly sha256: string
}

/** Whether the user has trusted a file with this content. */
export function trustOf(path: string, text: string, env: NodeJS.ProcessEnv): Trust {
  const digest = digestOf(text)
  if (env[TRUSTED_VARIABLE] === digest) return 'trusted'
  const entry = readEntry(entryPath(realPathOf(path), env))
  if (entry === undefined) return 'unknown'
  return entry.sha256 === digest ? 'trusted' : 'changed'
}

/**
 * Trusts a file with this content, and with no other.
 *
 * @throws CommandError (3) if it cannot be recorded
 */
export function trustFile(path: string, text: string, env: NodeJS.ProcessEnv): void {
  const real = realPathOf(path)
  const place = entryPath(real, env)
  const entry: Entry = { path: real, sha256: digestOf(text) }
  // Of this process alone: two that trust the same file do not share it.
  const draft = `${place}.${process.pid}.new`
  try {
    makeFolders(dirname(place), 0o700)
    try {
      writeFileSync(draft, `${JSON.stringify(entry)}\n`, { mode: 0o600, flag: 'wx' })
      renameSync(draft, place)
    } catch (error) {
      rmSync(draft, { force: true })
      throw error
    }
  } catch (error) {
    throw new CommandError(ExitStatus.Failed, `${place}: ${reasonOf(error)}`)
  }
}

/** Trusts a file no longer. @returns whether it was recorded */
export function distrustFile(path: string, env: NodeJS.ProcessEnv): boolean {
  try {
    rmSync(entryPath(realPathOf(path), env))
    return true
  } catch (error) {
    if (MISSING.has(errorCode(error))) return false
    throw new CommandError(ExitStatus.Failed, `${path}: ${reasonOf(error)}`)
  }
}

/** The paths that are recorded, in order. */
export function listTrusted(env: NodeJS.ProcessEnv): string[] {
  const folder = trustFolder(env)
  const names = readNames(folder).filter((name) => !name.endsWith('.new'))
  return names.flatMap((name) => readEntry(join(folder, name))?.path ?? []).sort()
}

/** The digest of a file's text, as `sha256sum` prints it. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function readNames(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (MISSING.has(errorCode(error))) return []
    throw new CommandError(ExitStatus.Failed, `${folder}: ${reasonOf(error)}`)
  }
}

/** An entry that is damaged, or that cannot be read, trusts nothing. */
function readEntry(path: string): Entry | undefined {
  try {
    const { path: file, sha256 } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
    return typeof file === 'string' && typeof sha256 === 'string' ? { path: file, sha256 } : undefined
  } catch {
    return undefined
  }
}

function entryPath(path: string, env: NodeJS.ProcessEnv): string {
  return join(trustFolder(env), digestOf(path))
}

function trustFolder(env: NodeJS.ProcessEnv): string {
  return join(stateFolder(env), 'trusted')
}

/** The same for a folder by all its names. The file itself may be a link: its options hold where the link lies. */
function realPathOf(path: string): string {
  try {
    return join(realpathSync(dirname(path)), basename(path))
  } catch {
    return path
  }
}
