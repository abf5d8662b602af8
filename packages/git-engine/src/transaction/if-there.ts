import { lstatSync, readFileSync } from 'node:fs'
import { errorCode } from '@loop-runner/cli-kit'

/** A file's text; undefined where there is no such file. That it cannot be read is an error: it is never taken for absence. */
export function readTextIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return undefined
    throw error
  }
}

/** Whether there is anything of that name, a link that leads nowhere included. */
export function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}
