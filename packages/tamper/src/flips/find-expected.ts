import { comparedOperands, isCompared, matchesFrom } from './compared-operands.ts'
import type { TestText } from './find-tests.ts'
import { isGiven } from './is-given.ts'
import { expressionAt, type Span } from './skeleton.ts'
import { tabledIn } from './tabled-values.ts'

/** Names for expected values in tests. */
const EXPECTED = /^(?:expect(?:ed)?|want(?:ed)?|exp)(?:[_A-Z]\w*)?$/

/**
 * The literals within a part of a file that a test compares by equality with what the code under test returns; of a list
 * or an object its first one.
 */
export function findExpected(file: TestText, part: Span): Span[] {
  const operands = comparedOperands(file, part)
  const isColumn = (name: string) => name !== '' && isCompared(name, file, operands) && !isGiven(name, file, part)
  const isExpected = (name: string) => EXPECTED.test(name) && isColumn(name)
  const direct = operands.flatMap(
    (all) => all.findLast((span) => isLiteral(file.text.slice(span.start, span.end))) ?? [],
  )
  const found = [...direct, ...namedIn(file, part, isExpected), ...tabledIn(file, part, isColumn)]
  const literals = found.flatMap((span) => literalIn(file, span) ?? [])
  return [...new Map(literals.map((literal) => [literal.start, literal])).values()].sort((a, b) => a.start - b.start)
}

/** Whether a name is that of an expected value, and compared. */
type IsExpected = (name: string) => boolean

/** `expected = 3`, `{ expected: 3 }`, `'expected': 3`. */
function namedIn({ text, skeleton }: TestText, part: Span, isExpected: IsExpected): Span[] {
  const named = /(?<![\w.])['"]?(?<name>(?:exp|want)\w*)['"]?\s*(?::|=(?![=>]))\s*/g
  return matchesFrom(named, text.slice(0, part.end), part.start)
    .filter(({ groups, end }) => skeleton[end] === text[end] && isExpected(groups['name'] ?? ''))
    .map(({ end }) => expressionAt(skeleton.slice(0, part.end), end))
}

const NUMBER = String.raw`-?\d[\d_]*(?:\.\d+)?(?![\w.])`
const WORD = String.raw`\b(?:True|False|None|true|false|null|undefined)\b`
const WRAPPED = /^(?:pytest\.)?(?:approx|Decimal)\(/

function isLiteral(text: string): boolean {
  const inner = text.replace(WRAPPED, '')
  return new RegExp(`^(?:${NUMBER}|${WORD}|[bru]{0,2}['"\`]|[[({])`).test(inner)
}

/** The first literal of an expression that is one, or a list or an object of literals. */
function literalIn({ text, skeleton }: TestText, { start, end }: Span): Span | undefined {
  const whole = skeleton.slice(start, end)
  if (!isLiteral(text.slice(start, end))) return undefined
  if (/\w\s*\(|=>|\bfor\b|\.\.\.|[+*%/<>]/.test(whole.replace(WRAPPED, ''))) return undefined
  const literal = new RegExp(
    String.raw`(?<![\w.])(?:${NUMBER}|${WORD})|'''[^']*'''|"""[^"]*"""|'[^']*'|"[^"]*"|\`[^\`]*\``,
  ).exec(whole)
  return literal ? { start: start + literal.index, end: start + literal.index + literal[0].length } : undefined
}
