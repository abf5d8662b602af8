import { appendFileSync, readFileSync } from 'node:fs'
import { isBlock, parseStream, StreamError, writeBlock } from '@loop-runner/block-format'
import { CommandError, errorCode, ExitStatus, reasonOf, UsageError } from '@loop-runner/cli-kit'
import type { Message } from './chat-request.ts'

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

/** Adds a question and its answer, in one write. */
export function appendHistory(path: string, prompt: string, answer: string): void {
  const turn = writeBlock({ name: 'user', content: prompt }) + writeBlock({ name: 'assistant', content: answer })
  try {
    appendFileSync(path, turn, { mode: 0o600 })
  } catch (error) {
    throw new CommandError(ExitStatus.Failed, `${path}: ${reasonOf(error)}`)
  }
}
