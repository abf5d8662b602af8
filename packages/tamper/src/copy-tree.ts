import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { foldersOf } from './list-nearby.ts'

/** What is never needed in a copy, or would be written to by both. */
const LEFT_OUT = new Set(['.git', '__pycache__', '.pytest_cache', '.mypy_cache', '.ruff_cache'])

/**
 * Copies the files of a tree; what is in its folders besides, such as installed packages, is linked to.
 *
 * @param names relative to `from`
 */
export function copyTree(names: readonly string[], from: string, to: string): void {
  const folders = foldersOf(names)
  for (const folder of folders) {
    mkdirSync(join(to, folder), { recursive: true })
    for (const name of namesIn(join(from, folder))) {
      const path = join(folder, name)
      if (LEFT_OUT.has(name) || folders.has(path) || names.includes(path)) continue
      symlinkSync(join(from, path), join(to, path))
    }
  }
  for (const name of names) {
    mkdirSync(dirname(join(to, name)), { recursive: true })
    cpSync(join(from, name), join(to, name), { verbatimSymlinks: true, force: true })
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
