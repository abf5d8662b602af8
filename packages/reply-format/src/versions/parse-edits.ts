import { quoteLine, type Remark } from './draft.ts'
import { lineAt } from '../text-lines.ts'

/** Lines to find, and the lines to put in their place. */
export interface Edit {
  readonly search: readonly string[]
  readonly replace: readonly string[]
}

const START = /^<{5,9} SEARCH\b[ >:]*$/
const DIVIDER = /^={5,9}\s*$/
const END = /^>{5,9} REPLACE\b[ <:]*$/

/** Reads the sections of an edit block. Between sections only blank lines, fences and lines of dots may stand. */
export function parseEdits(lines: readonly string[]): { edits: readonly Edit[] } | { refused: Remark } {
  const edits: Edit[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = lineAt(lines, at)
    if (/^\s*$|^\s*`{3,}\w*\s*$|^\s*\.{3}\s*$/.test(line)) continue
    if (!START.test(line)) return broken(at, `${quoteLine(line)} stands outside the sections`)
    const divider = findFrom(lines, at, DIVIDER)
    const end = divider === undefined ? undefined : findFrom(lines, divider, END)
    const next = findFrom(lines, at, START) ?? Infinity
    if (divider === undefined || end === undefined || end > next) {
      return broken(at, 'this section lacks its ======= or its >>>>>>> REPLACE')
    }
    edits.push({ search: lines.slice(at + 1, divider), replace: lines.slice(divider + 1, end) })
    at = end
  }
  return { edits }
}

function findFrom(lines: readonly string[], from: number, pattern: RegExp): number | undefined {
  for (let at = from + 1; at < lines.length; at++) {
    if (pattern.test(lineAt(lines, at))) return at
  }
  return undefined
}

function broken(at: number, problem: string): { refused: Remark } {
  const form = '<<<<<<< SEARCH, lines of the file, =======, new lines, >>>>>>> REPLACE'
  return { refused: { code: 'edit-broken', message: `line ${at + 1} of the block: ${problem} (${form})` } }
}
