import { quoteLine } from './draft.ts'
import { lineAt } from '../text-lines.ts'

/** From this share of letters on, a line is like another. */
const LIKE = 0.5

/** Where lines that are not in a file nearly stand, and what is there in their place; empty where none is like them. */
export function describeNearest(lines: readonly string[], wanted: readonly string[]): string {
  const place = placeOfMost(lines, wanted) ?? placeOfLike(lines, wanted)
  if (place === undefined) return ''
  const first = Math.max(0, place)
  const other = Math.max(first, place + wanted.findIndex((line, index) => line.trim() !== lines[place + index]?.trim()))
  if (wanted.length === 1) return `: nearest is line ${first + 1}, ${quoteLine(lineAt(lines, first))}`
  const last = Math.min(lines.length, place + wanted.length)
  const there = other < lines.length ? `line ${other + 1} is ${quoteLine(lineAt(lines, other))}` : 'the file ends there'
  return `: nearest are lines ${first + 1} to ${last}, where ${there}`
}

/** Where most of the lines stand as they should; undefined where none does. */
function placeOfMost(lines: readonly string[], wanted: readonly string[]): number | undefined {
  const indexes = new Map(wanted.map((line, index) => [line.trim(), index]))
  indexes.delete('')
  const votes = new Map<number, number>()
  for (const [at, line] of lines.entries()) {
    const index = indexes.get(line.trim())
    if (index !== undefined) votes.set(at - index, (votes.get(at - index) ?? 0) + 1)
  }
  return [...votes].sort((left, right) => right[1] - left[1])[0]?.[0]
}

/** Where the first line that is not blank has one that is like it; undefined where it has none. */
function placeOfLike(lines: readonly string[], wanted: readonly string[]): number | undefined {
  const index = wanted.findIndex((line) => line.trim() !== '')
  const sought = lineAt(wanted, index).trim()
  const shares = lines.map((line) => shareInCommon(line.trim(), sought))
  const best = shares.reduce((most, share) => Math.max(most, share), 0)
  return best < LIKE ? undefined : shares.indexOf(best) - index
}

/** How much of the longer one both begin and end with, from 0 to 1. */
function shareInCommon(left: string, right: string): number {
  const [most, least] = [Math.max(left.length, right.length), Math.min(left.length, right.length)]
  let head = 0
  while (head < least && left[head] === right[head]) head++
  let tail = 0
  while (tail < least - head && left[left.length - 1 - tail] === right[right.length - 1 - tail]) tail++
  return (head + tail) / Math.max(1, most)
}
