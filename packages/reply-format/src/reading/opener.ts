import { readOpener } from '@loop-runner/block-format'
import type { DeviationCode } from '../deviations.ts'

/** A line that opens a block, or would except for a slip. */
export interface LooseOpener {
  readonly name: string
  /** `<` on the left side; the closer has twice as many `>`. */
  readonly width: number
  /** The slip; undefined for a line that docs/format.md takes as an opener. */
  readonly slip: DeviationCode | undefined
}

/** What git and edits write: seven signs and a word (`<<<<<<< HEAD`, `<<<<<<< SEARCH`). */
const CONFLICT = /^<{5,9} ?(?:HEAD|SEARCH|ORIGINAL|ours|theirs|Updated upstream|Stashed changes)\b[^<>]*$/

/** A name in quotes whose escapes are no UTF-8: it names no file, but the block is one. */
const QUOTED = /^(?<side><{4,}) (?<name>".*\\.*") \k<side>[ \t]*$/

/**
 * Reads a line, without prefix and line end, as an opener, tolerantly. A line with a slip is one only where its name
 * is a known file's: otherwise any line that begins with `<<<` would be.
 */
export function readLooseOpener(line: string, isKnown: (name: string) => boolean): LooseOpener | undefined {
  if (!line.startsWith('<<<')) return undefined
  const exact = readOpener(line)
  if (exact) return { name: exact.name, width: exact.closerWidth / 2, slip: undefined }
  if (CONFLICT.test(line)) return undefined
  const quoted = QUOTED.exec(line)?.groups
  if (quoted) return { name: String(quoted['name']), width: String(quoted['side']).length, slip: undefined }
  return readSloppy(line, isKnown)
}

function readSloppy(line: string, isKnown: (name: string) => boolean): LooseOpener | undefined {
  const sloppy = readSides(line)
  if (!sloppy) return undefined
  const isPlain = sloppy.slip === 'no-spaces' && sloppy.width >= 4 && looksLikePath(sloppy.name)
  return sloppy.slip === 'no-name' || isPlain || isKnown(sloppy.name) ? sloppy : undefined
}

/** By hand, not by one expression: a line may be nothing but blanks, and long. */
function readSides(line: string): LooseOpener | undefined {
  const width = line.search(/[^<]|$/)
  const inside = line.slice(width).trimEnd()
  const middle = inside.slice(0, startOfRun(inside))
  const [left, right, name] = [line.slice(0, width), inside.slice(middle.length), middle.trim()]
  if (name === '') return left === right ? { name, width, slip: 'no-name' } : undefined
  const slip = slipOf(left, right, /^[ \t]/.test(middle) && /[ \t]/.test(middle.slice(-1)))
  return slip && { name, width, slip }
}

/** Where the `<` or `>` begin, two at least, with which a text ends; its length where it does not. */
export function startOfRun(text: string): number {
  const sign = text.slice(-1)
  let from = text.length
  if (sign === '<' || sign === '>') while (text[from - 1] === sign) from--
  return text.length - from >= 2 ? from : text.length
}

/** Whether a word could only be a path: it has a slash or a suffix, and no blank. */
export function looksLikePath(name: string): boolean {
  return /^[^\s<>]+$/.test(name) && /[^./]\/[^/]|[^./]\.[A-Za-z][A-Za-z0-9]*$/.test(name)
}

function slipOf(left: string, right: string, isSpaced: boolean): DeviationCode | undefined {
  if (left.length < 4 && right !== left) return undefined
  if (right === '') return 'no-right-side'
  if (right.startsWith('>')) return 'wrong-way'
  if (right !== left) return 'lopsided'
  return isSpaced ? 'width' : 'no-spaces'
}
