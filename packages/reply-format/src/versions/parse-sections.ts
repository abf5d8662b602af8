import { isFound, type ReadEdit } from './apply-edits.ts'
import { quoteLine, type Remark } from './draft.ts'
import { areBlank, type Edit } from './edit.ts'
import { lineAt } from '../text-lines.ts'

/** A path may follow, as models write it that were told to name the file. */
const START =
  /^(?:<{5,9} ?(?:SEARCH|ORIGINAL|search|Search)|-{5,9} ?(?:SEARCH|ORIGINAL))\b[ <>:\d]*(?:(?<=[ :])(?<path>[^\s<>:]*[./][^\s<>]*) *)?$/
const DIVIDER = /^={5,9}\s*$/
const END =
  /^(?:>{5,9} ?(?:REPLACE|UPDATED|replace|Replace)|\+{5,9} ?(?:REPLACE|UPDATED))\b[ <>:]*(?:(?<=[ :])[^\s<>:]*[./][^\s<>]* *)?$/
/** What may separate sections. */
const BETWEEN = /^\s*$|^\s*`{3,}\w*\s*$|^\s*\.{3}\s*$/

/** The lines between the first and the last line of a section, and the indices of those that may divide it. */
export interface Section {
  readonly lines: readonly string[]
  readonly dividers: readonly number[]
  readonly label: string
}

/** Whether a line begins a section. */
export function startsSection(line: string): boolean {
  return START.test(line)
}

/** The path of the file that the first line of a section names; undefined if it names none. */
export function pathOfSection(line: string): string | undefined {
  return START.exec(line)?.groups?.['path']
}

/** Whether a line ends a section. */
export function endsSection(line: string): boolean {
  return END.test(line)
}

/** Reads the sections of a block. Between them only blank lines, fences and lines of dots may be. */
export function parseSections(lines: readonly string[]): { sections: readonly Section[] } | { refused: Remark } {
  const sections: Section[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = lineAt(lines, at)
    if (BETWEEN.test(line)) continue
    if (!START.test(line)) return { refused: broken(at, `${quoteLine(line)} is outside the sections`) }
    const end = endOf(lines, at)
    const dividers = indicesOf(lines.slice(at + 1, end), DIVIDER)
    if (end === undefined || dividers.length === 0) {
      return { refused: broken(at, 'this section has no ======= or no >>>>>>> REPLACE') }
    }
    const label = `SEARCH section ${sections.length + 1}`
    sections.push(withoutHead({ lines: lines.slice(at + 1, end), dividers, label }))
    at = end
  }
  return { sections }
}

/** The index of the line that ends the section which begins at `start`; undefined if another one begins before. */
function endOf(lines: readonly string[], start: number): number | undefined {
  for (let at = start + 1; at < lines.length; at++) {
    const line = lineAt(lines, at)
    if (END.test(line)) return at
    if (START.test(line)) return undefined
  }
  return undefined
}

function indicesOf(lines: readonly string[], pattern: RegExp): number[] {
  return lines.flatMap((line, index) => (pattern.test(line) ? [index] : []))
}

/** Takes off `:start_line:12` and the line of dashes below it. */
function withoutHead(section: Section): Section {
  let count = 0
  while (/^:(?:start|end)_line: ?\d+\s*$/.test(lineAt(section.lines, count))) count++
  if (count > 0 && /^-{5,9}\s*$/.test(lineAt(section.lines, count))) count++
  return { ...section, lines: section.lines.slice(count), dividers: section.dividers.map((divider) => divider - count) }
}

/** Every way to divide a section, the shortest SEARCH first. */
export function divisionsOf({ lines, dividers, label }: Section): Edit[] {
  return dividers.map((divider) => ({ search: lines.slice(0, divider), replace: lines.slice(divider + 1), label }))
}

/**
 * Makes an edit of a section. If several lines could divide it, the last one counts whose SEARCH is in the file: one that
 * divides the text too early would leave a REPLACE that repeats the file's own next lines.
 */
export function readSection(section: Section): ReadEdit {
  const divisions = divisionsOf(section)
  return (lines) => {
    const [only] = divisions
    if (only && (divisions.length === 1 || (areBlank(only.search) && areBlank(lines)))) return only
    const found = divisions.findLast((edit) => isFound(lines, edit))
    if (found) return found
    const message = `${section.label} has several lines of "=", and what is above none of them is in the file (copy SEARCH exactly, or send the whole file)`
    return { refused: { code: 'edit-broken', message } }
  }
}

function broken(at: number, problem: string): Remark {
  const form = '<<<<<<< SEARCH, lines of the file, =======, new lines, >>>>>>> REPLACE'
  return { code: 'edit-broken', message: `line ${at + 1} of the block: ${problem} (${form})` }
}
