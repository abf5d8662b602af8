const NAMES = 'think|thinking|thought|reasoning|reflection|scratchpad'
/** A fence may be glued to it. */
const OPEN = new RegExp(`^\\s*(?:\`{3,}\\w*\\s*)?<(?:${NAMES})>`, 'i')
const CLOSE_AT_EDGE = new RegExp(`^\\s*</(?:${NAMES})>|^[^\`]*</(?:${NAMES})>\\s*$`, 'i')
const UP_TO_CLOSE = new RegExp(`</(?:${NAMES})>`, 'i')

/** Whether reasoning begins with this line. In the middle of a line the tag is a word like any other. */
export function opensReasoning(line: string): boolean {
  return OPEN.test(line)
}

/** Whether reasoning, whose beginning is not shown, ends with this line. */
export function closesReasoning(line: string): boolean {
  return CLOSE_AT_EDGE.test(line)
}

/** What a line holds behind the tag that ends reasoning; undefined where it has none. */
export function restAfterReasoning(line: string): string | undefined {
  const match = UP_TO_CLOSE.exec(line)
  return match ? line.slice(match.index + match[0].length) : undefined
}

const BEHIND_CLOSER = new RegExp(`^(>+)[ \\t]*(</?(?:${NAMES})>.*)$`, 'i')

/** A closer and the reasoning tag that is glued to it (D9). */
export function splitGluedTag(line: string): { closer: string; rest: string } | undefined {
  const [, closer, rest] = BEHIND_CLOSER.exec(line) ?? []
  return closer === undefined || rest === undefined ? undefined : { closer, rest }
}
