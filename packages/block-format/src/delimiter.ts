import type { Scannable } from './bytes.ts'
import { NO_NEWLINE_MARKER } from './part.ts'
import { readName, spellName } from './name.ts'

const LESS = 60
const SPACE = 32
const NEWLINE = 10
/** The narrowest opener, in `<` on each side. */
export const MIN_WIDTH = 4

/** What every closer begins with. */
export const CLOSER_START = '>'.repeat(MIN_WIDTH)
/** V8 searches for up to six characters four times as fast as for more, so this is no longer than it must be. */
const CLOSER_LINE_START = `\n${CLOSER_START}`

/** What an opener says: the block's name, and how many `>` its closer has at least. */
export interface Opener {
  readonly name: string
  readonly closerWidth: number
}

export function isBlank(code: number): boolean {
  return code === SPACE || code === 9 || code === 13
}

/** Where the run of `code` that starts at `from` ends. */
export function endOfRun(text: Scannable, from: number, code: number): number {
  let at = from
  while (text.charCodeAt(at) === code) at++
  return at
}

/** Where the next line that may be a closer begins, after the line at `from`; -1 if not found. */
export function nextCloserStart(text: Scannable, from: number): number {
  const newline = text.indexOf(CLOSER_LINE_START, from)
  return newline < 0 ? -1 : newline + 1
}

/** Where the blanks before `to` begin. */
function trimEnd(text: string, from: number, to: number): number {
  let at = to
  while (at > from && isBlank(text.charCodeAt(at - 1))) at--
  return at
}

/** Reads a line (without its newline) as an opener; undefined where it is text. */
export function readOpener(line: string): Opener | undefined {
  const left = endOfRun(line, 0, LESS)
  const end = trimEnd(line, left, line.length)
  if (end === left) {
    return left >= 2 * MIN_WIDTH && left % 2 === 0 ? { name: '', closerWidth: left } : undefined
  }
  if (left < MIN_WIDTH || line.charCodeAt(left) !== SPACE) return undefined
  const right = end - left
  if (right <= left + 2 || line.slice(right, end) !== '<'.repeat(left) || line.charCodeAt(right - 1) !== SPACE)
    return undefined
  const name = readName(line.slice(left + 1, right - 1))
  return name === undefined ? undefined : { name, closerWidth: 2 * left }
}

/** An offset, `'open'` where the text ends too early to tell, or undefined where it is not what was looked for. */
export type End = number | 'open' | undefined

/**
 * Where a line of which only blanks may be left, from `from` on, ends: the offset behind its newline.
 *
 * @param final whether the input ends with this text, so that the last line needs no newline
 */
export function endOfBlankLine(text: Scannable, from: number, final: boolean): End {
  let at = from
  while (isBlank(text.charCodeAt(at))) at++
  if (at >= text.length) return final ? text.length : 'open'
  return text.charCodeAt(at) === NEWLINE ? at + 1 : undefined
}

/** Where the marker line that begins at `from` ends; the rest as in endOfBlankLine. */
export function endOfMarker(text: Scannable, from: number, final: boolean): End {
  if (text.startsWith(NO_NEWLINE_MARKER, from)) {
    return endOfBlankLine(text, from + NO_NEWLINE_MARKER.length, final)
  }
  return !final && NO_NEWLINE_MARKER.startsWith(text.slice(from, from + NO_NEWLINE_MARKER.length)) ? 'open' : undefined
}

/** The opener's and the closer's lines, for a width of `width` `<` on each side. */
export function writeDelimiters(name: string, width: number): { opener: string; closer: string } {
  const side = '<'.repeat(width)
  return {
    opener: name === '' ? `${side}${side}\n` : `${side} ${spellName(name)} ${side}\n`,
    closer: `${'>'.repeat(2 * width)}\n`,
  }
}
