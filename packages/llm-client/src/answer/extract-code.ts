import { isSameLanguage, languageOf } from './code-language.ts'

/** A fenced block of an answer. */
interface Fence {
  readonly language: string
  readonly content: string
  readonly isClosed: boolean
}

interface OpenFence {
  readonly mark: string
  readonly indent: number
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
    if (open) {
      const isEnd = isEndOf(open, line)
      if (isEnd) fences.push(fenceOf(open, true))
      else open.lines.push(withoutIndent(line, open.indent))
      if (isEnd) open = undefined
      continue
    }
    const item = /^( *(?:[-*+]|\d{1,9}[.)]) +)(?=\S)/.exec(line)?.[1]
    if (item !== undefined) itemIndent = item.length
    else if (/^\S/.test(line)) itemIndent = 0
    open = openFence(item === undefined ? line : ' '.repeat(item.length) + line.slice(item.length), itemIndent)
  }
  return open ? [...fences, fenceOf(open, false)] : fences
}

function openFence(line: string, itemIndent: number): OpenFence | undefined {
  const [, blanks = '', mark = '', info = ''] = /^( *)(`{3,}|~{3,})[ \t]*(.*)$/.exec(line.trimEnd()) ?? []
  // Four blanks begin code of its own; a backtick after the mark makes it code in a line.
  if (mark === '' || blanks.length > itemIndent + 3 || (mark.startsWith('`') && info.includes('`'))) return undefined
  return { mark, indent: blanks.length, language: languageOf(info), lines: [] }
}

function isEndOf({ mark, indent }: OpenFence, line: string): boolean {
  const [, blanks = '', end = ''] = /^( *)(`{3,}|~{3,})[ \t]*$/.exec(line.trimEnd()) ?? []
  return end.startsWith(mark) && blanks.length <= indent + 3
}

function withoutIndent(line: string, indent: number): string {
  return line.replace(new RegExp(`^ {0,${indent}}`), '')
}

function fenceOf({ language, lines }: OpenFence, isClosed: boolean): Fence {
  return { language, content: lines.join(''), isClosed }
}
