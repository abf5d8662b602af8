import { indexAt, type OutsideLine, textAt } from './outside-line.ts'

/** A Markdown fence outside blocks. */
export interface Fence {
  readonly open: OutsideLine
  /** Undefined if it is never closed. */
  readonly close: OutsideLine | undefined
  /** The index of its last line. */
  readonly to: number
  /** What follows the signs that open it. */
  readonly info: string
  /** Its lines without the indent of the fence. */
  readonly lines: readonly OutsideLine[]
}

const OPEN = /^(\s*(?:(?:[-*+]|\d+[.)])\s+)?)(`{3,}|~{3,})\s*([^`]*)$/

/** Splits lines into fences and the lines between them. @param isApart whether blocks are between two lines */
export function splitFences(
  lines: readonly OutsideLine[],
  isApart: (from: number, to: number) => boolean,
): (Fence | OutsideLine)[] {
  const parts: (Fence | OutsideLine)[] = []
  let next = 0
  for (const [at, line] of lines.entries()) {
    if (at < next) continue
    const fence = readFence(lines, at)
    next = fence ? fence.place : at + 1
    if (!fence) parts.push(line)
    else if (!isApart(line.index, fence.close?.index ?? Infinity)) parts.push(fence)
    // A fence around blocks is theirs.
    else for (const inside of lines.slice(at + 1, fence.place - (fence.close ? 1 : 0))) parts.push(inside)
  }
  return parts
}

/** The fence that begins at a place, and the place after it. */
function readFence(lines: readonly OutsideLine[], at: number): (Fence & { readonly place: number }) | undefined {
  const [open] = lines.slice(at, at + 1)
  const [, indent = '', sign, info = ''] = OPEN.exec(textAt(lines, at)) ?? []
  if (!open || sign === undefined) return undefined
  const end = endOf(lines, at + 1, sign)
  const close = lines[end]
  const inside = lines.slice(at + 1, end)
  const plain = inside.map(({ index, text }) => ({ index, text: withoutIndent(text, indent.length) }))
  const to = indexAt(lines, Math.min(end, lines.length - 1))
  return { open, close, to, info: info.trim(), lines: plain, place: end + (close ? 1 : 0) }
}

function endOf(lines: readonly OutsideLine[], from: number, sign: string): number {
  const closer = new RegExp(`^\\s*${sign.charAt(0)}{${sign.length},}\\s*$`)
  let end = from
  while (end < lines.length && !closer.test(textAt(lines, end))) end++
  return end
}

function withoutIndent(text: string, width: number): string {
  return text.slice(Math.min(width, text.search(/\S|$/)))
}
