import { randomInt } from 'node:crypto'
import { type Change, withChanges } from './change.ts'
import { isKeptNumber, isKeptText, isKeptLine, type LiteralPlace } from './kept-literals.ts'

const STRING = /'''[^]*?'''|"""[^]*?"""|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[^]|[^`\\])*`/
const SHELL_STRING = /'[^'\n]*'|"[^"\n]*"/
const NUMBER = /(?<![\w.$@%&]|[<>]&?|\s-)\d[\d_]*(?:\.\d+)?(?![\w.]|[<>])/
const REGEX = /(?<=[(,=:[!&|?{};]\s*|\breturn\s+)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+\//
const HASH = /(?<![^\s;])#[^\n]*/
const SLASHES = /\/\/[^\n]*|\/\*[^]*?\*\//
const DASHES = /--[^\n]*/

/** The patterns of comments and of literals, by the extension of a file name. */
const TOKENS: readonly (readonly [RegExp, readonly RegExp[]])[] = [
  [/\.(?:py|rb|pl|pm|t)$/, [HASH, STRING, NUMBER]],
  [/\.[cm]?[jt]sx?$/, [SLASHES, STRING, REGEX, NUMBER]],
  [/\.(?:go|rs|c|cc|cpp|cxx|java|kt|cs|swift|scala)$/, [SLASHES, STRING, NUMBER]],
  [/\.php$/, [SLASHES, HASH, STRING, NUMBER]],
  [/\.lua$/, [DASHES, STRING, NUMBER]],
  [/\.(?:sh|bash|bats|zsh|ksh)$/, [HASH, SHELL_STRING, NUMBER]],
]

/**
 * Changes every value of a file of tests: numbers each by another amount, short texts by their end. Names, keys, paths, titles of tests
 * and exit codes stay, so that the file still runs.
 *
 * @returns how many were changed; undefined for a language that is not known
 */
export function flipAll(path: string, text: string): { readonly text: string; readonly count: number } | undefined {
  const changes = changesOfAll(path, text)
  if (changes === undefined) return undefined
  const counts = changes.map(({ start, end }) => Math.max(1, text.slice(start, end).match(/\d+/g)?.length ?? 0))
  return { text: withChanges(text, changes), count: counts.reduce((sum, count) => sum + count, 0) }
}

/** The values of a file of tests, and others in their places; undefined for a language that is not known. */
export function changesOfAll(path: string, text: string): Change[] | undefined {
  const [, tokens] = TOKENS.find(([pattern]) => pattern.test(path)) ?? []
  if (tokens === undefined) return undefined
  const flipNumber = makeFlipNumber()
  const pattern = new RegExp(tokens.map(({ source }) => source).join('|'), 'g')
  return [...text.matchAll(pattern)].flatMap(({ 0: token, index }) => {
    const place = placeOf(text, index, token)
    const after = isKeptLine(place.line) ? token : flipToken(token, place, flipNumber)
    return after === token ? [] : [{ start: index, end: index + token.length, after }]
  })
}

function placeOf(text: string, start: number, token: string): LiteralPlace {
  const end = start + token.length
  const lineEnd = text.indexOf('\n', end)
  const from = text.lastIndexOf('\n', start - 1) + 1
  return {
    before: text.slice(Math.max(0, start - 200), start),
    after: text.slice(end, end + 80),
    line: text.slice(from, lineEnd < 0 ? text.length : lineEnd),
  }
}

function flipToken(token: string, place: LiteralPlace, flipNumber: (number: string) => string): string {
  if (/^\d/.test(token)) return isKeptNumber(token, place) ? token : flipNumber(token)
  // The expected output of an example in Go.
  if (/^\/\/\s*(?:Output:)?\s*-?\d+\s*$/i.test(token)) return token.replaceAll(/\d+/g, flipNumber)
  if (token.startsWith('`')) return token.replaceAll(/(?<=\$\{\s*)\d+(?=\s*\})/g, flipNumber)
  // A command of a shell.
  if (token.includes('$(')) return token.replaceAll(new RegExp(NUMBER, 'g'), flipNumber)
  if (!/^['"]/.test(token) || isKeptText(token, place)) return token
  if (/\d/.test(token) && !/[a-z]/i.test(token)) return token.replaceAll(/\d+/g, flipNumber)
  const letters = String.fromCharCode(97 + randomInt(26), 97 + randomInt(26))
  return `${token.slice(0, -1)}${letters}${token.slice(-1)}`
}

/** Tries for a number that is no other one, nor the end of one: code finds a row of a table by such a number. */
const MOST_TRIES = 30

function makeFlipNumber(): (number: string) => string {
  const used = new Set<string>()
  return (number) => {
    const others = Array.from({ length: MOST_TRIES }, () => addTo(number, randomInt(2, 30)))
    const other = others.find((each) => each.length > 1 && !used.has(each)) ?? addTo(number, randomInt(2, 30))
    used.add(other)
    return other
  }
}

function addTo(number: string, step: number): string {
  const digits = number.replaceAll('_', '')
  return digits.includes('.') ? String(Number(digits) + step) : String(BigInt(digits) + BigInt(step))
}
