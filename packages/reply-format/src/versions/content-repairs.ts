import { type Draft, type Remark } from './draft.ts'
import { isProse, suffixOf } from '../file-kind.ts'
import { readNumbers } from './line-numbers.ts'
import { firstWritten, indentOf, lineAt } from '../text-lines.ts'

/** What a repair makes of a draft; undefined where there is nothing to put right. */
export type Repair = (draft: Draft) => { readonly lines: readonly string[]; readonly remark: Remark } | undefined

/** A fence, what it says of its language, and a word more. */
const FENCE = /^\s*(?:`{3,}|~{3,})\s*(?:([^\s`~][^\s`]*)(?:\s+(\S+))?)?\s*$/
const ESCAPE_SEQUENCE = /\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07/g

/** In the order in which they apply. */
export const REPAIRS: readonly Repair[] = [
  stripFence,
  dropTerminalCodes,
  replaceBlanks,
  unescapeNewlines,
  dropLineNumbers,
  unshift,
  dropBlankEdges,
]

/** A code fence around the content, or one half of it (D4, D5); a file of prose may well be nothing but a fence. */
function stripFence(draft: Draft): ReturnType<Repair> {
  if (isProse(draft.path)) return stripProseFence(draft)
  if (draft.oldLines?.some((line) => FENCE.test(line))) return undefined
  const { opens, closes, inside } = splitFence(draft.lines)
  if (!opens && !closes) return undefined
  // A fence that is left makes a pair with one at the edge: then neither is around the whole.
  if (inside.some((line) => FENCE.test(line))) return undefined
  const code = opens && closes ? 'fence-inside' : 'half-fence-inside'
  return { lines: inside, remark: { code, message: 'a code fence inside the block is omitted' } }
}

/** Around a file of prose only a fence of its own language counts, if the present version does not begin with one. */
function stripProseFence({ lines, oldLines = [] }: Draft): ReturnType<Repair> {
  const { opens, closes, inside } = splitFence(lines)
  const [, language = ''] = /^\s*(?:`{3,}|~{3,})\s*(\w+)\s*$/.exec(firstWritten(lines)) ?? []
  const isOwn = /^(?:markdown|md|mdx|rst|text|txt|asciidoc|adoc|latex|tex|org)$/i.test(language)
  const isPaired = inside.filter((line) => FENCE.test(line)).length % 2 === 0
  const isOld = FENCE.test(firstWritten(oldLines))
  if (!opens || !closes || !isOwn || !isPaired || isOld) return undefined
  return { lines: inside, remark: { code: 'fence-inside', message: 'a code fence around the whole file is omitted' } }
}

function splitFence(lines: readonly string[]): { opens: boolean; closes: boolean; inside: readonly string[] } {
  const first = lines.findIndex((line) => line.trim() !== '')
  const last = lines.findLastIndex((line) => line.trim() !== '')
  const opens = FENCE.test(lineAt(lines, first))
  const closes = last > first && /^\s*(?:`{3,}|~{3,})\s*$/.test(lineAt(lines, last))
  return { opens, closes, inside: lines.slice(opens ? first + 1 : 0, closes ? last : lines.length) }
}

/** The file that the first line's fence names (D6), if it names one: ```ts a.ts, ```a.ts, ```ts:a.ts. */
export function fenceName(line: string): string | undefined {
  const [, info = '', name] = FENCE.exec(line) ?? []
  if (name !== undefined) return name
  const word = info.slice(info.indexOf(':') + 1)
  return /[/.]\w/.test(word) ? word : undefined
}

function dropTerminalCodes(draft: Draft): ReturnType<Repair> {
  if (!draft.lines.some((line) => line.includes('\x1b')) || draft.oldLines?.some((line) => line.includes('\x1b'))) {
    return undefined
  }
  const lines = draft.lines.map((line) => line.replaceAll(ESCAPE_SEQUENCE, ''))
  return { lines, remark: { code: 'terminal-codes', message: 'escape sequences for colours are left out' } }
}

/** No-break spaces that a page has put in the place of an indent. */
function replaceBlanks({ lines, oldLines }: Draft): ReturnType<Repair> {
  const isIndented = (line: string) => /^\s*\u00a0/.test(line)
  if (!oldLines || !lines.some(isIndented) || oldLines.some((line) => line.includes('\u00a0'))) return undefined
  const plain = lines.map((line) => line.replace(/^\s+/, (indent) => indent.replaceAll('\u00a0', ' ')))
  return { lines: plain, remark: { code: 'typographic', message: 'no-break spaces in indents are taken as blanks' } }
}

/** All on one line with `\n` in it (D67): right only if the result contains the present version's lines again. */
function unescapeNewlines(draft: Draft): ReturnType<Repair> {
  const [only = ''] = draft.lines
  if (!isOneEscapedLine(draft) || !draft.oldLines) return undefined
  const lines = unescape(only).split('\n')
  if (lines.at(-1) === '') lines.pop()
  const old = new Set(draft.oldLines)
  const isOld = (line: string) => line.trim() !== '' && old.has(line)
  if (lines.filter(isOld).length * 2 < lines.length) return undefined
  return { lines, remark: { code: 'escaped-newlines', message: 'backslash and n are taken as line breaks' } }
}

function unescape(line: string): string {
  return (
    readJsonString(line) ??
    line.replaceAll('\\n', '\n').replaceAll('\\t', '\t').replaceAll('\\"', '"').replaceAll('\\\\', '\\')
  )
}

/** What a line holds that is one string of JSON from its first to its last character. */
function readJsonString(line: string): string | undefined {
  if (!/^\s*".*"\s*$/.test(line)) return undefined
  try {
    return JSON.parse(line) as string
  } catch {
    return undefined
  }
}

/**
 * Whether a content of several lines seems to have been written as one: with `\n` where no string is open, or as one
 * string of JSON.
 */
export function isOneEscapedLine({ path, lines, oldLines }: Draft): boolean {
  const written = lines.filter((line) => line.trim() !== '')
  if (written.length !== 1 || (oldLines?.length === 1 && lines[0] === oldLines[0])) return false
  if (isQuotedVersion(lineAt(written, 0), oldLines)) return true
  if (isProse(path)) return false
  const breaks = withoutStrings(lineAt(written, 0)).split('\\n').length - 1
  return breaks >= (oldLines && oldLines.length > 1 ? 1 : 2)
}

/** Whether a line is a string of JSON that holds several lines, where the file is not such a string itself. */
function isQuotedVersion(line: string, oldLines: Draft['oldLines']): boolean {
  const isString = oldLines?.length === 1 && readJsonString(lineAt(oldLines, 0)) !== undefined
  return !isString && readJsonString(line)?.includes('\n') === true
}

/** A line of code without what is in quotes. */
function withoutStrings(line: string): string {
  return line.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|\/(?:[^/\\\s]|\\.)+\//g, '')
}

/** A number in front of every line (D58). A new file may well be a table. */
function dropLineNumbers(draft: Draft): ReturnType<Repair> {
  const numbered = readNumbers(draft.lines)
  if (!numbered || !draft.oldLines || draft.lines.length < 2) return undefined
  const { lines, areSpaced } = numbered
  if (readNumbers(draft.oldLines)?.areSpaced === areSpaced) return undefined
  if (areSpaced && !isMostly(draft.oldLines, lines)) return undefined
  return { lines, remark: { code: 'line-numbers', message: 'the line numbers are left out' } }
}

/** Whether half of the lines are lines of the file. A list or a table begins with numbers, too. */
function isMostly(oldLines: readonly string[], lines: readonly string[]): boolean {
  const old = new Set(oldLines)
  const written = lines.filter((line) => line.trim() !== '')
  return 2 * written.filter((line) => old.has(line)).length >= written.length
}

/** The same indent on every line (D64), where the present version begins in the first column. */
function unshift(draft: Draft): ReturnType<Repair> {
  const oldFirst = draft.oldLines?.find((line) => line.trim() !== '')
  if (oldFirst === undefined || /^\s/.test(oldFirst)) return undefined
  const indents = draft.lines.filter((line) => line.trim() !== '').map(indentOf)
  const [indent = ''] = indents
  if (indent === '' || !indents.every((other) => other.startsWith(indent))) return undefined
  const lines = draft.lines.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()))
  return { lines, remark: { code: 'shifted', message: 'the indent of all lines is taken off' } }
}

/** One blank line more than the present version has, at either end (D63). */
function dropBlankEdges(draft: Draft): ReturnType<Repair> {
  const old = draft.oldLines
  if (!old || old.length === 0 || suffixOf(draft.path) === 'snap') return undefined
  const from = isBlank(draft.lines[0]) && !isBlank(old[0]) ? 1 : 0
  const to = isBlank(draft.lines.at(-1)) && !isBlank(old.at(-1)) ? 1 : 0
  if (from + to === 0 || from + to >= draft.lines.length) return undefined
  const lines = draft.lines.slice(from, draft.lines.length - to)
  return { lines, remark: { code: 'blank-edge', message: 'a blank line at the edge of the content is left out' } }
}

function isBlank(line: string | undefined): boolean {
  return line?.trim() === ''
}
