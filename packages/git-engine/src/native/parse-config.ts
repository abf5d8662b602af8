/** One setting of a configuration file, in the order of the file. */
export interface ConfigEntry {
  /** `section.name` in lower case, a subsection between them as it is written. */
  readonly key: string
  /** `'true'` for a key without a value. */
  readonly value: string
}

/** A configuration file that git would not read either. `line` counts from 1. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const SECTION = /^\[\s*([A-Za-z0-9.-]+)\s*(?:"((?:[^"\\\n]|\\.)*)")?\s*\]/
const NAME = /^[A-Za-z][A-Za-z0-9-]*/
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', b: '\b', '"': '"', '\\': '\\' }

/**
 * Reads a file in git's configuration format.
 *
 * @throws ConfigError naming the line that is not of it
 */
export function parseConfig(text: string): ConfigEntry[] {
  const entries: ConfigEntry[] = []
  let section = ''
  for (let at = text.startsWith('\ufeff') ? 1 : 0; at < text.length;) {
    const rest = text.slice(at, endOfLine(text, at))
    const blank = /^[\s]*(?:[#;].*)?/.exec(rest)?.[0].length ?? 0
    if (blank === rest.length) {
      at += rest.length + 1
      continue
    }
    at += /^\s*/.exec(rest)?.[0].length ?? 0
    const line = text.slice(at, endOfLine(text, at))
    const header = SECTION.exec(line)
    if (header) {
      section = sectionKey(header)
      at += header[0].length
      continue
    }
    const name = NAME.exec(line)?.[0]
    if (name === undefined) throw new ConfigError(`line ${lineOf(text, at)} is not a setting`)
    const { value, end } = readValue(text, at + name.length)
    entries.push({ key: (section === '' ? '' : `${section}.`) + name.toLowerCase(), value })
    at = end
  }
  return entries
}

/** The old spelling `[section.sub]` is lower-cased whole. */
function sectionKey([, name = '', sub]: RegExpExecArray): string {
  if (sub === undefined) return name.toLowerCase()
  return `${name.toLowerCase()}.${sub.replaceAll(/\\(.)/g, '$1')}`
}

/** What follows a name: nothing, or `=` and a value. */
function readValue(text: string, from: number): { value: string; end: number } {
  const at = from + (/^[ \t]*/.exec(text.slice(from, endOfLine(text, from)))?.[0].length ?? 0)
  if (text[at] === '=') return readWritten(text, at + 1)
  const end = endOfLine(text, at)
  if (!/^\r?$/.test(text.slice(at, end))) throw new ConfigError(`line ${lineOf(text, at)} is not a setting`)
  return { value: 'true', end: end + 1 }
}

/** A piece of a value: the end of its line, a line that goes on, an escape, a quote, blanks, a comment's sign, or text. */
const PIECE = /\r?\n|\\\r?\n|\\[^]|"|[^\S\r\n]+|\r|[#;]|[^\\"\s#;]+|\\/y

/** Reads a value: blanks at its ends and comments do not count outside quotes; a backslash at a line's end goes on. */
function readWritten(text: string, from: number): { value: string; end: number } {
  let value = ''
  let kept = 0
  let quoted = false
  PIECE.lastIndex = from
  for (let piece = next(text); piece !== ''; piece = next(text)) {
    if (/^\r?\n$/.test(piece)) break
    if (/^\\\r?\n$/.test(piece)) continue
    if (piece === '"') quoted = !quoted
    else if (!quoted && /^[#;]/.test(piece)) {
      PIECE.lastIndex = endOfLine(text, PIECE.lastIndex)
      continue
    } else value += unescape(piece, text)
    if (quoted || /\S/.test(piece)) kept = value.length
    if (kept === 0) value = ''
  }
  if (quoted) throw new ConfigError(`line ${lineOf(text, from)} has an unclosed quote`)
  return { value: value.slice(0, kept), end: PIECE.lastIndex || text.length }
}

function next(text: string): string {
  return PIECE.exec(text)?.[0] ?? ''
}

function unescape(piece: string, text: string): string {
  if (!piece.startsWith('\\')) return piece
  const escaped = ESCAPES[piece.slice(1)]
  if (escaped === undefined) throw new ConfigError(`line ${lineOf(text, PIECE.lastIndex - 1)} has an unknown escape`)
  return escaped
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

function lineOf(text: string, at: number): number {
  return text.slice(0, at).split('\n').length
}
