/** Characters of one text that a page shows; more would make it slow to open. */
const MAX_LENGTH = 200_000
/** Characters of one line. */
const MAX_LINE = 5000

/** A text short enough to be shown, of at most `limit` characters: a mark stands in the place of what is left out, in the middle of the text or of a line. */
export function limitText(text: string, limit = MAX_LENGTH): string {
  const lines = text.split('\n').map((line) => cut(line, MAX_LINE))
  return cut(lines.join('\n'), limit)
}

function cut(text: string, limit: number): string {
  if (text.length <= limit) return text
  const half = Math.floor(limit / 2)
  return `${text.slice(0, half)} … ${text.length - 2 * half} characters left out … ${text.slice(-half)}`
}
