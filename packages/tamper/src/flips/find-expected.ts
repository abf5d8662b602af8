import type { TestText } from './find-tests.ts'
import { elementsOf, expressionAt, type Span } from './skeleton.ts'

/** Names of what a test expects. */
const EXPECTED = String.raw`(?:expect(?:ed)?|want(?:ed)?|exp)(?:[_A-Z]\w*)?`

/** Calls that compare their first two arguments, and calls of an expectation, which compare with their first. */
const PYTHON_CALL =
  /\bassert(?:Equals?|AlmostEqual|ListEqual|DictEqual|TupleEqual|SetEqual|CountEqual|SequenceEqual|MultiLineEqual|Is)\s*(?=\()/g
const SCRIPT_CALL = /(?<![\w.])(?:\w+\.)*(?:strict|deep|deepStrict)?[eE]qual\s*(?=\()/g
const EXPECTATION =
  /\)(?:\s*\.(?:to|be|have|resolves|and|deep|strictly|is))*\s*\.(?:toBe|toEqual|toStrictEqual|toBeCloseTo|toHaveLength|equals?|eql?|deepEqual)\s*(?=\()/g

/**
 * The literals within a part of a file that a test compares by equality with what the code under test returns; of a list
 * or an object its first one.
 */
export function findExpected(file: TestText, part: Span): Span[] {
  const found = [...comparedIn(file, part), ...namedIn(file, part), ...tabledIn(file, part)]
  const literals = found.flatMap((span) => literalIn(file, span) ?? [])
  return [...new Map(literals.map((literal) => [literal.start, literal])).values()].sort((a, b) => a.start - b.start)
}

function comparedIn({ skeleton, language, text }: TestText, part: Span): Span[] {
  const within = skeleton.slice(0, part.end)
  const callsOf = (pattern: RegExp, count: number) =>
    matchesFrom(pattern, within, part.start).flatMap(({ end }) => {
      const all = elementsOf(within, end)?.elements.slice(0, count) ?? []
      const literal = all.findLast((span) => isLiteral(text.slice(span.start, span.end)))
      return literal ? [literal] : []
    })
  if (language === 'script') return [...callsOf(SCRIPT_CALL, 2), ...callsOf(EXPECTATION, 1)]
  const compared = matchesFrom(/^[ \t]*assert\s[^\n]*?[^=!<>]==\s*/gm, within, part.start).map(({ end }) =>
    expressionAt(within, end),
  )
  const reversed = matchesFrom(/^[ \t]*assert\s+(?=[^\n]*?[^=!<>]==)/gm, within, part.start).flatMap(({ end }) => {
    const at = within.indexOf('==', end)
    const span = { start: end, end: end + within.slice(end, at).trimEnd().length }
    return [span]
  })
  return [...callsOf(PYTHON_CALL, 2), ...compared, ...reversed]
}

/** `expected = 3`, `{ expected: 3 }`, `'expected': 3`. */
function namedIn({ text, skeleton }: TestText, part: Span): Span[] {
  const named = new RegExp(String.raw`(?<![\w.])['"]?${EXPECTED}['"]?\s*(?::|=(?![=>]))\s*`, 'g')
  return matchesFrom(named, text.slice(0, part.end), part.start)
    .filter(({ end }) => skeleton[end] === text[end])
    .map(({ end }) => expressionAt(skeleton.slice(0, part.end), end))
}

/** The column of a table whose name is that of what is expected: of `parametrize`, and of `each` with a function. */
function tabledIn({ text, skeleton, language }: TestText, part: Span): Span[] {
  const within = skeleton.slice(0, part.end)
  const head = language === 'python' ? /\bparametrize\s*(?=\()/g : /\.(?:each|for)\s*(?=\()/g
  return matchesFrom(head, within, part.start).flatMap(({ end }) => {
    const list = elementsOf(within, end)
    if (!list) return []
    const [first, second] = list.elements
    const names =
      language === 'python'
        ? first
          ? text.slice(first.start, first.end)
          : ''
        : parametersOf(text.slice(list.end, part.end))
    const table = language === 'python' ? second : first
    const column = names.split(',').findIndex((name) => new RegExp(String.raw`^\W*${EXPECTED}\W*$`).test(name))
    if (!table || column < 0 || !/[[(]/.test(within[table.start] ?? '')) return []
    const rows = elementsOf(within, table.start)?.elements ?? []
    return rows.flatMap((row) => elementsOf(within, row.start)?.elements[column] ?? [])
  })
}

function parametersOf(call: string): string {
  return /\(\s*\[?([\w\s,]*)\]?\s*\)\s*=>|function\s*\w*\s*\(([\w\s,]*)\)/.exec(call)?.slice(1).join('') ?? ''
}

function matchesFrom(pattern: RegExp, text: string, start: number): { readonly end: number }[] {
  return [...text.slice(start).matchAll(pattern)].map(({ 0: match, index }) => ({ end: start + index + match.length }))
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
