import type { Edit } from './edit.ts'
import { lineAt } from '../text-lines.ts'

/** Lines that name files or describe a change, before and between hunks. */
const HEADER =
  /^(?:diff --git .*|diff -\S.*|index [0-9a-f]+\.\.[0-9a-f]+.*|(?:old|new) mode \d+|new file mode \d+|similarity index .*|Index: .*|={60,}|--- \S.*|\+\+\+ \S.*|\*\*\* (?:Begin Patch|End Patch|End of File|(?:Update|Add) File: .*))\s*$/
const RANGE = /^@@(?: -\d+(?:,\d+)? \+\d+(?:,\d+)?)? ?(?:@@|$)/
const HUNK = /^@@/
const MARKER = /^\\ No newline/

/** What a content made of hunks says. */
export interface Hunks {
  readonly edits: readonly Edit[]
  /** Whether a header or a line of `@@` says so; otherwise only the signs in the first column do. */
  readonly isMarked: boolean
}

/** Reads lines as the hunks of one file; undefined if any line has no place in a hunk. */
export function parseHunks(lines: readonly string[]): Hunks | undefined {
  const bodies: { context: string | undefined; lines: string[] }[] = []
  let isMarked = false
  let isInside = false
  for (const line of withoutFence(lines)) {
    if (HEADER.test(line) && !(isInside && isRemovalOrAddition(line))) {
      isMarked = true
      isInside = false
      bodies.push({ context: undefined, lines: [] })
    } else if (HUNK.test(line)) {
      isMarked = true
      isInside = true
      bodies.push({ context: contextOf(line), lines: [] })
    } else if (/^[ +-]|^\s*$|^\t/.test(line)) {
      isInside ||= line.trim() !== ''
      if (bodies.length === 0) bodies.push({ context: undefined, lines: [] })
      bodies.at(-1)?.lines.push(line)
    } else if (!MARKER.test(line)) return undefined
  }
  const edits = bodies
    .map(({ context, lines: body }) => ({ context, lines: withoutBlankEnd(body) }))
    .filter(({ lines: body }) => body.length > 0)
    .map(({ context, lines: body }, index) => toEdit(body, context, `hunk ${index + 1}`))
  const isChange = edits.length > 0 && edits.every(({ search, replace }) => search.join('\n') !== replace.join('\n'))
  return isChange ? { edits, isMarked } : undefined
}

/** In a hunk a line that begins with `--- ` may be one that goes: only at the end of a hunk is it the next file's name. */
function isRemovalOrAddition(line: string): boolean {
  return line.startsWith('--- ') || line.startsWith('+++ ')
}

function toEdit(body: readonly string[], context: string | undefined, label: string): Edit {
  const search = body.filter((line) => !line.startsWith('+')).map(withoutSign)
  const replace = body.filter((line) => !line.startsWith('-')).map(withoutSign)
  return { search, replace, label, after: context }
}

/** A line of context may have lost the blank in front of it, if it is indented by tabs or empty. */
function withoutSign(line: string): string {
  return /^[ +-]/.test(line) ? line.slice(1) : line
}

/** The line that `@@ class A:` names; undefined if there is only a range. */
function contextOf(line: string): string | undefined {
  const text = line.replace(RANGE, '').replace(/^@@/, '').trim()
  return text === '' || /^(?:\.{3}|…)(?: ?@@)?$/.test(text) ? undefined : text.replace(/ ?@@$/, '')
}

function withoutFence(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim() !== '')
  const last = lines.findLastIndex((line) => line.trim() !== '')
  const isFenced = first < last && /^(?:`{3,}|~{3,})\s*(?:diff|patch|udiff)?\s*$/.test(lineAt(lines, first))
  return isFenced && /^(?:`{3,}|~{3,})\s*$/.test(lineAt(lines, last)) ? lines.slice(first + 1, last) : lines
}

/** Blank lines at the end of a hunk separate it from what follows. */
function withoutBlankEnd(lines: readonly string[]): readonly string[] {
  return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1)
}
