import { redrawLines } from './redraw-lines.ts'

/** Colours, cursor movements, titles and links (ECMA-48). A string that is never ended is not taken for one. */
const ESCAPE_SEQUENCE = /\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]+[0-~]|[0-Z\\^-~])/g
/** To the first column: what is written there next stands in the place of what stood there. */
const TO_LINE_START = /\x1b\[1?G/g
const OVERSTRUCK = /[^\n\b]\x08/g
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f]/g

/** Bytes that a process printed as text that can stand in a stream: invalid UTF-8 becomes U+FFFD, NUL a visible escape. */
export function decodeOutput(bytes: Buffer): string {
  return bytes.toString('utf8').replace(/\0+/g, spellNuls)
}

function spellNuls({ length }: string): string {
  return length <= 8 ? '\\x00'.repeat(length) : `\\x00[… ${length - 1} more …]`
}

/** What a person would read on a terminal in the end: no colours, of a progress line its last state. */
export function plainText(text: string): string {
  let plain = redrawLines(text).replace(TO_LINE_START, '\r').replace(ESCAPE_SEQUENCE, '')
  if (plain.includes('\r')) plain = plain.split('\n').map(lastState).join('\n')
  if (plain.includes('\b')) plain = plain.replace(OVERSTRUCK, '')
  return plain.replace(CONTROL, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`)
}

function lastState(line: string): string {
  const states = line.replace(/\r+$/, '').split('\r')
  return states.findLast((state) => state.trim() !== '') ?? ''
}
