import { type Draft, isProse, type Remark, suffixOf } from './draft.ts'
import { indentOf, lineAt } from '../text-lines.ts'

/** What a repair makes of a draft; undefined where there is nothing to put right. */
export type Repair = (draft: Draft) => { readonly lines: readonly string[]; readonly remark: Remark } | undefined

/** A fence, what it says of its language, and a word more. */
const FENCE = /^\s*(?:`{3,}|~{3,})\s*(?:([^\s`~][^\s`]*)(?:\s+(\S+))?)?\s*$/
const NUMBERED = /^\s*(\d+)(?:\s?[|│:→]\s?|\t)(.*)$/
const ESCAPE_SEQUENCE = /\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07/g

/** In the order in which they apply. */
export const REPAIRS: readonly Repair[] = [
  stripFence,
  dropTerminalCodes,
  unescapeNewlines,
  dropLineNumbers,
  unshift,
  dropBlankEdges,
]

/** A code fence round the content, or one half of it (D4, D5); a Markdown file may well be nothing but a fence. */
function stripFence(draft: Draft): ReturnType<Repair> {
  if (isProse(draft.path) || draft.oldLines?.some((line) => FENCE.test(line))) return undefined
  const { opens, closes, inside } = splitFence(draft.lines)
  if (!opens && !closes) return undefined
  // A fence that is left makes a pair with one at the edge: then neither stands round the whole.
  if (inside.some((line) => FENCE.test(line))) return undefined
  const code = opens && closes ? 'fence-inside' : 'half-fence-inside'
  return { lines: inside, remark: { code, message: 'a code fence inside the block is left out' } }
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

/** All on one line with `\n` in it (D67): right only where the result shows the present version's lines again. */
function unescapeNewlines(draft: Draft): ReturnType<Repair> {
  const [only = ''] = draft.lines
  if (!isOneEscapedLine(draft) || !draft.oldLines) return undefined
  const lines = only
    .replaceAll('\\n', '\n')
    .replaceAll('\\t', '\t')
    .replaceAll('\\"', '"')
    .replaceAll('\\\\', '\\')
    .split('\n')
  if (lines.at(-1) === '') lines.pop()
  const old = new Set(draft.oldLines)
  if (lines.filter((line) => line.trim() !== '' && old.has(line)).length * 2 < lines.length) return undefined
  return { lines, remark: { code: 'escaped-newlines', message: 'backslash and n are taken as line breaks' } }
}

/** Whether a content of several lines seems to have been written as one. */
export function isOneEscapedLine({ lines, oldLines }: Draft): boolean {
  if (lines.length !== 1 || oldLines?.length === 1) return false
  return lineAt(lines, 0).split('\\n').length > 3
}

/** A number in front of every line (D58). A new file may well be a table. */
function dropLineNumbers(draft: Draft): ReturnType<Repair> {
  if (!draft.oldLines || readNumbers(draft.oldLines)) return undefined
  const numbered = readNumbers(draft.lines)
  if (!numbered) return undefined
  return { lines: numbered, remark: { code: 'line-numbers', message: 'the line numbers are left out' } }
}

/** The lines without their numbers; undefined where not every line that is not blank is numbered in order. */
function readNumbers(lines: readonly string[]): string[] | undefined {
  let last: number | undefined
  const rest: string[] = []
  for (const line of lines) {
    const [, digits, text = ''] = NUMBERED.exec(line) ?? []
    if (digits === undefined) {
      if (line.trim() !== '') return undefined
      rest.push(line)
      continue
    }
    const number = Number(digits)
    if (last !== undefined && number !== last + 1) return undefined
    last = number
    rest.push(text)
  }
  return rest.length >= 2 && last !== undefined ? rest : undefined
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
