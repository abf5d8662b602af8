import type { TestText } from './find-tests.ts'
import { elementsOf, expressionAt, type Span } from './skeleton.ts'

/** Calls that compare their first two arguments, and calls of an expectation, which compare with their first. */
const PYTHON_CALL =
  /\bassert(?:Equals?|AlmostEqual|ListEqual|DictEqual|TupleEqual|SetEqual|CountEqual|SequenceEqual|MultiLineEqual|Is)\s*(?=\()/g
const SCRIPT_CALL = /(?<![\w.])(?:\w+\.)*(?:strict|deep|deepStrict)?[eE]qual\s*(?=\()/g
/** Calls that compare all their arguments with those of an earlier call. */
const MOCK_CALL = /\.assert_(?:called|awaited)_(?:once_)?with\s*(?=\()|\.assert_(?:any|has)_(?:call|await)\s*(?=\()/g
const SPY_CALL = /\.(?:toHaveBeenCalledWith|toHaveBeenLastCalledWith|calledWith|calledOnceWith)\s*(?=\()/g
const EXPECTATION =
  /\)(?:\s*\.(?:to|be|have|resolves|and|deep|strictly|is))*\s*\.(?:toBe|toEqual|toStrictEqual|toBeCloseTo|toHaveLength|equals?|eql?|deepEqual)\s*(?=\()/g

/** More arguments of a call would say no more. */
const MOST_ARGUMENTS = 8

/** What a part of a file compares by equality: the operands of each comparison, or those beside the value that it tests. */
export function comparedOperands({ skeleton, language }: TestText, part: Span): Span[][] {
  const within = skeleton.slice(0, part.end)
  const callsOf = (pattern: RegExp, count: number) =>
    matchesFrom(pattern, within, part.start).map(({ end }) => elementsOf(within, end)?.elements.slice(0, count) ?? [])
  const argumentsOf = (pattern: RegExp) => callsOf(pattern, MOST_ARGUMENTS).flatMap((all) => all.map((span) => [span]))
  if (language === 'script') return [...callsOf(SCRIPT_CALL, 2), ...callsOf(EXPECTATION, 1), ...argumentsOf(SPY_CALL)]
  const compared = matchesFrom(/^[ \t]*assert\s[^\n]*?[^=!<>]==\s*/gm, within, part.start).map(({ end }) => [
    expressionAt(within, end),
  ])
  const reversed = matchesFrom(/^[ \t]*assert\s+(?=[^\n]*?[^=!<>]==)/gm, within, part.start).map(({ end }) => {
    const at = within.indexOf('==', end)
    return [{ start: end, end: end + within.slice(end, at).trimEnd().length }]
  })
  return [...callsOf(PYTHON_CALL, 2), ...argumentsOf(MOCK_CALL), ...compared, ...reversed]
}

/** Whether a name, or its value, is itself an operand: neither an argument of a function nor a bound. */
export function isCompared(name: string, { text }: TestText, operands: readonly (readonly Span[])[]): boolean {
  const before = String.raw`(?:(?:[\w.]+\.)?(?:approx|Decimal|list|tuple|set|sorted|dict|str|int|float)\(\s*)?(?:\w+(?:\.|\?\.|\[['"]?)|\w+\[\w+\]\.)*`
  const pattern = new RegExp(String.raw`^${before}${name}(?!\w)['"]?\]?[\w.[\]'"]*\)?$`)
  return operands.flat().some(({ start, end }) => pattern.test(text.slice(start, end)))
}

/** Where the matches of a pattern end. */
export function matchesFrom(pattern: RegExp, text: string, start: number) {
  return [...text.slice(start).matchAll(pattern)].map((match) => ({
    groups: match.groups ?? {},
    end: start + match.index + match[0].length,
  }))
}
