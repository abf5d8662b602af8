export type Language = 'python' | 'script' | 'rust' | 'c'

/** A string or comment of each language, tried at each place where one can begin. */
export const TOKENS: Readonly<Record<Language, RegExp>> = {
  python: /#[^\n]*|'''[^]*?(?:'''|$)|"""[^]*?(?:"""|$)|'(?:\\[^]|[^'\\\n])*'?|"(?:\\[^]|[^"\\\n])*"?/g,
  script:
    /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|'(?:\\[^]|[^'\\\n])*'?|"(?:\\[^]|[^"\\\n])*"?|`(?:\\[^]|[^`\\])*`?|(?<=[(,=:[!&|?{};]\s*|\breturn\s+)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+\//g,
  // A file is read byte by character, so a character of another script is up to four of them.
  rust: /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|\bb?r(#*)"[^]*?(?:"\1|$)|'(?:\\(?:u\{[^}\n]*\}|x..|[^])|[^'\\\n]|[\x80-\xff]{2,4})'|"(?:\\[^]|[^"\\])*"?/g,
  c: /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|'(?:\\[^]|[^'\\\n])*'?|"(?:\\[^]|[^"\\\n])*"?/g,
}

/**
 * A text of the same length in which comments are blanks and the contents of strings are `_`, so that brackets, commas and
 * operators of the code can be found by patterns.
 */
export function skeletonOf(text: string, language: Language): string {
  return text.replace(TOKENS[language], (token: string) => {
    if (/^b?r/.test(token)) return token.replaceAll(/[^\n]/g, '_')
    if (/^(?:#|\/\/|\/\*)/.test(token)) return token.replaceAll(/[^\n]/g, ' ')
    const mark = token.startsWith('"""') || token.startsWith("'''") ? 3 : 1
    if (token.length < 2 * mark) return token
    return token.slice(0, mark) + '_'.repeat(token.length - 2 * mark) + token.slice(-mark)
  })
}

/** A part of a text: from `start`, up to but not including `end`. */
export interface Span {
  readonly start: number
  readonly end: number
}

const OPENING = '([{'
const CLOSING = ')]}'

/** The elements between a bracket and the one that closes it, without blanks around them; undefined if none closes it. */
export function elementsOf(
  skeleton: string,
  open: number,
): { readonly elements: Span[]; readonly end: number } | undefined {
  const elements: Span[] = []
  let depth = 0
  let start = open + 1
  for (let at = open; at < skeleton.length; at++) {
    const char = skeleton[at] ?? ''
    if (OPENING.includes(char)) depth++
    else if (CLOSING.includes(char)) depth--
    if (depth === 0 || (depth === 1 && char === ',')) {
      if (skeleton.slice(start, at).trim() !== '') elements.push(trimmed(skeleton, { start, end: at }))
      start = at + 1
    }
    if (depth === 0) return { elements, end: at + 1 }
  }
  return undefined
}

/** The end of an expression that begins at a place: a comma, a line break, an operator of logic or a bracket outside of it. */
export function expressionAt(skeleton: string, start: number): Span {
  let depth = 0
  let at = start
  for (; at < skeleton.length; at++) {
    const char = skeleton[at] ?? ''
    if (OPENING.includes(char)) depth++
    else if (CLOSING.includes(char) && --depth < 0) break
    if (depth === 0 && /^(?:[,;\n:]|\s(?:and|or|if|else|for)\b|&&|\|\||\?)/.test(skeleton.slice(at, at + 6))) break
  }
  return trimmed(skeleton, { start, end: at })
}

function trimmed(text: string, { start, end }: Span): Span {
  const part = text.slice(start, end)
  return { start: start + (part.length - part.trimStart().length), end: end - (part.length - part.trimEnd().length) }
}
