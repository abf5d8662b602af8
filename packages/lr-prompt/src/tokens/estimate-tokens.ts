/** Kinds of characters that a run is made of, and how many of its characters make one token. */
const NEWLINE = 0
const SMALL = 1
const CAPITAL = 2
const DIGIT = 3
const SYMBOL = 4
const SPACE = 5
/** Accents, Greek, Cyrillic, Arabic … */
const FOREIGN = 6
/** Chinese, Korean, halves of emoji … */
const WIDE = 7
const TAB = 8
const PER_TOKEN = [16, 6, 1.5, 2, 3, 16, 2, 1, 16] as const

/**
 * How many tokens a text has for a model, estimated from its characters in one pass. Against o200k: a third too many on
 * the average of source files (1.0 to 1.9 times in 99 of 100), too few only where words are letters without sense (a list
 * of names, a key map, a line of 200,000 letters by chance). The estimates of its lines never come to less than that of the whole.
 */
export function estimateTokens(text: string): number {
  let tokens = 0
  let kind = NEWLINE
  let length = 0
  for (let at = 0; at < text.length; at++) {
    const next = kindOf(text.charCodeAt(at))
    // A capital begins a word, which small letters continue.
    const continues = next === kind || (next === SMALL && kind === CAPITAL && length === 1)
    if (!continues) {
      // A single space belongs to the word or the symbol behind it.
      if (kind !== SPACE || length > 1 || next === NEWLINE || next === DIGIT) tokens += tokensOfRun(kind, length)
      length = 0
    }
    kind = next
    length++
  }
  return tokens + tokensOfRun(kind, length)
}

function tokensOfRun(kind: number, length: number): number {
  return Math.ceil(length / (PER_TOKEN[kind] ?? 1))
}

function kindOf(code: number): number {
  if (code < 128) {
    if (code === 10) return NEWLINE
    if (code === 32) return SPACE
    if (code === 9) return TAB
    if (code >= 97 && code <= 122) return SMALL
    if (code >= 65 && code <= 90) return CAPITAL
    return code >= 48 && code <= 57 ? DIGIT : SYMBOL
  }
  return code < 0x800 ? FOREIGN : WIDE
}
