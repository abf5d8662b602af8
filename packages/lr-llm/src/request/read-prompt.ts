import { type Io, UsageError } from '@loop-runner/cli-kit'

/** How long standard input may be silent before a notice is printed. */
const SILENCE_MS = 2000
/** The operand that means standard input. */
export const STDIN = '-'

/**
 * The prompt: the operands joined by a space, a blank line, standard input exactly; without one of them, the other. An
 * operand `-` is the place of standard input, which is then read even from a terminal.
 *
 * @param isStdinTaken whether standard input is not for the prompt: it is an attachment, or another program's
 * @throws UsageError for standard input that is not text, or that is named twice
 */
export async function readPrompt(operands: readonly string[], io: Io, isStdinTaken = false): Promise<string> {
  const at = operands.indexOf(STDIN)
  const isNamed = at >= 0
  if (operands.indexOf(STDIN, at + 1) > at || (isNamed && isStdinTaken)) {
    throw new UsageError('standard input: it can be read once (name - once, as an operand or with --attach)')
  }
  const before = (isNamed ? operands.slice(0, at) : operands).join(' ')
  const after = isNamed ? operands.slice(at + 1).join(' ') : ''
  if (/\0/.test(before + after)) throw new UsageError('the prompt: it holds a NUL character (remove it)')
  const piped = !isStdinTaken && (isNamed || io.stdin.isPiped) ? await readPiped(io) : ''
  return [before, piped, after].filter((part) => part !== '').join('\n\n')
}

async function readPiped(io: Io): Promise<string> {
  const timer = setTimeout(() => io.progress('waiting for the end of standard input'), SILENCE_MS)
  // While an interrupt has a clean-up, standard input is read in the background, so that the timer gets its turn.
  const forget = io.onInterrupt(() => clearTimeout(timer))
  try {
    return await io.stdin.text()
  } finally {
    forget()
    clearTimeout(timer)
  }
}
