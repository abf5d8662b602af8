import { isBlock, parseStream, StreamError } from '@loop-runner/block-format'
import { UsageError } from '@loop-runner/cli-kit'
import type { Attempt, NamedBlock } from '../evidence/evidence.ts'
import { describeAttempts } from './describe-attempts.ts'

/**
 * Reads a history: a block stream, oldest attempt first. A block `iteration`, a line of text, or a block whose role the
 * attempt has already begins the next attempt; the text itself is for people.
 *
 * @param what names it in an error
 * @throws UsageError where a block is never closed
 */
export function readHistory(stream: string, what: string): Attempt[] {
  const attempts: NamedBlock[][] = []
  let blocks: NamedBlock[] = []
  for (const part of parseOrThrow(stream, what)) {
    if (!isBlock(part) || part.name === 'iteration' || blocks.some(({ name }) => name === part.name)) {
      attempts.push(blocks)
      blocks = []
    }
    if (isBlock(part)) blocks.push(part)
  }
  return describeAttempts([...attempts, blocks].filter((attempt) => attempt.length > 0))
}

function parseOrThrow(stream: string, what: string) {
  try {
    return parseStream(stream)
  } catch (error) {
    if (error instanceof StreamError) throw new UsageError(`${what}: ${error.message}`)
    throw error
  }
}
