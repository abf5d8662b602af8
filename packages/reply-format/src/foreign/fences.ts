import type { OutsideLine } from './outside-line.ts'

/** A Markdown fence outside blocks. */
export interface Fence {
  readonly open: OutsideLine
  /** Undefined if it is never closed. */
  readonly close: OutsideLine | undefined
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
  for (let at = 0; at < lines.length; at++) {
    const [open] = lines.slice(at, at + 1)
    const [, indent = '', sign = '', info = ''] = OPEN.exec(open?.text ?? '') ?? []
    if (!open || sign === '') {
      if (open) parts.push(open)
      continue
    }
    const closer = new RegExp(`^\\s*${sign.charAt(0)}{${sign.length},}\\s*$`)
    let end = at + 1
    while (end < lines.length && !closer.test(lines[end]?.text ?? '')) end++
    const close = lines[end]
    const inside = lines
      .slice(at + 1, end)
      .map(({ index, text }) => ({ index, text: withoutIndent(text, indent.length) }))
    // A fence around blocks is theirs.
    if (isApart(open.index, close?.index ?? Infinity)) parts.push(...lines.slice(at + 1, end))
    else parts.push({ open, close, info: info.trim(), lines: inside })
    at = end
  }
  return parts
}

function withoutIndent(text: string, width: number): string {
  return text.slice(Math.min(width, text.search(/\S|$/)))
}
