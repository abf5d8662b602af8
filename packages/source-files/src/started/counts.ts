import { basename, dirname } from 'node:path'
import type { ShellCommand } from './shell-text.ts'

/** Programs that only pass on what they read. */
const PASSES_ON = /^(?:tee|cat|head|tail|less|more|ts|nl|tap-[\w-]+|faucet|pino-pretty)$/
/** Commands of a shell that a file read in does not redefine. */
const BUILT_IN = /^(?:exit|return|set|cd|pushd|popd|echo|printf|true|false|:|export|unset|shift|wait|umask|ulimit)$/
/** Programs that print their arguments. */
const PRINTS = /^(?:echo|printf|cat|tee)$/

/**
 * Whether the exit code of a command decides what its text comes to, and not what it printed.
 *
 * @param later the commands after it
 */
export function counts(command: ShellCommand, later: readonly ShellCommand[]): boolean {
  const { words, output, isSubstituted, takenBy } = command
  if (isComparedBySink(command)) return false
  if (isSubstituted) return takenBy !== undefined && !isUsed(takenBy, later)
  const isRead = (word: string | undefined) =>
    word !== undefined && output !== undefined && basename(word) === basename(output)
  if (output !== undefined && later.some((other) => [...other.words, other.input].some(isRead))) return false
  // Functions of a file that is read in are what the commands after it test.
  if (words[0] !== 'source' && words[0] !== '.') return true
  return later.every(
    (other) =>
      BUILT_IN.test(other.words[0] ?? '') || other.words.some((word) => dirname(word) !== '.' || /\.\w+$/.test(word)),
  )
}

function isComparedBySink({ sink }: ShellCommand): boolean {
  return sink !== undefined && !PASSES_ON.test(basename(sink.words[0] ?? ''))
}

/** Whether a command does more with a variable than to print it. */
function isUsed(variable: string, later: readonly ShellCommand[]): boolean {
  return later.some(
    (other) => other.uses.has(variable) && (!PRINTS.test(other.words[0] ?? '') || isComparedBySink(other)),
  )
}
