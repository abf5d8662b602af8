import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findExpected } from './find-expected.ts'
import { findTests } from './find-tests.ts'
import { type Flip, type FlippedFiles, flipOf, withChanges } from './change.ts'
import { flipLiteral } from './flip-literal.ts'
import { type Language, skeletonOf } from './skeleton.ts'

const LANGUAGES: readonly (readonly [RegExp, Language])[] = [
  [/\.py$/, 'python'],
  [/\.[cm]?[jt]sx?$/, 'script'],
]

/** The language of a file in which tests are found by their names. */
export function languageOf(path: string): Language | undefined {
  return LANGUAGES.find(([pattern]) => pattern.test(path))?.[1]
}

/** More would say no more. */
const MOST_FLIPS = 200

/**
 * Finds the expected values of tests with these names, and other values for them.
 *
 * @param names as the report of the test runner has them
 */
export function flipExpectations(paths: readonly string[], names: readonly string[], folder: string): FlippedFiles {
  const flips: Flip[] = []
  const texts = new Map<string, string>()
  for (const path of paths) {
    const language = languageOf(path)
    if (language === undefined || flips.length >= MOST_FLIPS) continue
    const text = readFileSync(join(folder, path), 'utf8')
    const flipped = flipText(path, text, language, names)
    if (flipped.flips.length > 0) texts.set(path, flipped.text)
    flips.push(...flipped.flips)
  }
  return { flips, texts }
}

/** @returns the text with the expected values of these tests changed */
export function flipText(
  path: string,
  text: string,
  language: Language,
  names: readonly string[],
): { readonly text: string; readonly flips: Flip[] } {
  const file = { path, text, language, skeleton: skeletonOf(text, language) }
  const parts = findTests(file, names)
  const spans = new Map(parts.flatMap((part) => findExpected(file, part)).map((span) => [span.start, span]))
  const changes = [...spans.values()]
    .sort((a, b) => a.start - b.start)
    .map(({ start, end }) => ({ start, end, after: flipLiteral(text.slice(start, end)) }))
  return { text: withChanges(text, changes), flips: changes.map((change) => flipOf(path, text, change)) }
}
