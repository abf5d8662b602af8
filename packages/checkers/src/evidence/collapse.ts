import { isImportant } from './important-lines.ts'

/** The longest group of lines whose repetitions are looked for. */
const LONGEST_GROUP = 400
/** How many distances to a line's next likenesses are tried. */
const TRIED = 6
/** Fewer saved lines than this are not worth a mark. */
const WORTHWHILE = 3
/** Lines that are only alike say something each: so many must be saved that the first of them are enough. */
const WORTHWHILE_ALIKE = 30
/** A group can hold collapsed groups; more rounds than this find nothing more. */
const ROUNDS = 3

/**
 * Replaces repetitions of a group of lines by a mark that counts them (a recursion's traceback repeats the same few
 * lines a thousand times): of equal lines, and, where there are many, of lines that differ in numbers, addresses or
 * long lists only. Lines that look important are never taken for others, so that no assertion is lost.
 */
export function collapseRepeats(lines: readonly string[]): string[] {
  const equal = collapseBy((line) => line, WORTHWHILE, lines)
  return collapseBy((line) => (isImportant(line) ? line : likeness(line)), WORTHWHILE_ALIKE, equal)
}

function collapseBy(keyOf: (line: string) => string, worthwhile: number, lines: readonly string[]): string[] {
  let collapsed = [...lines]
  for (let round = 0; round < ROUNDS; round++) {
    const next = collapseOnce(collapsed, keyOf, worthwhile)
    if (next.length === collapsed.length) return next
    collapsed = next
  }
  return collapsed
}

function collapseOnce(lines: readonly string[], keyOf: (line: string) => string, worthwhile: number): string[] {
  const keys = internKeys(lines.map(keyOf))
  const nextAlike = linkAlike(keys)
  const result: string[] = []
  for (let at = 0; at < lines.length;) {
    const { period, times } = bestGroup(keys, nextAlike, at)
    if ((times - 1) * period < worthwhile) {
      result.push(lines[at] ?? '')
      at++
      continue
    }
    result.push(...lines.slice(at, at + period), repeatMark(period, times - 1))
    at += period * times
  }
  return result
}

function repeatMark(period: number, more: number): string {
  const what = period === 1 ? 'the line above' : `the ${period} lines above`
  return `[… ${more} more like ${what} …]`
}

/** A number for each key; equal keys have the same. */
function internKeys(keys: readonly string[]): Int32Array {
  const numbers = new Map<string, number>()
  return Int32Array.from(keys, (key) => {
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, numbers.size)
    return numbers.size - 1
  })
}

function likeness(line: string): string {
  return line
    .replaceAll(/[[({][^[\](){}]{40,}[\])}]/g, '[]')
    .replaceAll(/0x[\da-f]+|\d+/gi, '0')
    .replaceAll(/[\^~]{2,}/g, '^')
    .trimEnd()
}

function linkAlike(keys: Int32Array): Int32Array {
  const next = new Int32Array(keys.length).fill(-1)
  const last = new Map<number, number>()
  for (let at = keys.length - 1; at >= 0; at--) {
    const key = keys[at] ?? 0
    next[at] = last.get(key) ?? -1
    last.set(key, at)
  }
  return next
}

/** The group beginning at `at` whose repetitions take most lines. */
function bestGroup(keys: Int32Array, nextAlike: Int32Array, at: number): { period: number; times: number } {
  let best = { period: 1, times: 1 }
  let other = nextAlike[at] ?? -1
  for (let tried = 0; tried < TRIED && other >= 0 && other - at <= LONGEST_GROUP; tried++) {
    const period = other - at
    const times = timesRepeated(keys, at, period)
    if ((times - 1) * period > (best.times - 1) * best.period) best = { period, times }
    other = nextAlike[other] ?? -1
  }
  return best
}

function timesRepeated(keys: Int32Array, at: number, period: number): number {
  let end = at + period
  while (end < keys.length && keys[end] === keys[end - period]) end++
  return Math.floor((end - at) / period)
}
