/**
 * Characters that reorder or hide text: bidi controls, soft hyphens, zero-width characters and joiners, separators of lines,
 * fillers, marks of annotations, tags.
 */
export const HIDDEN =
  /[\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu
/** C0 without tab and newline, DEL, C1. */
export const CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g

/**
 * Text of models, checks and files as people may see it, on a terminal or a page: what would move the cursor, give the
 * terminal orders, or reorder or hide text is made visible: ESC as ␛, a right-to-left override as <U+202E>.
 */
export function visibleText(text: string): string {
  return text
    .replaceAll(/\r(?=\n)/g, '')
    .replaceAll(CONTROL, symbolOf)
    .replaceAll(HIDDEN, (char) => (isJoiner(char) ? char : codeOf(char)))
}

/** C0 and DEL have symbols in Unicode. */
function symbolOf(char: string): string {
  const code = char.charCodeAt(0)
  if (code === 0x7f) return '␡'
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : codeOf(char)
}

/** Emoji and several scripts need the zero-width joiners. */
function isJoiner(char: string): boolean {
  return char === '\u200c' || char === '\u200d'
}

function codeOf(char: string): string {
  return `<U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`
}

/** The part of an unfinished text that can be shown: half a line end or half a character waits for the rest. */
export function showable(text: string): string {
  return text.replace(/[\r\ud800-\udbff]$/, '')
}
