import type { Finding } from '../reply.ts'

/** A reply whose lines are ended by LF, and what was done to it for that. */
export interface NormalReply {
  readonly text: string
  readonly noted: readonly Finding[]
}

/** The ampersand last: it may itself be in front of an escape's name. */
const ESCAPES = [
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&amp;', '&'],
] as const

/** Gives a reply one kind of line ends, and undoes escapes for HTML (D10, D13). */
export function normaliseReply(reply: string): NormalReply {
  const noted: Finding[] = []
  let text = reply
  if (!hasDelimiter(text, '<<<') && hasDelimiter(text, '&lt;&lt;&lt;&lt;')) {
    text = unescapeHtml(text)
    noted.push({ code: 'html-escaped', line: 1, message: 'the reply is escaped for HTML: it is taken unescaped' })
  }
  if (text.includes('\r')) {
    noted.push({ code: 'carriage-returns', message: "the reply's line ends are CR LF: the files keep their own" })
    text = text.replaceAll(/(?<!\r)\r+(?=\n|$)/g, '')
    if (!text.includes('\n')) text = replaceEach(text, '\r', '\n')
  }
  return { text, noted }
}

/** A text with the signs that its escapes for HTML mean. */
export function unescapeHtml(text: string): string {
  return ESCAPES.reduce((escaped, [from, to]) => replaceEach(escaped, from, to), text)
}

/** As `replaceAll`, which takes several times the time and the memory where it finds millions of places. */
function replaceEach(text: string, from: string, to: string): string {
  return text.split(from).join(to)
}

function hasDelimiter(text: string, delimiter: string): boolean {
  for (let at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, at + 1)) {
    if (at === 0 || /[\n\r \t>\ufeff\u200b]/.test(text.charAt(at - 1))) return true
  }
  return false
}

const INVISIBLE = /^[\ufeff\u200b-\u200d\u2060]+/

/** A line without the invisible characters in front of a delimiter (D12); undefined if it has no such characters. */
export function withoutInvisible(line: string): string | undefined {
  if (!(line.charCodeAt(0) > 127)) return undefined
  const plain = line.replace(INVISIBLE, '')
  return plain !== line && /^\s*[<>]{3}/.test(plain) ? plain : undefined
}
