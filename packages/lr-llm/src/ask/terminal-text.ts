/** A model's text as a terminal may show it: what would move the cursor or give the terminal orders is made visible. */
export function terminalText(text: string): string {
  return text.replaceAll(/\r(?=\n)/g, '').replaceAll(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '\u{FFFD}')
}

/** What of a text that goes on can be shown by now: half a line end or half a character waits for the rest. */
export function showable(text: string): string {
  return text.replace(/[\r\ud800-\udbff]$/, '')
}
