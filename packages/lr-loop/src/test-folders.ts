import { statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { makeProtection } from '@loop-runner/source-files'

/** Of the sources, those that are folders of tests: they are shown, and no reply may change a file in them. */
export function testFoldersOf(sources: readonly string[], cwd: string): string[] {
  const protection = makeProtection([], [])
  return sources.filter((source) => {
    const path = resolve(cwd, source)
    const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
    return isFolder && protection(join(relative(cwd, path), 'x')) !== undefined
  })
}
