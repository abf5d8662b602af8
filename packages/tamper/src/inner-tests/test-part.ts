import { type Language, TOKENS } from '../flips/skeleton.ts'

/** A part of a source that is a test, or belongs to one. */
export interface TestPart {
  /** Its code without parts that a formatter may change, after the code of the modules that contain it. */
  readonly text: string
  /** Parts of one scope see each other's names. */
  readonly scope: string
  /** The names that it defines for others in its scope; undefined if they are not known. */
  readonly names: readonly string[] | undefined
  /** Counted from 1. */
  readonly line: number
}

/** Code without comments, and without the blanks, line breaks and last commas that a formatter chooses. Strings stay. */
export function withoutLayout(text: string, language: Language): string {
  const strings: string[] = []
  const code = text
    .replaceAll('\0', ' ')
    .replace(TOKENS[language], (token: string) => {
      if (/^\/[/*]/.test(token)) return ' '
      strings.push(token)
      return '\0'
    })
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([^\w ]) ?/g, '$1')
    .replaceAll(/,(?=[)\]}])/g, '')
    .trim()
  return code.replaceAll('\0', () => strings.shift() ?? '')
}

/** Lines without indentation, comments and empty ones: where a line break may end a statement. */
export function withoutIndentation(text: string, language: Language): string {
  const code = text.replace(TOKENS[language], (token: string) =>
    /^\/[/*]/.test(token) ? token.replaceAll(/[^\n]+/g, ' ') : token,
  )
  return trimmedLines(code)
}

export function trimmedLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
}

/** Answers in which line a place is. Places must come in ascending order: a text may hold thousands of tests. */
export function makeLineAt(text: string): (at: number) => number {
  let line = 1
  let next = text.indexOf('\n')
  return (at) => {
    for (; next >= 0 && next < at; next = text.indexOf('\n', next + 1)) line++
    return line
  }
}

/** Just behind the bracket that closes the one at `open`; the end of the text where none does. */
export function behindBracket(skeleton: string, open: number): number {
  let depth = 0
  for (let at = open; at < skeleton.length; at++) {
    if ('([{'.includes(skeleton[at] ?? '')) depth++
    else if (')]}'.includes(skeleton[at] ?? '') && --depth === 0) return at + 1
  }
  return skeleton.length
}
