import { describeNearest } from './describe-nearest.ts'
import type { Remark } from './draft.ts'
import { type Edit, parseEdits } from './parse-edits.ts'
import { indentOf } from '../text-lines.ts'

const START = /^<{5,9} SEARCH\b/

/** Whether a block's content is made of SEARCH/REPLACE sections rather than being a whole version. */
export function isEdit(lines: readonly string[], base: readonly string[]): boolean {
  return lines.some((line) => START.test(line)) && !base.some((line) => START.test(line))
}

/** The lines that come of a block, or why none do; and what was put right on the way. */
export type Edited =
  | { readonly lines: readonly string[]; readonly noted: readonly Remark[] }
  | { readonly refused: Remark; readonly noted: readonly Remark[] }

/**
 * Applies the sections in order, each to what the ones before left. A section's lines must be found in one place only:
 * as they are, else but for blanks at their ends, else but for their common indent.
 */
export function applyEdits(sections: readonly string[], base: readonly string[]): Edited {
  const parsed = parseEdits(sections)
  const noted: Remark[] = []
  if ('refused' in parsed) return { refused: parsed.refused, noted }
  let lines = base
  for (const [index, edit] of parsed.edits.entries()) {
    const result = applyEdit(lines, edit, index + 1)
    if ('refused' in result) return { refused: result.refused, noted }
    lines = result.lines
    if (result.remark) noted.push(result.remark)
  }
  return { lines, noted }
}

function applyEdit(
  lines: readonly string[],
  edit: Edit,
  number: number,
): { lines: string[]; remark?: Remark } | { refused: Remark } {
  if (edit.search.every((line) => line.trim() === '') && lines.every((line) => line.trim() === '')) {
    return { lines: [...edit.replace] }
  }
  for (const [index, way] of WAYS.entries()) {
    const places = findPlaces(lines, edit.search, way)
    const [place] = places
    if (places.length > 1) return { refused: ambiguous(places, number) }
    if (place === undefined) continue
    const replace = way === unindented ? shiftLike(lines, place, edit) : edit.replace
    const next = [...lines.slice(0, place), ...replace, ...lines.slice(place + edit.search.length)]
    if (index === 0) return { lines: next }
    return { lines: next, remark: { code: 'edit-blanks', message: `SEARCH section ${number} fits but for its blanks` } }
  }
  return { refused: notFound(lines, edit, number) }
}

type Way = (lines: readonly string[]) => readonly string[]
const WAYS: readonly Way[] = [(lines) => lines, (lines) => lines.map((line) => line.trimEnd()), unindented]

/** Lines without the indent that they have in common, and without blanks at their ends. */
function unindented(lines: readonly string[]): readonly string[] {
  const indent = commonIndent(lines)
  return lines.map((line) => line.slice(indent.length).trimEnd())
}

function commonIndent(lines: readonly string[]): string {
  const indents = lines.filter((line) => line.trim() !== '').map(indentOf)
  return indents.reduce((left, right) => {
    let same = 0
    while (same < left.length && left[same] === right[same]) same++
    return left.slice(0, same)
  }, indents[0] ?? '')
}

/** The first two places where the lines stand: more need not be known. */
function findPlaces(lines: readonly string[], search: readonly string[], way: Way): number[] {
  const wanted = way(search)
  const [first = ''] = wanted
  // Only a window's own common indent counts, so it is taken afresh at every place.
  const whole = way === unindented ? undefined : way(lines)
  const places: number[] = []
  for (let at = 0; at + search.length <= lines.length && places.length < 2; at++) {
    if (whole ? whole[at] !== first : lines[at]?.trim() !== first.trim()) continue
    const window = whole ? whole.slice(at, at + search.length) : way(lines.slice(at, at + search.length))
    if (window.every((line, index) => line === wanted[index])) places.push(at)
  }
  return places
}

/** The new lines with the indent of the lines that they replace. */
function shiftLike(lines: readonly string[], place: number, { search, replace }: Edit): string[] {
  const [from, to] = [commonIndent(search), commonIndent(lines.slice(place, place + search.length))]
  return replace.map((line) => (line.startsWith(from) && line.trim() !== '' ? to + line.slice(from.length) : line))
}

function ambiguous(places: readonly number[], number: number): Remark {
  const [first = 0, second = 0] = places
  const message = `the lines of SEARCH section ${number} stand in more than one place (lines ${first + 1} and ${second + 1}): take in more lines around them`
  return { code: 'edit-ambiguous', message }
}

function notFound(lines: readonly string[], { search }: Edit, number: number): Remark {
  const nearest = describeNearest(lines, search)
  const message = `the lines of SEARCH section ${number} are not in the file${nearest} (copy them exactly, or send the whole file)`
  return { code: 'edit-not-found', message }
}
