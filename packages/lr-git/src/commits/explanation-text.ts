/** Control characters except tab and newline, and marks that reorder or hide text: C0, C1, bidi, zero width, BOM. */
const HIDDEN = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g
/** Headings, and lines that make a heading of the one above. */
const HEADING = /^([\s>]*)(#{1,6}(?:\s|$)|=+\s*$|-+\s*$)/
const FENCE = /^ {0,3}(`{3,}|~{3,})/

/** A model's text as one that shows everything in it: `\u{202e}` for a mark that turns text around. */
export function showHidden(text: string): string {
  return text.replaceAll(HIDDEN, (mark) => `\\u{${mark.codePointAt(0)?.toString(16)}}`)
}

/**
 * An explanation as a part of FIXES.md: it makes no heading and no HTML comment, and
 * leaves no fence open. Lines have no blanks at their ends.
 */
export function explanationText(explanation: string): string {
  const lines = showHidden(explanation.replaceAll('\r\n', '\n'))
    .replaceAll('<!--', '&lt;!--')
    .split('\n')
    .map((line) => line.trimEnd().replace(HEADING, '$1\\$2'))
  const open = openFence(lines)
  return [...lines, ...(open === undefined ? [] : [open])].join('\n').replaceAll(/\n{3,}/g, '\n\n')
}

/** The fence that is open at the end. */
function openFence(lines: readonly string[]): string | undefined {
  let open: string | undefined
  for (const line of lines) {
    const fence = FENCE.exec(line)?.[1]
    if (fence === undefined) continue
    if (open === undefined) open = fence
    else if (fence.startsWith(open) && line.trim() === fence) open = undefined
  }
  return open
}
