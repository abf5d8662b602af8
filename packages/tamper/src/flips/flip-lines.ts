import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Flip } from './flip-expectations.ts'
import { asserts, helpersIn, leadsToFailure } from './leads-to-failure.ts'

/** Languages whose assertions stand on a line of their own, in one of a few forms. */
const READ = /\.(?:go|rs|rb|php|pl|t|pm|sh|bash|bats|zsh|ksh|lua|c|cc|cpp|cxx|java|kt|cs|swift|scala|py|[cm]?[jt]sx?)$/

/** More would say no more. */
const MOST_FLIPS = 200

const LITERAL = String.raw`(-?\d[\d_]*(?:\.\d+)?(?![\w.])|"(?:\\.|[^"\\$\n])*"|'(?:\\.|[^'\\\n])*')`

/** Words of lines that compare: assertions, and conditions before a failure. */
const ASSERTS = String.raw`\b(?:\w*[Aa]ssert\w*|must_\w+|\w+_eq|ok|if|elif|unless|test|[Ee]xpect\w*|EXPECT|ASSERT|[Cc]heck\w*|CHECK|[Rr]equire\w*|REQUIRE|die|fail\w*|is)\b|\[`
const EQUAL_CALL = String.raw`\b(?:assert_?(?:eq|same|is)\w*!?|must_equal|must_be|is|is_deeply|is_string|cmp_ok|eql?|be|TEST_ASSERT_\w+|toBe|\w*equals?|\w*same)`
const EQUAL_MACRO = String.raw`\b(?:[A-Z]+_)*(?:EQ|EQUAL|STREQ)(?:_[A-Z]+)*`

/** Lines that load something, and comments: a literal there is no expected value. */
const NO_VALUES =
  /^\s*(?:#|\/\/|\/?\*|--|for\b|while\b|(?:import|use|using|include|source|load|package|from)\b|require\w*\s*\(?\s*["'])/

/** Where the literal stands on a line, tried in turn; the last group is the literal. */
const FORMS: readonly RegExp[] = [
  new RegExp(String.raw`(?:${ASSERTS}).*?(?:[=!]==?|<>|\s(?:-eq|-ne|eq|ne)\s)\s*${LITERAL}`, 'd'),
  new RegExp(String.raw`(?:\[|\btest)\s.*?\s=\s+${LITERAL}`, 'd'),
  new RegExp(String.raw`${EQUAL_CALL}\s*[ (]\s*${LITERAL}\s*(?:[,)]|$)`, 'id'),
  new RegExp(String.raw`${EQUAL_CALL}\s*[ (].*,\s*[[{].*?${LITERAL}\s*[\]}]+\s*\)`, 'id'),
  // With a message behind it, and without.
  new RegExp(String.raw`${EQUAL_CALL}\s*[ (].*,\s*${LITERAL}\s*,\s*["'][^"']*["']\s*\)`, 'id'),
  new RegExp(String.raw`${EQUAL_CALL}\s*[ (].*,\s*${LITERAL}\s*\)`, 'id'),
  // Functions of shell scripts.
  new RegExp(String.raw`^\s*\w*(?:assert|equal|same|_eq)\w*\s+(?:.*\s)?${LITERAL}\s*$`, 'd'),
  new RegExp(String.raw`^\s*\w*(?:assert|equal|same|_eq)\w*\s+${LITERAL}\s`, 'd'),
  new RegExp(String.raw`${EQUAL_MACRO}\s*\(\s*${LITERAL}\s*,`, 'd'),
  new RegExp(String.raw`${EQUAL_MACRO}\s*\(.*,\s*${LITERAL}\s*\)`, 'd'),
]

/** A row of a table of cases, or a value that is named as what is expected. */
const ROWS: readonly RegExp[] = [
  new RegExp(String.raw`\b(?:want|expected|expect|exp)\w*['"]?\s*(?::=|=>|[:=])\s*${LITERAL}`, 'd'),
  new RegExp(String.raw`^\s*[{([].*,\s*${LITERAL}\s*[})\]]\s*,?\s*$`, 'd'),
]

/** Lines with other values. */
export interface FlippedLines {
  readonly flips: readonly Flip[]
  /** Whether these are enough to say that a check that passes does not compare: many, or most that the files compare. */
  readonly areEnough: boolean
}

/** With fewer, other assertions may be the ones that count. */
const LEAST_FLIPS = 2

/** An assertion this near to a line with another value belongs to it. */
const NEAR = 3

/** A loop over such rows, on one line. */
const LOOP_OVER_ROWS = new RegExp(
  String.raw`^\s*(?:foreach|for)\b.*[[({]\s*[[({](?:[^[\](){}]*,){2,}\s*${LITERAL}\s*[\])}]`,
  'd',
)

/**
 * Changes, in a copy of the tree, one literal on each line that compares. It knows no names of tests: the files must be ones
 * that the check runs.
 */
export function flipLines(paths: readonly string[], folder: string): FlippedLines {
  const flips: Flip[] = []
  let others = 0
  for (const path of paths) {
    if (!READ.test(path) || flips.length >= MOST_FLIPS) continue
    const flipped = flipLinesOf(path, readFileSync(join(folder, path), 'utf8'))
    if (flipped.flips.length > 0) writeFileSync(join(folder, path), flipped.text)
    flips.push(...flipped.flips)
    others += flipped.others
  }
  return { flips, areEnough: flips.length >= LEAST_FLIPS || flips.length > others }
}

/** @returns `others`: how many lines assert something and were not changed */
export function flipLinesOf(path: string, text: string) {
  const flips: Flip[] = []
  let others = 0
  let last = -NEAR - 1
  const forms = [...FORMS, ...formsOf(helpersIn(text))]
  const lines = text.split('\n').map((line, index, all) => {
    const place = leadsToFailure(line, all.slice(index + 1, index + 8)) ? placeIn(line, forms) : undefined
    if (place === undefined) {
      if (index - last > NEAR && !NO_VALUES.test(line) && asserts(line)) others += 1
      return line
    }
    const [start, end] = place
    const before = line.slice(start, end)
    const after = otherLiteral(before)
    flips.push({ path, line: index + 1, before, after })
    last = index
    return line.slice(0, start) + after + line.slice(end)
  })
  return { text: lines.join('\n'), flips, others }
}

function placeIn(line: string, forms: readonly RegExp[]): readonly [number, number] | undefined {
  if (line.length > 1000) return undefined
  const row = LOOP_OVER_ROWS.exec(line)?.indices?.at(-1)
  if (row || NO_VALUES.test(line)) return row
  for (const form of [...forms, ...ROWS]) {
    const place = form.exec(line)?.indices?.at(-1)
    if (place) return place
  }
  return undefined
}

/** Calls of functions of the file itself that report a failure: with the parentheses of most languages, or as in a shell. */
function formsOf(helpers: readonly string[]): RegExp[] {
  if (helpers.length === 0) return []
  const call = String.raw`(?<![\w.])(?:${helpers.join('|')})`
  return [
    new RegExp(String.raw`${call}\s*\(\s*${LITERAL}\s*,`, 'd'),
    new RegExp(String.raw`${call}\s*\(.*,\s*${LITERAL}\s*\)`, 'd'),
    new RegExp(String.raw`^\s*${call}\s+(?:.*\s)?${LITERAL}\s*$`, 'd'),
    new RegExp(String.raw`^\s*${call}\s+${LITERAL}\s`, 'd'),
  ]
}

/** One more: of the same type, also where that is small. */
function otherLiteral(literal: string): string {
  const [quote = ''] = /^["']/.exec(literal) ?? []
  if (quote !== '') return `${literal.slice(0, -1)} another value${quote}`
  const digits = literal.replaceAll('_', '')
  return /^-?\d+$/.test(digits) ? String(BigInt(digits) + 1n) : String(Number(digits) + 1.25)
}
