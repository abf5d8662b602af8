import type { Anchor, Edit } from './edit.ts'
import { lineAt } from '../text-lines.ts'

/** Lines that name files or describe a change, before and between hunks. */
const HEADER =
  /^(?:diff --git .*|diff -\S.*|index [0-9a-f]+\.\.[0-9a-f]+.*|(?:old|new) mode \d+|new file mode \d+|similarity index .*|Index: .*|={60,}|--- \S.*|\+\+\+ \S.*|\*\*\* (?:Begin Patch|End Patch|End of File|(?:Update|Add) File: .*))\s*$/
const RANGE = /^@@(?: -\d+(?:,\d+)? \+\d+(?:,\d+)?)? ?(?:@@|$)/
const HUNK = /^@@/
/** An empty line, or one that is indented by tabs, may be context without its blank. */
const BODY = /^[ +\t-]|^\s*$/
const MARKER = /^\\ No newline/

/** What a content made of hunks says. */
export interface Hunks {
  readonly edits: readonly Edit[]
  /** Whether a header or a line of `@@` says so; otherwise only the signs in the first column do. */
  readonly isMarked: boolean
  /** Whether the file's last line has a newline afterwards; undefined if the hunks do not say so. */
  readonly endsWithNewline: boolean | undefined
}

interface Body {
  readonly context: Anchor | undefined
  readonly lines: string[]
}

/** Reads lines as the hunks of one file; undefined if any line has no place in a hunk, or a hunk changes nothing. */
export function parseHunks(lines: readonly string[]): Hunks | undefined {
  const split = splitBodies(withoutFence(lines))
  const edits = split?.bodies
    .map(({ context, lines: body }) => ({ context, body: withoutBlankEnd(body) }))
    .filter(({ body }) => body.length > 0)
    .map(({ context, body }, index) => toEdit(body, context, `hunk ${index + 1}`))
  if (!split || !edits || edits.length === 0) return undefined
  const { isMarked } = split
  const endsWithNewline = newlineAfter(lines)
  const changes = ({ search, replace }: Edit) => search.join('\n') !== replace.join('\n')
  return endsWithNewline !== undefined || edits.every(changes) ? { edits, isMarked, endsWithNewline } : undefined
}

/** What the marker lines say of the new last line: one below an old line only says that the old one had no newline. */
function newlineAfter(lines: readonly string[]): boolean | undefined {
  const above = lines.flatMap((line, index) => (MARKER.test(line) ? [lineAt(lines, index - 1)] : []))
  if (above.length === 0) return undefined
  return above.every((line) => line.startsWith('-'))
}

function splitBodies(lines: readonly string[]): { bodies: Body[]; isMarked: boolean } | undefined {
  const bodies: Body[] = [{ context: undefined, lines: [] }]
  let [isMarked, isInside] = [false, false]
  for (const line of lines) {
    const isHunk = HUNK.test(line)
    if (isHunk || isHeader(line, isInside)) {
      isMarked = true
      isInside = isHunk
      bodies.push({ context: isHunk ? contextOf(line) : undefined, lines: [] })
    } else if (BODY.test(line)) {
      isInside ||= line.trim() !== ''
      bodies.at(-1)?.lines.push(line)
    } else if (!MARKER.test(line)) return undefined
  }
  return { bodies, isMarked }
}

/** In a hunk a line that begins with `--- ` may be one that is removed. */
function isHeader(line: string, isInside: boolean): boolean {
  return HEADER.test(line) && !(isInside && /^(?:---|\+\+\+) /.test(line))
}

function toEdit(body: readonly string[], context: Anchor | undefined, label: string): Edit {
  const search = body.filter((line) => !line.startsWith('+')).map(withoutSign)
  const replace = body.filter((line) => !line.startsWith('-')).map(withoutSign)
  return { search, replace, label, after: context }
}

/** A line of context may have lost the blank in front of it, if it is indented by tabs or empty. */
function withoutSign(line: string): string {
  return /^[ +-]/.test(line) ? line.slice(1) : line
}

/** The line that `@@ class A:` names; undefined if there is only a range. */
function contextOf(line: string): Anchor | undefined {
  const text = line.replace(RANGE, '').replace(/^@@/, '').trim()
  const isEmpty = text === '' || /^(?:\.{3}|…)(?: ?@@)?$/.test(text)
  return isEmpty ? undefined : { line: text.replace(/ ?@@$/, ''), isHint: /^@@ -\d/.test(line) }
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
