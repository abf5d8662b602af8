import { chmodSync, lstatSync } from 'node:fs'
import { join } from 'node:path'
import { foldersIn } from './folders-in.ts'
import { foldersOf, isRealFolder } from './tree-copy.ts'

/** The modes of the folders on the way to files, and of the root as an empty path. */
export function readModes(root: string, paths: readonly string[]): Record<string, number> {
  const folders = new Set(['', ...paths.flatMap((path) => foldersOf(path).slice(0, -1))])
  const modes: Record<string, number> = {}
  for (const folder of folders) {
    const mode = modeOf(join(root, folder))
    if (mode !== undefined) modes[folder] = mode
  }
  return modes
}

/** Folders that the loop may not read, write or enter any more would keep it from putting files back. */
export function putModesBack(root: string, modes: Readonly<Record<string, number>>): string[] {
  return Object.entries(modes).flatMap(([folder, mode]) => {
    const target = join(root, folder)
    const found = modeOf(target)
    if (found === undefined || found === mode || !isRealFolder(root, folder)) return []
    return [`${folder || '.'}: the mode of the folder was changed; ${changeMode(target, mode)}`]
  })
}

/** Opens folders that an agent made and closed, so that what is in them can be seen and removed. */
export function openFolders(root: string, modes: Readonly<Record<string, number>>, ignored: readonly string[]): void {
  const left = new Set([...Object.keys(modes), ...ignored.map((folder) => folder.replace(/\/$/, ''))])
  const visit = (folder: string): void => {
    for (const name of foldersIn(join(root, folder))) {
      const inner = join(folder, name)
      if (left.has(inner) || name === '.git') continue
      const mode = modeOf(join(root, inner)) ?? 0o700
      if ((mode & 0o700) !== 0o700) changeMode(join(root, inner), mode | 0o700)
      visit(inner)
    }
  }
  for (const folder of Object.keys(modes)) if (isRealFolder(root, folder)) visit(folder)
}

function changeMode(folder: string, mode: number): string {
  try {
    chmodSync(folder, mode)
    return 'it was put back'
  } catch {
    return 'it could not be put back'
  }
}

function modeOf(folder: string): number | undefined {
  try {
    const stats = lstatSync(folder)
    return stats.isDirectory() ? stats.mode & 0o7777 : undefined
  } catch {
    return undefined
  }
}
