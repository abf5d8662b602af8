import { constants, readFileSync } from 'node:fs'
import { nameOfPath, type Part } from '@loop-runner/block-format'
import { findBadByte, reasonOf, UsageError } from '@loop-runner/cli-kit'

/**
 * Without waiting, so that a FIFO that has taken the file's place cannot hang us. Node takes flags as a number wherever it
 * takes them as a word; its types do not know for reading whole files.
 */
const READ = (constants.O_RDONLY | constants.O_NONBLOCK) as unknown as string

/**
 * A file as a block, or, where its bytes have no place in a stream, as a line of text that names it.
 *
 * @param path of a regular file, relative to `cwd`
 * @throws UsageError where it cannot be read
 */
export function readSource(path: string, cwd: string): Part {
  // As text, since Node opens, reads and closes a file in one call then: half the time where there are thousands.
  const content = readOrThrow(path, () => readFileSync(`${cwd}/${path}`, { encoding: 'utf8', flag: READ }))
  // Bytes that are not UTF-8 are read as U+FFFD, which a text may also hold itself.
  if (!content.includes('\0') && !content.includes('\uFFFD')) return { name: nameOfPath(path), content }
  const bad = findBadByte(readOrThrow(path, () => readFileSync(`${cwd}/${path}`, { flag: READ })))
  if (!bad) return { name: nameOfPath(path), content }
  const why = bad.kind === 'NUL' ? 'it is binary' : `it is not UTF-8 at byte ${bad.offset}`
  return leaveOut(path, why)
}

/** A line in the place of a file. */
export function leaveOut(path: string, why: string): Part {
  return { text: `${JSON.stringify(path)} is left out: ${why}\n` }
}

function readOrThrow<T>(path: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new UsageError(`${path}: ${reasonOf(error)}`)
  }
}
