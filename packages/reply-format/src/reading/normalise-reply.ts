import type { Finding } from '../reply.ts'

/** A reply as lines without their ends, and what was done to it for that. */
export interface ReplyLines {
  readonly lines: readonly string[]
  readonly noted: readonly Finding[]
}

/** Splits a reply into lines, whatever its line ends, and undoes escapes for HTML (D10, D13). */
export function normaliseReply(reply: string): ReplyLines {
  const noted: Finding[] = []
  let text = reply
  if (!hasDelimiter(text, '<<<') && hasDelimiter(text, '&lt;&lt;&lt;&lt;')) {
    text = text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
    noted.push({ code: 'html-escaped', line: 1, message: 'the reply is escaped for HTML: it is taken unescaped' })
  }
  if (text.includes('\r')) {
    noted.push({ code: 'carriage-returns', message: "the reply's line ends are CR LF: the files keep their own" })
    text = text.replaceAll(/(?<!\r)\r+(?=\n|$)/g, '')
    if (!text.includes('\n')) text = text.replaceAll('\r', '\n')
  }
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return { lines, noted }
}

function hasDelimiter(text: string, delimiter: string): boolean {
  for (let at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, at + 1)) {
    if (at === 0 || /[\n\r \t>\ufeff\u200b]/.test(text.charAt(at - 1))) return true
  }
  return false
}

const INVISIBLE = /^[\ufeff\u200b-\u200d\u2060]+/

/** A line without the invisible characters in front of a delimiter (D12); undefined where there are none. */
export function withoutInvisible(line: string): string | undefined {
  if (!(line.charCodeAt(0) > 127)) return undefined
  const plain = line.replace(INVISIBLE, '')
  return plain !== line && /^\s*[<>]{3}/.test(plain) ? plain : undefined
}
