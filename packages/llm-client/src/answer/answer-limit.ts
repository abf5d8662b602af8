/** Tokens that an answer may have, as a server that rejects a request for more of them reports it. */
export interface AnswerLimit {
  /** undefined if the server does not report a number. */
  readonly limit: number | undefined
}

const FIELD = String.raw`\`?'?"?(?:max_tokens|max_completion_tokens|max_output_tokens|max_new_tokens|maxOutputTokens|num_predict|maxTokens)\`?'?"?`
const ABOUT_THE_LIMIT = new RegExp(`${FIELD}|completion tokens|in the (completion|output)|for the completion`, 'i')

/** The window, and how much of it the prompt takes. */
const WINDOWS: readonly RegExp[] = [
  /(?<prompt>\d+) \+ \d+ > (?<window>\d+)/,
  /\d+ > (?<window>\d+) - (?<prompt>\d+)/,
  /maximum context length is (?<window>\d+)\D.*?\((?<prompt>\d+) (?:in (?:the|your) (?:messages|prompt)|of text input)/is,
  /maximum context length is (?<window>\d+)\D.*?(?<prompt>\d+) (?:input|prompt) tokens/is,
  /(?:<=|less than or equal to) (?<window>\d+)\. Given: (?<prompt>\d+) `?inputs`? tokens/i,
]
/** The most that the model can write. */
const MAXIMA: readonly RegExp[] = [
  new RegExp(String.raw`${FIELD}: \d+ > (\d+)`, 'i'),
  new RegExp(
    String.raw`${FIELD}.{0,40}too (?:large|high|big).{0,80}?(?:at most|up to|maximum(?: of| is)?|<=?|limit(?: of| is)?)\D{0,3}(\d+)`,
    'is',
  ),
  new RegExp(
    String.raw`${FIELD}.{0,60}(?:less than or equal to|<=|at most|no more than|cannot exceed|must not exceed|exceeds? (?:the )?(?:model |maximum |max |limit )*(?:of |is )?(?:tokens )?|up to|cannot be greater than|maximum(?: value)? (?:of|is|for).{0,20}?)\D{0,40}?(\d+)`,
    'is',
  ),
  new RegExp(String.raw`(?:range|between)[^[\d]{0,40}${FIELD}[^[\d]{0,20}\[?\d+ ?(?:,|and|to|-) ?(\d+)`, 'is'),
  new RegExp(String.raw`${FIELD}.{0,80}(?:range|between)[^[\d]{0,40}\[?\d+ ?(?:,|and|to|-) ?(\d+)`, 'is'),
  /supports? at most (\d+) (?:completion|output) tokens/i,
]

/**
 * Whether a server rejects the limit of tokens for the answer, rather than the prompt: prompt and answer together exceed
 * the window, or the model cannot write so much.
 */
export function findAnswerLimit(words: string): AnswerLimit | undefined {
  if (!ABOUT_THE_LIMIT.test(words)) return undefined
  const plain = words.replaceAll(/(\d),(?=\d{3}\b)/g, '$1')
  for (const pattern of WINDOWS) {
    const { prompt, window } = pattern.exec(plain)?.groups ?? {}
    if (prompt === undefined || window === undefined) continue
    const left = Number(window) - Number(prompt)
    return left > 0 ? { limit: left } : undefined
  }
  for (const pattern of MAXIMA) {
    const maximum = pattern.exec(plain)?.[1]
    if (maximum !== undefined) return { limit: Number(maximum) }
  }
  return new RegExp(`${FIELD}.{0,80}(too (large|high|big)|exceed|greater than|larger than)`, 'is').test(plain)
    ? { limit: undefined }
    : undefined
}
