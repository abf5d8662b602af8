const NUMBER = String.raw`-?\d[\d_]*(?:\.\d+)?(?![\w.])`
const TEXT = String.raw`"(?:\\.|[^"\\$\n])*"|'(?:\\.|[^'\\\n])*'`
const LITERAL = String.raw`(${NUMBER}|\b(?:true|false|True|False)\b|${TEXT})`

/** Words of lines that compare: assertions, and conditions before a failure. */
const ASSERTS = String.raw`\b(?:\w*[Aa]ssert\w*|must_\w+|\w+_eq|ok|if|elif|unless|test|[Ee]xpect\w*|EXPECT|ASSERT|[Cc]heck\w*|CHECK|[Rr]equire\w*|REQUIRE|die|fail\w*|is)\b|\[`
const EQUAL_CALL = String.raw`\b(?:assert_?(?:eq|same)\w*!?|assert_?is|must_equal|must_be|is|is_deeply|is_string|cmp_ok|eql?|be|TEST_ASSERT_\w+|toBe|\w*equals?|\w*same)`
const EQUAL_MACRO = String.raw`\b(?:[A-Z]+_)*(?:EQ|EQUAL|STREQ)(?:_[A-Z]+)*`

/** Lines that load something, and comments: a literal there is no expected value. */
const NO_VALUES =
  /^\s*(?:#|\/\/|\/?\*|--|for\b|while\b|(?:import|use|using|include|source|load|package|from)\b|require\w*\s*\(?\s*["'])/

/** Patterns for the place of a literal on a line, tried in order; the last group is the literal. */
const FORMS: readonly RegExp[] = [
  new RegExp(String.raw`(?:${ASSERTS}).*?(?:[=!]==?|<>|\s(?:-eq|-ne|eq|ne)\s)\s*${LITERAL}`, 'd'),
  new RegExp(String.raw`(?:\[|\btest)\s.*?\s=\s+${LITERAL}`, 'd'),
  new RegExp(String.raw`${EQUAL_CALL}\s*[ (]\s*${LITERAL}\s*(?:[,)]|$)`, 'id'),
  new RegExp(String.raw`${EQUAL_CALL}\s*[ (].*,\s*[[{].*?${LITERAL}\s*[\]}]+\s*\)`, 'id'),
  // With a message behind it, and without.
  new RegExp(String.raw`${EQUAL_CALL}\s*[ (].*,\s*${LITERAL}\s*,\s*["'\`][^"'\`]*["'\`]\s*\)`, 'id'),
  new RegExp(String.raw`${EQUAL_CALL}\s*[ (].*,\s*${LITERAL}\s*\)`, 'id'),
  new RegExp(String.raw`${EQUAL_MACRO}\s*\(\s*${LITERAL}\s*,`, 'd'),
  new RegExp(String.raw`${EQUAL_MACRO}\s*\(.*,\s*${LITERAL}\s*\)`, 'd'),
  ...shellCalls(String.raw`\w*(?:assert|equal|same|_eq)\w*`),
]

/** A row of a table of cases, or a value whose name marks it as expected. */
const ROWS: readonly RegExp[] = [
  new RegExp(String.raw`\b(?:want|expected|expect|exp)\w*['"]?\s*(?::=|=>|[:=])\s*${LITERAL}`, 'd'),
  new RegExp(String.raw`^\s*[{([].*,\s*${LITERAL}\s*[})\]]\s*,?\s*$`, 'd'),
]

/** A loop over such rows, on one line. */
const LOOP_OVER_ROWS = new RegExp(
  String.raw`^\s*(?:foreach|for)\b.*[[({]\s*[[({](?:[^[\](){}]*,){2,}\s*${LITERAL}\s*[\])}]`,
  'd',
)

/** Names in front of parentheses with an expected value. */
const ASSERTION = new RegExp(
  String.raw`^(?:${EQUAL_CALL}|${EQUAL_MACRO}|\w*(?:assert|expect|check|require|test|suite|if|unless|elif|ok|is|fail|die)\w*)!?$`,
  'i',
)

/** A place in a text. */
export type Place = readonly [start: number, end: number]

/**
 * Where a line has the value that it expects: one literal.
 *
 * @param helpers functions of the file that report a failure
 */
export function placeOfExpected(line: string, helpers: readonly string[]): Place | undefined {
  if (line.length > 1000) return undefined
  const row = LOOP_OVER_ROWS.exec(line)?.indices?.at(-1)
  if (row || NO_VALUES.test(line)) return row
  const places = (all: readonly RegExp[]) =>
    all.flatMap(
      (form): Place[] =>
        form
          .exec(line)
          ?.indices?.slice(-1)
          .filter((place) => place !== undefined) ?? [],
    )
  const code = withoutTexts(line)
  const compared = places([...FORMS, ...formsOf(helpers)]).find(
    (place) => !isMessage(line, code, place) && !isOfAnotherCall(code, place, helpers) && !isBound(code, place),
  )
  return compared ?? places(ROWS)[0]
}

/** Whether a line loads something, or is a comment. */
export function hasNoValue(line: string): boolean {
  return NO_VALUES.test(line)
}

/** Calls of functions of the file itself: with the parentheses of most languages, or as in a shell. */
function formsOf(helpers: readonly string[]): RegExp[] {
  if (helpers.length === 0) return []
  const names = `(?:${helpers.join('|')})`
  return [
    new RegExp(String.raw`(?<![\w.])${names}\s*\(.*,\s*${LITERAL}\s*\)`, 'd'),
    new RegExp(String.raw`(?<![\w.])${names}\s*\(\s*${LITERAL}\s*,`, 'd'),
    ...shellCalls(names),
  ]
}

/** A number, or a text beside the one value that it is compared with: any other may be a message. */
function shellCalls(names: string): RegExp[] {
  const value = String.raw`"?\$(?:\((?:[^()]|\([^()]*\))*\)|\{?\w+\}?)"?`
  return [
    new RegExp(String.raw`^\s*${names}\s+(?:.*\s)?(${NUMBER})(?:\s+${value})*\s*$`, 'd'),
    new RegExp(String.raw`^\s*${names}\s+(${TEXT})\s+${value}\s*$`, 'd'),
  ]
}

/** A string that is the first or the last of three or more arguments is the title of the test. */
function isMessage(line: string, code: string, [start, end]: Place): boolean {
  if (!/["']/.test(line.charAt(start))) return false
  const before = commasIn(code.slice(0, start).split('').toReversed(), ')]}', '([{')
  const after = commasIn(code.slice(end).split(''), '([{', ')]}')
  return before + after >= 2 && !(before === 1 && after === 1)
}

/** Other values than one above or below it are right, too. */
function isBound(code: string, [start]: Place): boolean {
  return /(?:(?<![-=<>])[<>]=?|\s-[lg][te])\s*$/.test(code.slice(0, start))
}

/** An argument of a function called in an assertion: an input of the function, not its expected value. */
function isOfAnotherCall(code: string, [start]: Place, helpers: readonly string[]): boolean {
  const [, name] = /([\w!]+)\s*\([^()]*$/.exec(withoutCalls(code.slice(0, start))) ?? []
  return name !== undefined && !helpers.includes(name) && !ASSERTION.test(name)
}

function withoutCalls(code: string): string {
  const less = code.replaceAll(/\([^()]*\)/g, '')
  return less === code ? code : withoutCalls(less)
}

/** Texts become as many other characters. */
function withoutTexts(line: string): string {
  return line.replaceAll(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`/g, (text) => '_'.repeat(text.length))
}

/** Commas to the end of a call, without those of calls and lists inside. */
function commasIn(characters: readonly string[], opening: string, closing: string): number {
  let depth = 0
  let commas = 0
  for (const each of characters) {
    if (opening.includes(each)) depth += 1
    if (closing.includes(each)) depth -= 1
    if (depth < 0) break
    if (each === ',' && depth === 0) commas += 1
  }
  return commas
}
