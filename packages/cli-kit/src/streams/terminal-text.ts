/** Characters that reorder or hide text: bidi controls, zero-width characters, tags, separators of lines. */
const HIDDEN = /[\u061c\u200b-\u200f\u202a-\u202e\u2028\u2029\u2060-\u2064\u2066-\u206f\ufeff]|[\u{e0000}-\u{e007f}]/gu

/**
 * A model's text as a terminal may show it: what would move the cursor, give the terminal orders, or reorder or hide text
 * is made visible.
 */
export function terminalText(text: string): string {
  return text
    .replaceAll(/\r(?=\n)/g, '')
    .replaceAll(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '\u{FFFD}')
    .replaceAll(HIDDEN, (char) => (isJoiner(char) ? char : `<U+${codeOf(char)}>`))
}

/** Emoji and several scripts need the zero-width joiners. */
function isJoiner(char: string): boolean {
  return char === '\u200c' || char === '\u200d'
}

function codeOf(char: string): string {
  return (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
}

/** The part of an unfinished text that can be shown: half a line end or half a character waits for the rest. */
export function showable(text: string): string {
  return text.replace(/[\r\ud800-\udbff]$/, '')
}
