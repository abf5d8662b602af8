import { type Io, UsageError } from '@loop-runner/cli-kit'

/** How long standard input may be silent before somebody is told what is waited for. */
const SILENCE_MS = 2000

/**
 * The prompt: the operands joined by a space, a blank line, standard input exactly; without one of them, the other.
 * A terminal is not read.
 *
 * @throws UsageError for standard input that is no text
 */
export async function readPrompt(operands: readonly string[], io: Io): Promise<string> {
  const words = operands.join(' ')
  if (words.includes('\0')) throw new UsageError('the prompt: NUL has no place in a prompt')
  const piped = io.stdin.isPiped ? await readPiped(io) : ''
  if (words === '' || piped === '') return words + piped
  return `${words}\n\n${piped}`
}

async function readPiped(io: Io): Promise<string> {
  const timer = setTimeout(() => io.progress('waiting for the end of standard input'), SILENCE_MS)
  // What has something to clean up is read in the background, so that the timer gets its turn.
  const forget = io.onInterrupt(() => clearTimeout(timer))
  try {
    return await io.stdin.text()
  } finally {
    forget()
    clearTimeout(timer)
  }
}
