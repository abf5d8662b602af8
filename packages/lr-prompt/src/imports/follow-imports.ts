import type { SourceFile } from '../evidence/evidence.ts'
import { isTest } from '../material/is-test.ts'
import { findImports, type Sources } from './find-imports.ts'

const COLLECTS = /(?:^|\/)(?:index\.[cm]?[jt]sx?|__init__\.py|mod\.rs|lib\.rs)$/
const MOST_STEPS = 4

/** A source that tests need, and how. */
export interface Imported {
  readonly file: SourceFile
  /** The files that import it, of those that were followed. */
  readonly importers: readonly SourceFile[]
  /** Imports between a test and the file; helpers of tests and files that only collect others are not counted. */
  readonly steps: number
  /** Whether a test names it itself. */
  readonly isDirect: boolean
}

/** Whether a file only collects others. */
export function collects(path: string): boolean {
  return COLLECTS.test(path)
}

/** What tests import, and what that imports, the nearest first. */
export function followImports(
  tests: readonly SourceFile[],
  files: readonly SourceFile[],
  sources: Sources,
): Imported[] {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const found = new Map<string, Imported & { readonly importers: SourceFile[] }>()
  let edge = tests.map((file) => ({ file, steps: 0 }))
  const seen = new Set(tests.map(({ path }) => path))
  while (edge.length > 0) {
    const next: { file: SourceFile; steps: number }[] = []
    // What a file only collects is as near as the file itself, however else it is reached.
    const ordered = edge.toSorted((one, other) => Number(collects(other.file.path)) - Number(collects(one.file.path)))
    for (const { file, steps } of ordered) {
      for (const path of findImports(file.path, file.content, sources)) {
        const imported = byPath.get(path)
        found.get(path)?.importers.push(file)
        if (!imported || seen.has(path)) continue
        seen.add(path)
        // Files that are no sources only lead to some.
        const isHelper = isTest(path) || !imported.editable
        const reached = steps + (isHelper || collects(file.path) ? 0 : 1)
        if (!isHelper)
          found.set(path, { file: imported, importers: [file], steps: reached, isDirect: isTest(file.path) })
        if (reached < MOST_STEPS) next.push({ file: imported, steps: reached })
      }
    }
    edge = next
  }
  return [...found.values()].sort((one, other) => one.steps - other.steps)
}
