import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder, with those above it that are missing; one that is there stays as it is. Node's own `recursive` tries
 * for ever where a file system answers that there is no such file, as /proc does (seen with Node 20.20).
 *
 * @param mode of each folder that is made
 * @throws the system's error where one cannot be made
 */
export function makeFolders(path: string, mode = 0o777): void {
  const parent = dirname(path)
  if (parent !== path && !existsSync(parent)) makeFolders(parent, mode)
  try {
    mkdirSync(path, { mode })
  } catch (error) {
    if (!isFolder(path)) throw error
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}
