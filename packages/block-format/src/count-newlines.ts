const NEWLINE = 10
/** A lane of a word counts to 255 before it spills into the next. */
const WORDS_AT_ONCE = 255

/**
 * The newlines in `bytes` from `from` to `to`. Four bytes at a time: counting must not cost more than finding the
 * delimiters does (one byte at a time took as long as all the rest of the scan).
 */
export function countNewlines(bytes: Buffer, from: number, to: number): number {
  // Words have to lie on multiples of four of the underlying memory.
  const start = from + (-(bytes.byteOffset + from) & 3)
  if (to - start < 4) return countBytes(bytes, from, to)
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + start, (to - start) >> 2)
  const end = start + words.length * 4
  return countBytes(bytes, from, start) + countWords(words) + countBytes(bytes, end, to)
}

function countBytes(bytes: Buffer, from: number, to: number): number {
  let count = 0
  for (let at = from; at < to; at++) if (bytes[at] === NEWLINE) count++
  return count
}

/** Adds a 1 to a lane for every byte that is a newline: its difference from one is the only byte that is zero. */
function countWords(words: Int32Array): number {
  let count = 0
  for (let at = 0; at < words.length;) {
    const end = Math.min(words.length, at + WORDS_AT_ONCE)
    let lanes = 0
    for (; at < end; at++) {
      const difference = (words[at] ?? 0) ^ 0x0a0a0a0a
      lanes += (~(((difference & 0x7f7f7f7f) + 0x7f7f7f7f) | difference) >>> 7) & 0x01010101
    }
    count += (lanes & 0xff) + ((lanes >>> 8) & 0xff) + ((lanes >>> 16) & 0xff) + (lanes >>> 24)
  }
  return count
}
