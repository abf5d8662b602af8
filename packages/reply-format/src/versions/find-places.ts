import type { Edit } from './edit.ts'
import { indentOf } from '../text-lines.ts'

/** How lines are compared: as they are, without trailing blanks, without their common indent. */
export type Way = (lines: readonly string[]) => readonly string[]

/** From the strictest to the most tolerant. */
export const WAYS: readonly Way[] = [(lines) => lines, (lines) => lines.map((line) => line.trimEnd()), unindented]

/** Lines without the indent that they have in common, and without trailing blanks. */
export function unindented(lines: readonly string[]): readonly string[] {
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

/** The first two places at which the lines are found: more need not be known. */
export function findPlaces(lines: readonly string[], search: readonly string[], way: Way, from: number): number[] {
  const wanted = way(search)
  const [first = ''] = wanted
  // Only the common indent of a window counts, so it is computed again at every place.
  const whole = way === unindented ? undefined : way(lines)
  const places: number[] = []
  for (let at = from; at + search.length <= lines.length && places.length < 2; at++) {
    if (whole ? whole[at] !== first : lines[at]?.trim() !== first.trim()) continue
    const window = whole ? whole.slice(at, at + search.length) : way(lines.slice(at, at + search.length))
    if (window.every((line, index) => line === wanted[index])) places.push(at)
  }
  return places
}

/** The new lines with the indent of the lines that they replace. */
export function shiftLike(lines: readonly string[], place: number, { search, replace }: Edit): string[] {
  const [from, to] = [commonIndent(search), commonIndent(lines.slice(place, place + search.length))]
  return replace.map((line) => (line.startsWith(from) && line.trim() !== '' ? to + line.slice(from.length) : line))
}
