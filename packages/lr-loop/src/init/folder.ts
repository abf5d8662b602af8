import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError, ExitStatus, reasonOf } from '@loop-runner/cli-kit'

/** A folder, with the contents from which its kind is detected. */
export interface Folder {
  /** Names of its files, sorted. */
  readonly files: readonly string[]
  readonly folders: readonly string[]
  /** The text of a file below it; empty if it cannot be read. */
  readonly read: (path: string) => string
  /** The names in a folder below it; none where there is no such folder. */
  readonly list: (path: string) => readonly string[]
}

/** @throws CommandError (3) where it cannot be read */
export function readFolder(path: string): Folder {
  try {
    const entries = readdirSync(path, { withFileTypes: true })
    const names = (isWanted: (entry: (typeof entries)[number]) => boolean) =>
      entries
        .filter(isWanted)
        .map(({ name }) => name)
        .sort()
    return {
      files: names((entry) => entry.isFile()),
      folders: names((entry) => entry.isDirectory()),
      read: (file) => orElse('', () => readFileSync(join(path, file), 'utf8')),
      list: (folder) => orElse([], () => readdirSync(join(path, folder)).sort()),
    }
  } catch (error) {
    throw new CommandError(ExitStatus.Failed, `${path}: ${reasonOf(error)}`)
  }
}

function orElse<T>(otherwise: T, read: () => T): T {
  try {
    return read()
  } catch {
    return otherwise
  }
}
