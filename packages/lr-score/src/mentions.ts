import { UsageError } from '@loop-runner/cli-kit'
import type { Evaluate } from './evaluator.ts'

/** Shorter words, such as "the", say little; they count only in a phrase that has no others, and then have no endings. */
const TELLING_LETTERS = 4
const WORD = /[\p{L}\p{M}\p{N}_]+/gu
/** Scripts that put no blanks between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/**
 * The share of phrases that a text mentions; undefined for an empty list. A phrase is mentioned when all of its
 * telling words occur, or words that begin with them ("deadlines" for "deadline"), in any order and whatever their case.
 * Half of them, anywhere inside of words, would do in loopllm: there "pytest: 3 failed, 12 passed" mentions "tests pass".
 *
 * @throws UsageError for a phrase without a word
 */
export function mentionsEvaluator(phrases: readonly string[]): Evaluate | undefined {
  if (phrases.length === 0) return undefined
  const wanted = phrases.map((phrase) => ({ phrase, words: tellingWords(phrase) }))
  return ({ text }) => {
    const normal = normalise(text)
    const present = [...new Set(normal.match(WORD))]
    const occurs = (word: string) => {
      if (UNSPACED.test(word)) return normal.includes(word)
      return present.some((one) => (word.length < TELLING_LETTERS ? one === word : one.startsWith(word)))
    }
    const deficiencies = wanted.flatMap(({ phrase, words }) => {
      const missing = words.filter((word) => !occurs(word))
      if (missing.length === 0) return []
      return [`"${phrase}" is not mentioned${missing.length < words.length ? ` (missing: ${missing.join(', ')})` : ''}`]
    })
    return { score: (wanted.length - deficiencies.length) / wanted.length, deficiencies }
  }
}

function tellingWords(phrase: string): string[] {
  const words = [...new Set(normalise(phrase).match(WORD))]
  if (words.length === 0) throw new UsageError(`--mention "${phrase}": contains no word`)
  const telling = words.filter((word) => word.length >= TELLING_LETTERS || UNSPACED.test(word))
  return telling.length === 0 ? words : telling
}

/** Letters that look the same are the same: case, and accents however they are encoded. */
function normalise(text: string): string {
  return text.normalize('NFC').toLowerCase()
}
