import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Change, type Flip, type FlippedFiles, flipOf, withChanges } from './change.ts'
import { flipLiteral, NEXT } from './flip-literal.ts'
import { asserts, helpersIn, leadsToFailure, reportsFailure } from './leads-to-failure.ts'
import { changesInDocument, isDocument } from './flip-document.ts'
import { hasNoValue, placeOfExpected } from './place-of-expected.ts'

/** Languages whose assertions stand on a line of their own, in one of a few forms. */
const READ = /\.(?:go|rs|rb|php|pl|t|pm|sh|bash|bats|zsh|ksh|lua|c|cc|cpp|cxx|java|kt|cs|swift|scala|py|[cm]?[jt]sx?)$/

/** More would say no more. */
const MOST_FLIPS = 200

/** Lines with other values. */
export interface FlippedLines extends FlippedFiles {
  /** Whether these are enough to say that a check that passes does not compare: two or more, or the only one that the files compare. */
  readonly areEnough: boolean
}

/** With fewer, other assertions may be the ones that count. */
const LEAST_FLIPS = 2

/** An assertion this near to a line with another value belongs to it. */
const NEAR = 3

/**
 * Finds one literal on each line that compares, and another value for it. It knows no names of tests: the files must be ones
 * that the check runs.
 */
export function flipLines(paths: readonly string[], folder: string): FlippedLines {
  const flips: Flip[] = []
  const texts = new Map<string, string>()
  let others = 0
  let isSure = false
  for (const path of paths) {
    if (!(READ.test(path) || isDocument(path)) || flips.length >= MOST_FLIPS) continue
    const flipped = flipLinesOf(path, readFileSync(join(folder, path), 'utf8'))
    if (flipped.flips.length > 0) texts.set(path, flipped.text)
    flips.push(...flipped.flips)
    others += flipped.others
    isSure ||= flipped.isSure
  }
  return { flips, texts, areEnough: flips.length >= LEAST_FLIPS || (others === 0 && isSure) }
}

/** @returns `others`: how many lines assert something and were not changed; `isSure`: whether one that was reports a failure itself */
export function flipLinesOf(path: string, text: string) {
  const { changes, others, isSure } = isDocument(path) ? changesInDocument(text) : changesInLines(text)
  return { text: withChanges(text, changes), flips: changes.map((each) => flipOf(path, text, each)), others, isSure }
}

/** The changes of a text: one literal on each line with a comparison. */
export function changesOfLines(path: string, text: string): readonly Change[] {
  if (!(READ.test(path) || isDocument(path))) return []
  return (isDocument(path) ? changesInDocument(text) : changesInLines(text)).changes
}

function changesInLines(text: string) {
  const changes: Change[] = []
  let others = 0
  let isSure = false
  let last = -NEAR - 1
  let from = 0
  const helpers = helpersIn(text)
  const lines = text.split('\n')
  for (const [index, line] of lines.entries()) {
    const next = lines.slice(index + 1, index + 8)
    const place = leadsToFailure(line, next) ? placeOfExpected(line, helpers) : undefined
    if (place !== undefined) {
      const [start, end] = place
      changes.push({ start: from + start, end: from + end, after: flipLiteral(line.slice(start, end), NEXT) })
      last = index
      isSure ||= reportsFailure(line, next)
    } else if (index - last > NEAR && !hasNoValue(line) && asserts(line)) others += 1
    from += line.length + 1
  }
  return { changes, others, isSure }
}
