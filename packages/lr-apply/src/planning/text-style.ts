import { isUtf8 } from 'node:buffer'

/** How a file spells its text: what a new version has to keep. */
export interface TextStyle {
  readonly hasByteOrderMark: boolean
  /** The end of most lines. */
  readonly lineEnd: '\n' | '\r\n' | '\r'
  /** The lines with their ends, where not all ends are the same; undefined where they are. */
  readonly mixed: readonly Line[] | undefined
  readonly endsWithNewline: boolean
  /** Whether the last line ends with a lone CR: to a stream that is no end at all, and it marks the file so. */
  readonly endsWithReturn: boolean
}

interface Line {
  readonly text: string
  readonly end: string
}

/** A file's text, without byte-order mark, and its style; undefined where the bytes are no text. */
export function readText(bytes: Buffer): { text: string; style: TextStyle } | undefined {
  if (!isUtf8(bytes) || bytes.includes(0)) return undefined
  const whole = bytes.toString('utf8')
  const hasByteOrderMark = whole.startsWith('\ufeff')
  const text = hasByteOrderMark ? whole.slice(1) : whole
  return { text, style: { hasByteOrderMark, endsWithReturn: text.endsWith('\r'), ...readLineEnds(text) } }
}

function readLineEnds(text: string): Omit<TextStyle, 'hasByteOrderMark' | 'endsWithReturn'> {
  const endsWithNewline = /[\r\n]$/.test(text)
  const [feeds, pairs, returns] = [count(text, '\n'), count(text, '\r\n'), count(text, '\r')]
  const [lf, cr] = [feeds - pairs, returns - pairs]
  // A lone CR beside other line ends is a character like any other.
  if (feeds === 0) return { lineEnd: returns > 0 ? '\r' : '\n', mixed: undefined, endsWithNewline }
  const lineEnd = pairs > lf ? '\r\n' : '\n'
  const isMixed = (pairs > 0 && lf > 0) || cr > 0
  return { lineEnd, mixed: isMixed ? splitLines(text) : undefined, endsWithNewline }
}

function count(text: string, what: string): number {
  let found = 0
  for (let at = text.indexOf(what); at >= 0; at = text.indexOf(what, at + what.length)) found++
  return found
}

function splitLines(text: string): Line[] {
  return [...text.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/g)]
    .map(([, line = '', end = '']) => ({ text: line, end }))
    .filter(({ text: line, end }) => line !== '' || end !== '')
}

/** The style of a new file of which nothing else is known. */
export const PLAIN_STYLE: TextStyle = {
  hasByteOrderMark: false,
  lineEnd: '\n',
  mixed: undefined,
  endsWithNewline: true,
  endsWithReturn: false,
}

/**
 * The bytes of a new version in a file's style.
 *
 * @param content its lines, each ended by LF
 * @param endsWithNewline whether the last line has its end
 */
export function writeText(content: string, style: TextStyle, endsWithNewline: boolean): Buffer {
  const body = content.startsWith('\ufeff') ? content.slice(1) : content
  const lines = body.split('\n')
  lines.pop()
  const ends = style.mixed ? mixedEnds(lines, style.mixed, style.lineEnd) : lines.map(() => style.lineEnd)
  const text = lines.map((line, index) => line + (ends[index] ?? '')).join('')
  const last = ends.at(-1) ?? ''
  const cut = endsWithNewline || last === '' ? text : text.slice(0, text.length - last.length)
  return Buffer.from((style.hasByteOrderMark ? '\ufeff' : '') + cut)
}

/** Every line that was there keeps its end: those alike at both ends of the file, then those with the same text. */
function mixedEnds(lines: readonly string[], old: readonly Line[], usual: string): string[] {
  const ends = lines.map((): string | undefined => undefined)
  let from = 0
  while (from < lines.length && from < old.length && lines[from] === old[from]?.text) {
    ends[from] = old[from]?.end
    from++
  }
  let same = 0
  const most = Math.min(lines.length, old.length) - from
  while (same < most && lines[lines.length - 1 - same] === old[old.length - 1 - same]?.text) {
    ends[lines.length - 1 - same] = old[old.length - 1 - same]?.end
    same++
  }
  const byText = new Map(old.slice(from, old.length - same).map(({ text, end }) => [text, end]))
  return lines.map((line, index) => ends[index] || byText.get(line) || usual)
}
