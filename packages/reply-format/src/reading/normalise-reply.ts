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

/** What the chat templates of models put behind an answer, where a server leaves it in. */
const END_TOKENS =
  /(?:\s*(?:<\|(?:im_end|eot_id|eom_id|end|end_of_text|endoftext|end_of_turn|return|eos)\|>|<｜end▁of▁sentence｜>|<\/s>|<end_of_turn>))+\s*$/
const LONGEST_MARKS = 200
/** What the template of gpt-oss puts before the answer: its reasoning, and marks. */
const CHANNELS = /^\s*<\|(?:start|channel)\|>[^]*?<\|channel\|>final[^\n<]*(?:<\|constrain\|>[^\n<]*)?<\|message\|>/

/**
 * Gives a reply one kind of line ends, undoes escapes for HTML (D10, D13), and takes off the marks of a chat template.
 */
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
  return { text: withoutTokens(text), noted }
}

/** The marks at the end are short, and a reply may be long. */
function withoutTokens(text: string): string {
  const answer = text.replace(CHANNELS, '')
  const from = Math.max(0, answer.length - LONGEST_MARKS)
  const [marks = ''] = END_TOKENS.exec(answer.slice(from)) ?? []
  // It may close an element of HTML.
  if (marks === '' || (marks.includes('</s>') && /<s[\s>]/.test(answer))) return answer
  return `${answer.slice(0, answer.length - marks.length)}\n`
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
