import { readFileSync } from 'node:fs'
import { isBlock, parseStream, StreamError, writeBlock } from '@loop-runner/block-format'
import { errorCode, reasonOf, UsageError } from '@loop-runner/cli-kit'
import type { Message } from '@loop-runner/llm-client'

/**
 * A conversation as a stream of `user` and `assistant` blocks; a file that is not there is one that has not begun.
 *
 * @throws UsageError for a file that cannot be read, or is no such stream
 */
export function readHistory(path: string): Message[] {
  try {
    return parseStream(readFileSync(path, 'utf8')).flatMap((part) => {
      if (!isBlock(part) || (part.name !== 'user' && part.name !== 'assistant')) return []
      return [{ role: part.name, text: part.content }]
    })
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return []
    throw new UsageError(`${path}: ${error instanceof StreamError ? error.message : reasonOf(error)}`)
  }
}

/** A question and its answer, as they are added to a conversation. */
export function writeTurn(prompt: string, answer: string): string {
  return writeBlock({ name: 'user', content: prompt }) + writeBlock({ name: 'assistant', content: answer })
}
