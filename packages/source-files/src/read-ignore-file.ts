import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The rules of a folder for files to ignore; empty if the file is missing. A pipe or a device would be read without an end. */
export function readIgnoreFile(folder: string): string {
  const path = join(folder, '.gitignore')
  try {
    return statSync(path).isFile() ? readFileSync(path, 'utf8') : ''
  } catch {
    return ''
  }
}
