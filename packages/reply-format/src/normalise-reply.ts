import type { Finding } from './reply.ts'

const TAG = String.raw`<\/?(?:think|thinking|thought|reasoning|reflection|scratchpad)>`
const GLUED_BEHIND = new RegExp(String.raw`^(\s*(?:>{4,}|\`{3,}\w*)[ \t]*)(${TAG}.*)$`, 'i')
const GLUED_IN_FRONT = new RegExp(String.raw`^(.*${TAG})[ \t]*((?:<{4,}|\`{3,}).*)$`, 'i')
const INVISIBLE = /^[\ufeff\u200b-\u200d\u2060]+(?=\s*[<>]{3})/

/** A reply as lines without their ends, and what was done to make delimiters readable. */
export interface ReplyLines {
  readonly lines: readonly string[]
  readonly noted: readonly Finding[]
  /** The line of the reply, counted from 1, of a line by its index; they differ where a line was split. */
  readonly lineOf: (index: number) => number
}

/** Splits a reply into lines, whatever its line ends, with every delimiter on a line of its own (D9, D10, D12, D13). */
export function normaliseReply(reply: string): ReplyLines {
  const noted: Finding[] = []
  let text = reply
  if (!hasDelimiter(text, '<<<') && hasDelimiter(text, '&lt;&lt;&lt;&lt;')) {
    text = text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
    noted.push({ code: 'html-escaped', line: 1, message: 'the reply is escaped for HTML: it is taken unescaped' })
  }
  if (text.includes('\r')) {
    noted.push({ code: 'carriage-returns', message: "the reply's line ends are CR LF: the files keep their own" })
    text = text.replaceAll('\r\n', '\n')
    if (!text.includes('\n')) text = text.replaceAll('\r', '\n')
  }
  return splitGlued(text.split('\n'), noted)
}

function hasDelimiter(text: string, delimiter: string): boolean {
  for (let at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, at + 1)) {
    if (at === 0 || /[\n\r \t>\ufeff\u200b]/.test(text[at - 1] ?? '')) return true
  }
  return false
}

function splitGlued(raw: readonly string[], noted: Finding[]): ReplyLines {
  const lines: string[] = []
  const splitAt: number[] = []
  for (const [index, line] of raw.entries()) {
    const code = line.charCodeAt(0)
    const plain = code > 127 && INVISIBLE.test(line) ? line.replace(INVISIBLE, '') : line
    if (plain !== line) {
      const message = 'invisible characters in front of a delimiter are left out'
      noted.push({ code: 'invisible-characters', line: index + 1, message })
    }
    const [, first, second] = line.length < 500 && isNearTag(plain) ? (matchGlued(plain) ?? []) : []
    if (first === undefined || second === undefined) lines.push(plain)
    else {
      lines.push(first, second)
      splitAt.push(lines.length - 1)
      const message = 'a reasoning tag shares a line with a delimiter: they are taken apart'
      noted.push({ code: 'reasoning-glued', line: index + 1, message })
    }
  }
  if (lines.at(-1) === '') lines.pop()
  return { lines, noted, lineOf: (index) => index + 1 - countUpTo(splitAt, index) }
}

function isNearTag(line: string): boolean {
  return line.includes('<') && (line.includes('<<<<') || line.includes('>>>>') || line.includes('```'))
}

function matchGlued(line: string): RegExpExecArray | null {
  return GLUED_BEHIND.exec(line) ?? GLUED_IN_FRONT.exec(line)
}

/** How many of the ascending numbers are at most `limit`. */
function countUpTo(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((numbers[middle] ?? 0) <= limit) low = middle + 1
    else high = middle
  }
  return low
}
