import { readdirSync } from 'node:fs'

/** The names of the folders in a folder; none if it is gone, or may not be read. */
export function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
  } catch {
    return []
  }
}
