import type { CountTokens } from '../tokens/count-tokens.ts'

/** The maximum length of a mark. */
const MARK_TOKENS = 14
/** A line that takes more than this share of the room is shortened itself. */
const LONGEST_LINE_SHARE = 0.25
/** Shares of the room for the beginning and for the end; the rest is for the lines that matter. */
const HEAD_SHARE = 0.3
const TAIL_SHARE = 0.3
/** For cutting inside a line: fewer characters than a token has on the average, so that it is safe. */
const CHARACTERS_PER_TOKEN = 2

/** Lines of output that describe an error. */
export const SAYS_WHAT_IS_WRONG = /error|fail|assert|exception|traceback|panic|fatal|warning|expected|^E {3}/i

/** Lines of a file with its exports and imports. */
export const SAYS_WHAT_IT_HOLDS =
  /^\s*(?:(?:export|public|private|protected|static|final|abstract|async|default|pub)\s+)*(?:import|from|require|use|using|#include|package|module|namespace|class|interface|type|struct|enum|trait|impl|def|fn|func|function|sub|const)\b|^#+ /

/** How a text is to be shortened. */
export interface Shortening {
  /** In tokens. */
  readonly room: number
  readonly count: CountTokens
  /** Lines that are kept before others. */
  readonly matters: RegExp
}

/**
 * A text cut down to `room` tokens: its beginning, its end, and between them the first of the lines that matter. Marks
 * tell what is left out. Where there is no room for any line, the mark alone is left.
 */
export function shorten(content: string, { room, count, matters }: Shortening): string {
  if (count(content) <= room) return content
  const lines = content.match(/[^\n]*\n|[^\n]+$/g) ?? []
  const longest = Math.floor(room * LONGEST_LINE_SHARE)
  const short = lines.map((line) => shortenLine(line, longest, count))
  const kept = chooseLines(short, { room: room - MARK_TOKENS, count, matters })
  return writeKept(short, kept, count)
}

/** The numbers of the lines to keep, counted from 0. */
function chooseLines(lines: readonly string[], { room, count, matters }: Shortening): ReadonlySet<number> {
  const costs = lines.map(count)
  const kept = new Set<number>()
  const take = (numbers: Iterable<number>, share: number) => {
    let rest = share
    for (const number of numbers) {
      if (kept.has(number)) continue
      // A single line between gaps makes one more gap.
      const joins = kept.has(number - 1) || kept.has(number + 1) || number === 0 || number === lines.length - 1
      const cost = (costs[number] ?? 0) + (joins ? 0 : MARK_TOKENS)
      if (cost > rest) break
      rest -= cost
      kept.add(number)
    }
    return share - rest
  }
  const important = [...lines.keys()].filter((number) => matters.test(lines[number] ?? ''))
  let left = room - take(lines.keys(), room * HEAD_SHARE) - take(downwards(lines.length), room * TAIL_SHARE)
  left -= take(important, left)
  // Where few lines matter, there is more room for the end, which as a rule says how it went.
  take(downwards(lines.length), left)
  return kept
}

function* downwards(length: number): Generator<number> {
  for (let number = length - 1; number >= 0; number--) yield number
}

/** Lines stay where a mark in their place would be as long. */
function writeKept(lines: readonly string[], kept: ReadonlySet<number>, count: CountTokens): string {
  let result = ''
  let skipped: string[] = []
  const rest = () => {
    const text = skipped.join('')
    const mark = `${leftOut(skipped.length, 'lines')}\n`
    return count(text) <= count(mark) ? text : mark
  }
  for (const [number, line] of lines.entries()) {
    if (!kept.has(number)) skipped.push(line)
    else {
      result += rest() + line
      skipped = []
    }
  }
  return result + rest()
}

function shortenLine(line: string, room: number, count: CountTokens): string {
  const half = Math.floor((Math.max(room, MARK_TOKENS) * CHARACTERS_PER_TOKEN) / 2)
  if (line.length <= 4 * half || count(line) <= room) return line
  return `${wellFormed(line.slice(0, half))}${leftOut(line.length - 2 * half, 'characters')}${wellFormed(line.slice(-half))}`
}

/** The mark in place of omitted lines. */
export function leftOut(count: number, what: 'lines' | 'characters'): string {
  return `[lr-prompt: ${count} ${count === 1 ? what.slice(0, -1) : what} left out]`
}

/** Without half a character at either end. */
export function wellFormed(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '')
}
