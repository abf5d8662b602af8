import { relative, resolve, sep } from 'node:path'
import { nameOfPath } from '@loop-runner/block-format'
import type { SourceFile } from './evidence.ts'
import { readTextFile } from './read-text-file.ts'

/**
 * Adds files that are shown and not to be edited. One that the stream holds already is taken from there.
 *
 * @param paths as typed, from `cwd`
 * @throws UsageError where a file cannot be read, or is not UTF-8 text
 */
export function addContext(files: readonly SourceFile[], paths: readonly string[], cwd: string): readonly SourceFile[] {
  if (paths.length === 0) return files
  const wanted = new Map(paths.map((path) => [relative(cwd, resolve(cwd, path)).split(sep).join('/'), path]))
  const inStream = new Set(files.map(({ path }) => path))
  const read = [...wanted]
    .filter(([path]) => !inStream.has(path))
    .map(([path, typed]) => {
      return { name: nameOfPath(path), path, content: readTextFile(resolve(cwd, typed), typed), editable: false }
    })
  return [...read, ...files.map((file) => (wanted.has(file.path) ? { ...file, editable: false } : file))]
}
