import { MinHeap } from './min-heap.ts'

/** No token of o200k has more bytes. */
const LONGEST_TOKEN = 128
/** A pair that waits is one number: its rank, and behind it the place where it begins. */
const PLACES = 2 ** 32
/** The rank of a pair that is no token. */
const NONE = -1

/**
 * How many tokens byte-pair encoding makes of a word: time and again the neighbours that together are the token of the
 * lowest rank are joined, the first of equals, until no two are one. The pairs wait in a heap, since looking through all
 * of them for each step takes half a minute for a word of 200,000 letters.
 *
 * @param word one character a byte
 */
export function countParts(word: string, ranks: ReadonlyMap<string, number>): number {
  // A part is known by the place where it begins.
  const next = Int32Array.from(word, (_, at) => at + 1)
  const previous = Int32Array.from(word, (_, at) => at - 1)
  const rankOf = new Int32Array(word.length)
  const waiting = new MinHeap()

  /** Looks up the pair of the part at `at` and the one behind it. */
  const rankPair = (at: number): void => {
    const end = next[next[at] ?? word.length] ?? Infinity
    const rank = end - at > LONGEST_TOKEN ? NONE : (ranks.get(word.slice(at, end)) ?? NONE)
    rankOf[at] = rank
    if (rank !== NONE) waiting.push(rank * PLACES + at)
  }

  let parts = word.length
  for (let at = 0; at < word.length; at++) rankPair(at)
  for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
    const at = pair % PLACES
    // If one of them has been joined with another part, it is a different pair.
    if (rankOf[at] !== Math.floor(pair / PLACES)) continue
    const joined = next[at] ?? 0
    const behind = next[joined] ?? 0
    const before = previous[at] ?? NONE
    next[at] = behind
    if (behind < word.length) previous[behind] = at
    rankOf[joined] = NONE
    parts--
    rankPair(at)
    if (before >= 0) rankPair(before)
  }
  return parts
}
