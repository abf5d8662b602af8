import { chmodSync, lstatSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isRealFolder } from './tree-copy.ts'

/**
 * Folders that are gone are made again; folders that the loop may not read, write or enter any more would keep it from putting files back.
 *
 * @param modes of the folders, each after those that it is in
 * @returns a line for each mode that was changed, and one if the root was gone
 */
export function putFoldersBack(root: string, modes: Readonly<Record<string, number>>): string[] {
  return Object.entries(modes).flatMap(([folder, mode]) => {
    const target = join(root, folder)
    const found = modeOf(target)
    if (found === undefined) return makeAgain(root, folder, mode)
    if (found === mode || !isRealFolder(root, folder)) return []
    return [`${folder || '.'}: the mode of the folder was changed; ${changeMode(target, mode)}`]
  })
}

/** The mode of a folder; undefined for anything else. */
export function modeOf(folder: string): number | undefined {
  try {
    const stats = lstatSync(folder)
    return stats.isDirectory() ? stats.mode & 0o7777 : undefined
  } catch {
    return undefined
  }
}

function makeAgain(root: string, folder: string, mode: number): string[] {
  // Nothing is made through a link.
  if (!isRealFolder(root, dirname(folder))) return []
  try {
    mkdirSync(join(root, folder), { recursive: folder === '' })
    chmodSync(join(root, folder), mode)
  } catch {
    // A file is in the way: it goes when the files are put back.
    return []
  }
  return folder === '' ? ['.: the agent removed the working tree; it was put back'] : []
}

function changeMode(folder: string, mode: number): string {
  try {
    chmodSync(folder, mode)
    return 'it was put back'
  } catch {
    return 'it could not be put back'
  }
}
