import type { TestText } from './find-tests.ts'
import type { Span } from './skeleton.ts'

/** Code that only inspects or tests a value, or takes it as a parameter. */
const LOOKS =
  /^(?:len|sorted|list|tuple|set|frozenset|dict|str|repr|int|float|bool|round|abs|sum|any|all|min|max|zip|enumerate|range|iter|next|print|isinstance|type|approx|Decimal|deepcopy|isclose|log|String|Number|Boolean|Array|stringify|keys|values|entries|from|map|forEach|each|for|while|if|param|parametrize|fail|format|join|describe|test|it|async|function|expect|isEqual|to\w+|\w*[eE]quals?|eql?|is|\w*[aA]ssert\w*|sub[tT]est)$/

/**
 * Whether a test gives the value of a name to a function as well: what such a test compares may come back from there, as from
 * `loads(dumps(expected))`, whatever it is.
 */
export function isGiven(name: string, { text, skeleton }: TestText, part: Span): boolean {
  const within = skeleton.slice(0, part.end)
  if (countOf(name).test(within.slice(part.start))) return true
  // Not a property, but what is spread.
  const use = new RegExp(String.raw`(?<!\w|(?<!\.\.)\.)${name}\b(?!\s*[:=][^=])`, 'g')
  return [...within.slice(part.start).matchAll(use)].some(({ index }) =>
    callsAround(text, within, part.start + index).some((call) => !LOOKS.test(call)),
  )
}

/** How often a loop runs, or how long a list or a text is that the test makes: `i < n`, `range(n)`, `[0] * n`, `{ length: n }`. */
function countOf(name: string): RegExp {
  return new RegExp(
    String.raw`\b(?:for|while)\b[^\n{]*(?:[<>]=?\s*|\brange\([^)\n]*)\b${name}\b|[\])'"]\s*\*\s*${name}\b|\blength:\s*${name}\b`,
  )
}

/** The names of the functions that are called around a place, as far as the definition or the block that holds it. */
function callsAround(text: string, skeleton: string, at: number): string[] {
  const calls: string[] = []
  for (const index of openBrackets(skeleton, at)) {
    const bracket = skeleton[index]
    const before = text.slice(Math.max(0, index - 80), index).trimEnd()
    // A list or an object: what holds it is given its values.
    if (bracket === '[' || (bracket === '{' && /[[({,:]$/.test(before))) continue
    const [, call] = /(\w+)$/.exec(before) ?? []
    if (bracket === '{' || call === undefined || /\b(?:def|function)\s+\w+$/.test(before)) break
    calls.push(call)
  }
  return calls
}

/** The places of the brackets that are open at a place, the innermost first. */
function* openBrackets(skeleton: string, at: number): Generator<number> {
  let closed = 0
  for (let index = at - 1; index >= 0; index--) {
    const char = skeleton[index] ?? ''
    if (')]}'.includes(char)) closed++
    if (!'([{'.includes(char)) continue
    if (closed > 0) closed--
    else yield index
  }
}
