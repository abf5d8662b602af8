const OPEN = '<think>'
const CLOSE = '</think>'

/** An answer whose thoughts stand in the text itself, taken apart. */
export interface Thinking {
  readonly reasoning: string
  readonly text: string
}

/**
 * Takes thoughts off the start of an answer: some servers leave them in the text. A lost `<think>` is tolerated where
 * `</think>` stands alone on a line before anything that looks like code or a block; thoughts without an end leave no
 * text. Everywhere else the words are the answer's own (research/llm-cli.md 3.1).
 */
export function splitThinking(text: string): Thinking {
  const start = text.trimStart()
  if (start.startsWith(OPEN)) {
    const close = start.indexOf(CLOSE)
    if (close < 0) return { reasoning: start.slice(OPEN.length), text: '' }
    return { reasoning: start.slice(OPEN.length, close), text: behind(start, close) }
  }
  const close = text.search(/^<\/think>[ \t]*$/m)
  if (close < 0 || /^(<<<<|```|~~~)/m.test(text.slice(0, close))) return { reasoning: '', text }
  return { reasoning: text.slice(0, close), text: behind(text, close) }
}

/** The part of an unfinished answer that is certainly no thought. */
export function visibleText(text: string): string {
  const start = text.trimStart()
  if (start.length < OPEN.length && OPEN.startsWith(start)) return ''
  return start.startsWith(OPEN) ? splitThinking(start).text : text
}

/** What follows the close; the empty lines after it belong to the thoughts. */
function behind(text: string, close: number): string {
  return text.slice(close + CLOSE.length).replace(/^\s*\n/, '')
}
