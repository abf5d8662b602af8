import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { nameOfPath, type Part } from '@loop-runner/block-format'
import { findBadByte, reasonOf, UsageError } from '@loop-runner/cli-kit'

/**
 * A file as a block, or, where its bytes have no place in a stream, as a line of text that names it.
 *
 * @param path relative to `cwd`
 * @throws UsageError where it cannot be read or is no regular file
 */
export function readSource(path: string, cwd: string): Part {
  const bytes = readRegularFile(path, cwd)
  const bad = findBadByte(bytes)
  if (!bad) return { name: nameOfPath(path), content: bytes.toString('utf8') }
  const why = bad.kind === 'NUL' ? 'it is binary' : `it is not UTF-8 at byte ${bad.offset}`
  return { text: `${JSON.stringify(path)} is left out: ${why}\n` }
}

/** Opened without waiting, so that a FIFO cannot hang us. */
function readRegularFile(path: string, cwd: string): Buffer {
  let descriptor: number | undefined
  try {
    descriptor = openSync(join(cwd, path), constants.O_RDONLY | constants.O_NONBLOCK)
    if (!fstatSync(descriptor).isFile()) throw new UsageError(`${path}: not a regular file`)
    return readFileSync(descriptor)
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`${path}: ${reasonOf(error)}`)
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}
