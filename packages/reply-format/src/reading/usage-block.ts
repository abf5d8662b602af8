const OPENER = '<<<< usage <<<<\n'
const TAIL = /^(\{[^\n]*\}\n)>{8,}[ \t]*\s*$/
const CUT = new Set(['length', 'max_tokens', 'max_output_tokens', 'incomplete', 'model_context_window_exceeded'])

/** Takes the `usage` block that `lr-llm --usage` appends off the end of a reply, whatever stands open before it. */
export function splitUsage(reply: string): { text: string; usage: string | undefined } {
  const at = reply.lastIndexOf(OPENER)
  if (at < 0 || (at > 0 && reply[at - 1] !== '\n')) return { text: reply, usage: undefined }
  const [, usage = ''] = TAIL.exec(reply.slice(at + OPENER.length)) ?? []
  return isUsage(usage) ? { text: reply.slice(0, at), usage } : { text: reply, usage: undefined }
}

/** Whether a block's content is what lr-llm says about a call: one JSON object. */
export function isUsage(content: string): boolean {
  try {
    const value: unknown = JSON.parse(content)
    return typeof value === 'object' && value !== null
  } catch {
    return false
  }
}

/**
 * Whether the provider says that the answer was cut off (D50).
 *
 * @param usage what isUsage lets through
 */
export function saysCutOff(usage: string): boolean {
  const keys = Object.entries(JSON.parse(usage) as object)
  return keys.some(([key, value]) => /stop|finish/i.test(key) && typeof value === 'string' && CUT.has(value))
}
