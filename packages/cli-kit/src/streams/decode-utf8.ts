import { isUtf8 } from 'node:buffer'
import { UsageError } from '../command-error.ts'

/**
 * The text that bytes spell; a byte-order mark stays.
 *
 * @throws UsageError with the offset of the first byte that has no place in a stream: not UTF-8, or NUL
 */
export function decodeUtf8(bytes: Buffer, what: string): string {
  const problem = findBadByte(bytes)
  if (problem)
    throw new UsageError(`${what}: byte ${problem.offset} is ${problem.kind} (a stream is UTF-8 text without NUL)`)
  return bytes.toString('utf8')
}

/** The first byte that has no place in a stream; offsets count from 0. */
export function findBadByte(bytes: Buffer): { offset: number; kind: 'NUL' | 'not UTF-8' } | undefined {
  const nul = bytes.indexOf(0)
  if (isUtf8(bytes)) return nul < 0 ? undefined : { offset: nul, kind: 'NUL' }
  const bad = firstInvalid(bytes)
  return nul >= 0 && nul < bad ? { offset: nul, kind: 'NUL' } : { offset: bad, kind: 'not UTF-8' }
}

/** By bisection: the longest valid prefix ends where the first invalid sequence begins. */
function firstInvalid(bytes: Buffer): number {
  let [valid, invalid] = [0, bytes.length]
  while (invalid - valid > 4) {
    const middle = startOfCharacter(bytes, (valid + invalid) >> 1)
    if (middle <= valid) break
    if (isUtf8(bytes.subarray(valid, middle))) valid = middle
    else invalid = middle
  }
  while (valid < bytes.length) {
    const length = characterLength(bytes, valid)
    if (length === 0) return valid
    valid += length
  }
  return valid
}

/** The start of the character that the byte at `offset` belongs to, if it is well formed. */
export function startOfCharacter(bytes: Buffer, offset: number): number {
  let at = offset
  while (at > 0 && offset - at < 3 && ((bytes[at] ?? 0) & 0xc0) === 0x80) at--
  return at
}

function characterLength(bytes: Buffer, at: number): number {
  for (const length of [1, 2, 3, 4]) {
    if (at + length <= bytes.length && isUtf8(bytes.subarray(at, at + length))) return length
  }
  return 0
}
