import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findExpected } from './find-expected.ts'
import { findTests } from './find-tests.ts'
import { type Language, skeletonOf } from './skeleton.ts'

/** A literal of a test that was changed. */
export interface Flip {
  readonly path: string
  /** From 1. */
  readonly line: number
  readonly before: string
  readonly after: string
}

const LANGUAGES: readonly (readonly [RegExp, Language])[] = [
  [/\.py$/, 'python'],
  [/\.[cm]?[jt]sx?$/, 'script'],
]

/** More would say no more. */
const MOST_FLIPS = 200

/**
 * Changes in the files of tests, in a copy of the tree, what tests of these names expect.
 *
 * @param names as the report of the test runner has them
 */
export function flipExpectations(paths: readonly string[], names: readonly string[], folder: string): Flip[] {
  const flips: Flip[] = []
  for (const path of paths) {
    const [, language] = LANGUAGES.find(([pattern]) => pattern.test(path)) ?? []
    if (language === undefined || flips.length >= MOST_FLIPS) continue
    const text = readFileSync(join(folder, path), 'utf8')
    const flipped = flipText(path, text, language, names)
    if (flipped.flips.length > 0) writeFileSync(join(folder, path), flipped.text)
    flips.push(...flipped.flips)
  }
  return flips
}

/** @returns the text with what these tests expect changed */
export function flipText(
  path: string,
  text: string,
  language: Language,
  names: readonly string[],
): { readonly text: string; readonly flips: Flip[] } {
  const file = { path, text, language, skeleton: skeletonOf(text, language) }
  const parts = findTests(file, names)
  const spans = new Map(parts.flatMap((part) => findExpected(file, part)).map((span) => [span.start, span]))
  const flips: Flip[] = []
  let flipped = text
  // From the end, so that places before it stay where they are.
  for (const { start, end } of [...spans.values()].sort((a, b) => b.start - a.start)) {
    const before = text.slice(start, end)
    const after = flipLiteral(before)
    flips.unshift({ path, line: text.slice(0, start).split('\n').length, before, after })
    flipped = flipped.slice(0, start) + after + flipped.slice(end)
  }
  return { text: flipped, flips }
}

/** No code that returns the first number is likely to return one that is so much more. */
const FAR = 70_001
/** Where a number also has to fit a small type. */
export const NEXT = 1

/**
 * Another value of the same type: no code that returns the first can return it, too.
 *
 * @param step what is added to a number
 */
export function flipLiteral(literal: string, step = FAR): string {
  const words: Readonly<Record<string, string>> = { True: 'False', False: 'True', true: 'false', false: 'true' }
  const other = words[literal]
  if (other !== undefined) return other
  if (/^(?:None|null|undefined)$/.test(literal)) return "'another value'"
  if (/^['"`]/.test(literal)) {
    const mark = /^(?:'''|""")/.test(literal) ? 3 : 1
    return `${literal.slice(0, -mark)} another value${literal.slice(-mark)}`
  }
  const digits = literal.replaceAll('_', '')
  return /^-?\d+$/.test(digits) ? String(BigInt(digits) + BigInt(step)) : String(Number(digits) + step + 0.25)
}
