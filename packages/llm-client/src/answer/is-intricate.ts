/** A parsed value takes some 50 bytes however short its text is. An answer with the likelihood of each token has as many. */
const MOST_PARTS = 500_000

const QUOTE = 0x22
const BACKSLASH = 0x5c
/** `,`, `[` and `{`: each begins a value or a key. */
const BEGINNINGS: ReadonlySet<number> = new Set([0x2c, 0x5b, 0x7b])

/** Whether a JSON text has so many values that its parsed form would take many times its size. Texts count as one. */
export function isIntricate(json: string): boolean {
  if (json.length <= MOST_PARTS) return false
  let parts = 0
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at)
    if (code === QUOTE) at = endOfString(json, at)
    else if (BEGINNINGS.has(code)) parts++
  }
  return parts > MOST_PARTS
}

/** @param start of its first quotation mark */
function endOfString(json: string, start: number): number {
  for (let end = json.indexOf('"', start + 1); ; end = json.indexOf('"', end + 1)) {
    if (end < 0) return json.length
    let escapes = 0
    while (json.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes++
    if (escapes % 2 === 0) return end
  }
}
