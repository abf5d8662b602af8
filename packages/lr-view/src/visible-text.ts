/** Characters that change how text around them is shown: bidi controls, zero-width characters, line and paragraph separators. */
const INVISIBLE = /[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g
/** C0 without tab and newline, DEL, C1. */
const CONTROL = /[\0-\x08\x0b-\x1f\x7f-\x9f]/g

/** Text of models, checks and files with its control characters as symbols: ESC as ␛, a right-to-left override as ⟨U+202E⟩. */
export function visibleText(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll(CONTROL, (char) => {
      const code = char.charCodeAt(0)
      return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '␡' : codePoint(code)
    })
    .replaceAll(INVISIBLE, (char) => codePoint(char.charCodeAt(0)))
}

function codePoint(code: number): string {
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`
}
