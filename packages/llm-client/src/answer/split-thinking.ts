/** Tags that models put their reasoning in, with the end of each. */
const TAGS: readonly (readonly [string, string])[] = [
  ['<think>', '</think>'],
  ['<thinking>', '</thinking>'],
  ['<thought>', '</thought>'],
  ['<reasoning>', '</reasoning>'],
  ['<seed:think>', '</seed:think>'],
  ['[THINK]', '[/THINK]'],
  ['\u25c1think\u25b7', '\u25c1/think\u25b7'],
]
/** Tags after this line belong to code or a file. */
const CODE = /^ {0,3}(<<<<|```|~~~)/m
const OPENS = TAGS.map(([open]) => escape(open)).join('|')
const OPEN_AT_LINE = new RegExp(String.raw`^[ \t]*(${OPENS})`, 'm')
/** An end without a beginning, alone at the start or the end of a line: some templates begin the reasoning themselves. */
const LOST_END = new RegExp(
  TAGS.map(([, close]) => String.raw`^[ \t]*${escape(close)}|(?<!['"\x60])${escape(close)}[ \t]*$`).join('|'),
  'm',
)

/** An answer, and the reasoning that was in its text. */
export interface Thinking {
  readonly reasoning: string
  readonly text: string
}

/**
 * Takes reasoning out of an answer's text, as some servers leave it in: every block of it that begins a line before any
 * code, and what comes before an end without a beginning. Reasoning without an end leaves no text. All else is the answer.
 */
export function splitThinking(text: string): Thinking {
  const reasoning: string[] = []
  let rest = text
  for (;;) {
    const block = takeBlock(rest)
    if (!block) break
    if (block.rest === undefined && (reasoning.length > 0 || block.head.trim() !== '')) break
    reasoning.push(block.reasoning)
    rest = block.rest ?? ''
  }
  const lost = takeLostEnd(rest)
  const parts = [...reasoning, lost.reasoning].filter((part) => part !== '')
  return { reasoning: parts.join('\n'), text: lost.text }
}

/** An end without a beginning counts only if an answer follows it. */
function takeLostEnd(text: string): Thinking {
  const lost = LOST_END.exec(text)
  const code = CODE.exec(text)?.index ?? Infinity
  const end = lost ? lost.index + lost[0].length : 0
  if (!lost || lost.index > code || text.slice(end).trim() === '') return { reasoning: '', text }
  return { reasoning: text.slice(0, lost.index), text: afterTag(text, end) }
}

interface Block {
  readonly head: string
  readonly reasoning: string
  /** The text around the block; undefined if the block has no end. */
  readonly rest: string | undefined
}

function takeBlock(text: string): Block | undefined {
  const found = OPEN_AT_LINE.exec(text)
  const code = CODE.exec(text)?.index ?? Infinity
  if (!found || found.index > code) return undefined
  const start = found.index + found[0].length
  const close = TAGS.find(([open]) => open === found[1])?.[1] ?? ''
  const end = text.indexOf(close, start)
  const head = text.slice(0, found.index)
  if (end < 0) return { head, reasoning: text.slice(start), rest: undefined }
  const tail = afterTag(text, end + close.length)
  return { head, reasoning: text.slice(start, end), rest: head.trim() === '' ? tail : head + tail }
}

/** What follows a tag; the empty lines after it belong to the reasoning. */
function afterTag(text: string, at: number): string {
  return text.slice(at).replace(/^\s*(\n|$)/, '')
}

/**
 * The part of an unfinished answer that is certainly not reasoning. It only grows, unless an end of reasoning without a
 * beginning comes. What may become a tag, and blanks whose fate it decides, wait for the rest.
 */
export function visiblePart(text: string): string {
  const { text: shown } = splitThinking(text)
  const code = CODE.exec(shown)?.index ?? Infinity
  const open = OPEN_AT_LINE.exec(shown)?.index ?? Infinity
  const line = shown.lastIndexOf('\n') + 1
  const last = shown.slice(line).trim()
  const mayBeTag = line < code && TAGS.some(([tag]) => tag.startsWith(last))
  const visible = open < code ? shown.slice(0, open) : mayBeTag ? shown.slice(0, line) : shown
  return visible.trim() === '' ? '' : visible
}

function escape(text: string): string {
  return text.replaceAll(/[[\]/]/g, String.raw`\$&`)
}
