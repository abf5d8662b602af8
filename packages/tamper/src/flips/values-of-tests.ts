import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isExpected as isNamedExpected } from '../compared-by-check.ts'
import { type Change, type Flip, flipOf } from './change.ts'
import { changesOfAll } from './flip-all.ts'
import { languageOf } from './flip-expectations.ts'
import { flipLiteral, flipWords } from './flip-literal.ts'
import { changesOfLines } from './flip-lines.ts'
import { findExpected } from './find-expected.ts'
import { findTests } from './find-tests.ts'
import { skeletonOf } from './skeleton.ts'

/** A value that a test expects, and another one in its place. */
export interface TestValue extends Flip, Change {}

/** Values of which one test fails if one of them is not met. */
export interface ValueGroup {
  readonly values: readonly TestValue[]
  /** Whether a test of this name is that one; undefined if names of tests do not tell. */
  readonly has?: (test: string) => boolean
}

/**
 * The values that tests expect, each with another one, by test.
 *
 * @param paths of files of tests
 * @param names of the tests, as reports name them; none if they are not known
 */
export function valuesOfTests(paths: readonly string[], names: readonly string[], folder: string): ValueGroup[] {
  return paths.flatMap((path) => {
    const text = readFileSync(join(folder, path), 'utf8')
    const groups = byName(path, text, names)
    return groups.length > 0 || names.length > 0 ? groups : byLine(path, text)
  })
}

/** The values that a file holds which is only compared: at the end of each line. */
export function valuesOfExpectedFile(path: string, folder: string): TestValue[] {
  const text = readFileSync(join(folder, path), 'utf8')
  const isSnapshot = /\.(?:snap|ambr)$/.test(path)
  const head = isSnapshot ? (/^---\n[^]*?\n---\n/.exec(text)?.[0].length ?? 0) : 0
  return [...text.matchAll(/[^\n]+/g)].flatMap(({ 0: line, index }) => {
    // Of a snapshot: comments, and lines with a name only.
    if (index < head || (isSnapshot && /^(?:\/\/|#)|= `$/.test(line))) return []
    const after = flipWords(line)
    const change = { start: index, end: index + line.length, after }
    return /\w/.test(line) ? [{ ...change, ...flipOf(path, text, change) }] : []
  })
}

/** Whether a file has expected values: by its name, and if it is not code. */
export function isExpectedFile(path: string): boolean {
  return /\.(?:snap|ambr)$/.test(path) || (isNamedExpected(path) && changesOfAll(path, '') === undefined)
}

function byName(path: string, text: string, names: readonly string[]): ValueGroup[] {
  const language = languageOf(path)
  if (language === undefined || names.length === 0) return []
  const file = { path, text, language, skeleton: skeletonOf(text, language) }
  const parts = new Map(findTests(file, names).map((part) => [part.start, part]))
  return [...parts.values()].map((part) => ({
    values: findExpected(file, part)
      .map(({ start, end }) => ({ start, end, after: flipLiteral(text.slice(start, end)) }))
      .map((change) => ({ ...change, ...flipOf(path, text, change) })),
    has: (test) => findTests(file, [test]).some(({ start }) => start === part.start),
  }))
}

/** Each value is a group of its own. */
function byLine(path: string, text: string): ValueGroup[] {
  return changesOfLines(path, text).map((change) => ({ values: [{ ...change, ...flipOf(path, text, change) }] }))
}
