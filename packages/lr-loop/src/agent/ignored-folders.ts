import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Those of the folders that hold something: they are ignored by git, and not copied. */
export function filledFolders(root: string, folders: readonly string[]): string[] {
  return folders.filter((folder) => isFilled(join(root, folder)))
}

/** A line for each that is gone, or holds nothing any more. */
export function tellEmptied(root: string, before: readonly string[]): string[] {
  return before.flatMap((folder) =>
    isFilled(join(root, folder)) ? [] : [`${folder}: this ignored folder is gone, and there is no copy of it`],
  )
}

function isFilled(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0
  } catch {
    return false
  }
}
