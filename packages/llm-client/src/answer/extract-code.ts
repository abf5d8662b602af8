import { isSameLanguage, languageOf } from './code-language.ts'

/** A fenced block of an answer. */
interface Fence {
  readonly language: string
  readonly content: string
  readonly isClosed: boolean
}

interface OpenFence {
  readonly mark: string
  /** In columns. */
  readonly indent: number
  /** How many block quotes it stands in. */
  readonly quotes: number
  readonly language: string
  readonly lines: string[]
}

/**
 * The code of an answer: its first fenced block, the `last`, `all` of them joined, or the first of a language. If the
 * only block names no language, it is taken for the language asked for.
 *
 * @returns the code, or the problem
 */
export function extractCode(text: string, which: string): { readonly code: string } | { readonly problem: string } {
  const fences = findFences(text)
  const chosen = choose(fences, which)
  if (chosen.length === 0) {
    const kinds = [...new Set(fences.map(({ language }) => language || 'plain'))].join(', ')
    return { problem: `the answer has no ${nameOf(which)}${kinds === '' ? '' : ` (it has ${kinds})`}` }
  }
  if (chosen.some(({ isClosed }) => !isClosed)) return { problem: 'the code block in the answer is never closed' }
  return { code: chosen.map(({ content }) => content).join('') }
}

function choose(fences: readonly Fence[], which: string): readonly Fence[] {
  if (which === 'all') return fences
  if (which === 'first') return fences.slice(0, 1)
  if (which === 'last') return fences.slice(-1)
  const exact = fences.find(({ language }) => language.toLowerCase() === which.toLowerCase())
  const found = exact ?? fences.find(({ language }) => isSameLanguage(language, which))
  if (found) return [found]
  return fences.length === 1 && fences[0]?.language === '' ? fences : []
}

function nameOf(which: string): string {
  return ['all', 'first', 'last'].includes(which) ? 'code block' : `code block of ${which}`
}

/** By the rules of CommonMark; a block in a list item may stand as deep as the item's text. */
function findFences(text: string): Fence[] {
  const fences: Fence[] = []
  let open: OpenFence | undefined
  let itemIndent = 0
  for (const line of text.split(/(?<=\n)/)) {
    const content = open && withoutQuotes(line, open.quotes)
    if (open && content !== undefined && !isEndOf(open, content)) {
      open.lines.push(withoutIndent(content, open.indent))
      continue
    }
    // The end of a block quote ends the block in it, too.
    if (open) fences.push(fenceOf(open, true))
    open = undefined
    if (content === undefined) ({ open, itemIndent } = readOutside(line, itemIndent))
  }
  return open ? [...fences, fenceOf(open, false)] : fences
}

/** A line that is in no block may open one, and may begin or end a list item. */
function readOutside(line: string, before: number): { open: OpenFence | undefined; itemIndent: number } {
  const quote = QUOTE.exec(line)?.[0] ?? ''
  const quotes = quote.split('>').length - 1
  const body = line.slice(quote.length)
  const item = /^( *(?:[-*+]|\d{1,9}[.)])[ \t]+)(?=\S)/.exec(body)?.[1]
  if (item === undefined) {
    const itemIndent = /^\S/.test(body) ? 0 : before
    return { open: openFence(body, { itemIndent, quotes }), itemIndent }
  }
  const itemIndent = columnsOf(item)
  return { open: openFence(' '.repeat(itemIndent) + body.slice(item.length), { itemIndent, quotes }), itemIndent }
}

const QUOTE = /^(?: {0,3}> ?)*/

function openFence(
  line: string,
  { itemIndent, quotes }: { readonly itemIndent: number; readonly quotes: number },
): OpenFence | undefined {
  const [, blanks = '', mark = '', info = ''] = /^([ \t]*)(`{3,}|~{3,})[ \t]*(.*)$/.exec(line.trimEnd()) ?? []
  const indent = columnsOf(blanks)
  // Four columns begin code of its own; a backtick after the mark makes it code in a line.
  if (mark === '' || indent > itemIndent + 3 || (mark.startsWith('`') && info.includes('`'))) return undefined
  return { mark, indent, quotes, language: languageOf(info), lines: [] }
}

function isEndOf({ mark, indent }: OpenFence, line: string): boolean {
  const [, blanks = '', end = ''] = /^([ \t]*)(`{3,}|~{3,})[ \t]*$/.exec(line.trimEnd()) ?? []
  return end.startsWith(mark) && columnsOf(blanks) <= indent + 3
}

/** @returns undefined if the line is not in so many block quotes */
function withoutQuotes(line: string, quotes: number): string | undefined {
  return new RegExp(`^(?: {0,3}> ?){${quotes}}([^]*)$`).exec(line)?.[1]
}

const TAB = 4

/** How far a text reaches, with tab stops every four columns. */
function columnsOf(text: string): number {
  let columns = 0
  for (const character of text) columns += character === '\t' ? TAB - (columns % TAB) : 1
  return columns
}

/** A line without its first blanks; what a tab has more than is taken off stays as blanks. */
function withoutIndent(line: string, indent: number): string {
  const blanks = /^[ \t]*/.exec(line)?.[0] ?? ''
  let taken = 0
  while (taken < blanks.length && columnsOf(blanks.slice(0, taken)) < indent) taken++
  return ' '.repeat(Math.max(0, columnsOf(blanks.slice(0, taken)) - indent)) + line.slice(taken)
}

function fenceOf({ language, lines }: OpenFence, isClosed: boolean): Fence {
  return { language, content: lines.join(''), isClosed }
}
