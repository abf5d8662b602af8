import { basename } from 'node:path/posix'
import { pathOfName } from '@loop-runner/block-format'
import type { SourceFile } from './evidence.ts'

/** The forms of a place after a path: `src/a.py:12`, `src/a.ts(12,5)`, `File "src/a.py", line 12`. */
const LINE_NUMBER = /(?:"?, line |[:(])(\d{1,7})/g
const NO_PATH_CHARACTER = /[\s"'`()<>|:,]/

/** A path that is longer is not looked for: it would cost time on output that is one long word. */
const LONGEST_PATH = 300

/** A list of more places is too long to help. */
const MOST_PLACES = 20

/** The lines of files that a text names, by their path or by a base name that no other of the files has. */
export function placesIn(said: string, files: readonly SourceFile[]): ReadonlyMap<SourceFile, ReadonlySet<number>> {
  const byName = filesByName(files)
  const places = new Map<SourceFile, Set<number>>()
  let count = 0
  for (const { index, 1: line } of said.matchAll(LINE_NUMBER)) {
    const file = byName.get(pathOfName(pathBefore(said, index)).replace(/^\.\//, ''))
    if (!file || count === MOST_PLACES) continue
    const lines = places.get(file) ?? new Set()
    if (!lines.has(Number(line))) count++
    places.set(file, lines.add(Number(line)))
  }
  return places
}

/** Runners of Go and Java print the base name of a file. */
function filesByName(files: readonly SourceFile[]): ReadonlyMap<string, SourceFile> {
  const bases = new Map<string, SourceFile | undefined>()
  for (const file of files) {
    const base = basename(file.path)
    bases.set(base, bases.has(base) ? undefined : file)
  }
  const unique = [...bases].flatMap(([base, file]): [string, SourceFile][] => (file ? [[base, file]] : []))
  return new Map([...unique, ...files.map((file): [string, SourceFile] => [file.path, file])])
}

function pathBefore(text: string, end: number): string {
  let start = end
  while (start > 0 && end - start < LONGEST_PATH && !NO_PATH_CHARACTER.test(text[start - 1] ?? ' ')) start--
  return text.slice(start, end)
}
