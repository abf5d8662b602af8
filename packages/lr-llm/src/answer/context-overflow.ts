/** How servers say that a prompt does not fit; there is no common code (research/llm-cli.md 3.3). */
const SIGNS: readonly RegExp[] = [
  /prompt is too long/i,
  /context_length_exceeded/,
  /exceed_context_size_error/,
  /model_context_window_exceeded/,
  /exceeds? the (available )?context (window|size)/i,
  /reduce the length of the messages/i,
  /maximum context length/i,
  /exceed(s|ed)? (the |max(imum)? )*context (length|limit|size|window)/i,
  /greater than the context length/i,
  /maximum prompt length is \d+/i,
  /too large for model with \d+/i,
  /input token count.{0,40}exceeds the maximum/i,
  /context the overflows/i,
]

/** Where the two numbers stand, `prompt` and `limit`; the first that fits counts. */
const NUMBERS: readonly RegExp[] = [
  /(?<prompt>\d+) tokens > (?<limit>\d+)/,
  /(?<prompt>\d+) \+ \d+ > (?<limit>\d+)/,
  /maximum context length is (?<limit>\d+)\D.*?(?:requested|resulted in|contains?|has)\D*?(?<prompt>\d+)/is,
  /request \((?<prompt>\d+) tokens\).*?size \((?<limit>\d+)/i,
  /maximum prompt length is (?<limit>\d+)\D.*?contains (?<prompt>\d+)/i,
  /contains (?<prompt>\d+) tokens.*?model with (?<limit>\d+)/i,
  /token count \((?<prompt>\d+)\).*?allowed \(?(?<limit>\d+)/i,
  /first (?<prompt>\d+) tokens.*?context length of only (?<limit>\d+)/is,
  /(?:maximum context length|maximum prompt length) is (?<limit>\d+)/i,
  /model with (?<limit>\d+)/i,
]

/** Sizes in tokens, where the server gives them. */
export interface Overflow {
  readonly prompt: number | undefined
  readonly limit: number | undefined
}

/** What a server's words say about a prompt that is too long for the model; undefined where they are about something else. */
export function findOverflow(words: string): Overflow | undefined {
  if (!SIGNS.some((sign) => sign.test(words))) return undefined
  for (const pattern of NUMBERS) {
    const groups = pattern.exec(words)?.groups
    if (groups) return { prompt: toNumber(groups['prompt']), limit: toNumber(groups['limit']) }
  }
  return { prompt: undefined, limit: undefined }
}

function toNumber(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits)
}
