/** How servers report a prompt that does not fit; there is no common code. */
const SIGNS: readonly RegExp[] = [
  /(prompt|input|inputs?|request|conversation|context|messages?) (is|are|was|were|has become) too (long|large)/i,
  /context[_ -](length|window|size|limit)[_ -](has been |is |was )?exceed/i,
  /exceed_context_size_error|model_context_window_exceeded|max_context_length|tokens_limit_reached|prompt_too_long/i,
  /exceed(s|ed|ing)?( the| this| your| its| available| model| model's| max| maximum| configured| allowed| supported)*( token| input| total)* (context|sequence|prompt|token limit|model token limit)/i,
  /(prompt|input|context|conversation|message|request)( tokens?| length| size| window)*( \(?[\d,]+\)?)*( tokens)? (is |are )?(exceeds?|exceeded|exceeding|larger|longer|greater)( than)?( the| model'?s?| maximum| max| configured| allowed| context| input| token| tokens)* (limit|length|window|size|tokens?|maximum|number)/i,
  /reduce (the|your) (length|size) of (the|your) (messages?|prompt|input)/i,
  /reduce your (message|prompt|input) (size|length)|input or output tokens must be reduced/i,
  /maximum (context|model|prompt|input|sequence) length/i,
  /greater than the context length|longer than the (model'?s )?(maximum )?(context|model|sequence)/i,
  /context (size|length|window) (has been |is |was )?(exceeded|full|exhausted)/i,
  /maximum prompt length is \d+/i,
  /too large for model with \d+/i,
  /token count.{0,60}(exceeds?|only supports up to)/i,
  /context the overflows|context overflow/i,
  /range of input length should be/i,
  /too many (input )?tokens|too many prompt tokens/i,
  /`?inputs`? (tokens \+ `?max_new_tokens`? must be|must have less than)/i,
  /request body too large for .{0,80}max size: [\d,]+ tokens/i,
  /request too large for .{0,200}limit [\d,]+, requested [\d,]+/is,
  /tokens.{0,40}(exceed|greater than|more than|larger than).{0,20}context/i,
  /prompt exceeds max length/i,
]
/** Rate limits and budgets speak of tokens, too. */
const NOT_ABOUT_SIZE =
  /^(?!.*request too large).*(per (second|minute|min|hour|day|month)\b|\bTP[MD]\b|rate.?limit|throttl|please wait|try again (later|in))/is

/** Where the two numbers stand, `prompt` and `limit`; the first that fits counts. */
const NUMBERS: readonly RegExp[] = [
  /(?<prompt>\d+) tokens > (?<limit>\d+)/,
  /(?<prompt>\d+) \+ \d+ > (?<limit>\d+)/,
  /maximum context length is (?<limit>\d+)\D.*?(?:requested|resulted in|contains?|has)\D*?(?<prompt>\d+)/is,
  /request \((?<prompt>\d+) tokens\).*?size \((?<limit>\d+)/i,
  /maximum prompt length is (?<limit>\d+)\D.*?contains (?<prompt>\d+)/i,
  /contains (?<prompt>\d+) tokens.*?model with (?<limit>\d+)/i,
  /token count \(?(?:is |of )?(?<prompt>\d+)\)?.*?(?:allowed|up to|limit of) \(?(?<limit>\d+)/i,
  /first (?<prompt>\d+) tokens.*?context length of only (?<limit>\d+)/is,
  /limit (?<limit>\d+), requested (?<prompt>\d+)/i,
  /\(length (?<prompt>\d+)\).*?maximum model length of (?<limit>\d+)/i,
  /requested tokens \((?<prompt>\d+)\).*?of (?<limit>\d+)/i,
  /too long: (?<prompt>\d+).*?length: (?<limit>\d+)/i,
  /limit: (?<limit>\d+) \(requested: (?<prompt>\d+)/i,
  /limit of (?<limit>\d+).*?resulted in (?<prompt>\d+)/i,
  /(?:less than|<=) (?<limit>\d+)(?: tokens)?\. Given: (?<prompt>\d+)/i,
  /max size: (?<limit>\d+) tokens/i,
  /input length should be \[\d+, ?(?<limit>\d+)\]/i,
  /(?:maximum context length|maximum prompt length|maximum model length) (?:is|of) (?<limit>\d+)/i,
  /model with (?<limit>\d+)/i,
  /limit of (?<limit>\d+)/i,
]

/** Sizes in tokens, if the server reports them. */
export interface Overflow {
  readonly prompt: number | undefined
  readonly limit: number | undefined
}

/** What a server reports about a prompt that is too long for the model; undefined if its words are about something else. */
export function findOverflow(words: string): Overflow | undefined {
  if (NOT_ABOUT_SIZE.test(words) || !SIGNS.some((sign) => sign.test(words))) return undefined
  const plain = words.replaceAll(/(\d),(?=\d{3}\b)/g, '$1')
  for (const pattern of NUMBERS) {
    const groups = pattern.exec(plain)?.groups
    if (groups) return { prompt: toNumber(groups['prompt']), limit: toNumber(groups['limit']) }
  }
  return { prompt: undefined, limit: undefined }
}

function toNumber(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits)
}
