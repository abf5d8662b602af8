import { comparedOperands, isCompared, matchesFrom } from './compared-operands.ts'
import type { TestText } from './find-tests.ts'
import { elementsOf, expressionAt, type Span } from './skeleton.ts'

/** Names of what a test expects. */
const EXPECTED = /^(?:expect(?:ed)?|want(?:ed)?|exp)(?:[_A-Z]\w*)?$/

/**
 * The literals within a part of a file that a test compares by equality with what the code under test returns; of a list
 * or an object its first one.
 */
export function findExpected(file: TestText, part: Span): Span[] {
  const operands = comparedOperands(file, part)
  const isExpected = (name: string) => EXPECTED.test(name) && isCompared(name, file, operands)
  const direct = operands.flatMap(
    (all) => all.findLast((span) => isLiteral(file.text.slice(span.start, span.end))) ?? [],
  )
  const found = [...direct, ...namedIn(file, part, isExpected), ...tabledIn(file, part, isExpected)]
  const literals = found.flatMap((span) => literalIn(file, span) ?? [])
  return [...new Map(literals.map((literal) => [literal.start, literal])).values()].sort((a, b) => a.start - b.start)
}

/** Whether a name is one of what is expected, and compared. */
type IsExpected = (name: string) => boolean

/** `expected = 3`, `{ expected: 3 }`, `'expected': 3`. */
function namedIn({ text, skeleton }: TestText, part: Span, isExpected: IsExpected): Span[] {
  const named = /(?<![\w.])['"]?(?<name>(?:exp|want)\w*)['"]?\s*(?::|=(?![=>]))\s*/g
  return matchesFrom(named, text.slice(0, part.end), part.start)
    .filter(({ groups, end }) => skeleton[end] === text[end] && isExpected(groups['name'] ?? ''))
    .map(({ end }) => expressionAt(skeleton.slice(0, part.end), end))
}

/** The column of a table whose name is that of what is expected: of `parametrize`, and of `each` with a function. */
function tabledIn({ text, skeleton, language }: TestText, part: Span, isExpected: IsExpected): Span[] {
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
    const column = names.split(',').findIndex((name) => isExpected(name.replaceAll(/\W/g, '')))
    if (!table || column < 0 || !/[[(]/.test(within[table.start] ?? '')) return []
    const rows = elementsOf(within, table.start)?.elements ?? []
    return rows.flatMap((row) => elementsOf(within, row.start)?.elements[column] ?? [])
  })
}

function parametersOf(call: string): string {
  return /\(\s*\[?([\w\s,]*)\]?\s*\)\s*=>|function\s*\w*\s*\(([\w\s,]*)\)/.exec(call)?.slice(1).join('') ?? ''
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
