import { decodeUtf8, INTERRUPTED, type Io } from '@loop-runner/cli-kit'

const PROMPT = '> '
const CONTINUED = '. '
/** A line with this alone begins and ends a message of several lines. */
const QUOTES = '"""'
const HINT = 'Ctrl-D or /quit ends the conversation'

type ReadLine = (prompt: string) => Promise<string | typeof INTERRUPTED | undefined>

/**
 * The messages of the user: one per line, or several lines between two lines of `"""`; on a terminal also what was pasted
 * at once.
 *
 * @param recalled messages that the arrow keys bring back
 */
export async function* readMessages(recalled: readonly string[], io: Io): AsyncGenerator<string> {
  const readLine = io.stdin.isTerminal ? (await io.makeLineEditor(recalled)).read : lineReader(io)
  for (;;) {
    // Its prompt comes after everything that was reported.
    await io.stderr.flush()
    const line = await readLine(PROMPT)
    if (line === undefined) return
    if (line === INTERRUPTED) io.progress(HINT)
    else if (line.trim() === QUOTES) {
      const message = await readQuoted(readLine)
      if (message !== undefined) yield message
    } else if (line.trim() !== '') yield line
  }
}

/** @returns undefined if Ctrl-C discards it */
async function readQuoted(readLine: ReadLine): Promise<string | undefined> {
  const lines: string[] = []
  for (;;) {
    const line = await readLine(CONTINUED)
    if (line === INTERRUPTED) return undefined
    if (line === undefined || line.trim() === QUOTES) return lines.join('\n')
    lines.push(line)
  }
}

/** The lines of a pipe or a file. */
function lineReader({ stdin }: Io): ReadLine {
  const chunks = stdin.chunks()
  let rest = Buffer.alloc(0)
  return async () => {
    for (;;) {
      const end = rest.indexOf('\n')
      if (end >= 0) {
        const line = rest.subarray(0, end)
        rest = rest.subarray(end + 1)
        return decodeUtf8(line, 'standard input')
      }
      const { value, done } = await chunks.next()
      if (!done) rest = Buffer.concat([rest, value])
      else if (rest.length === 0) return undefined
      else rest = Buffer.concat([rest, Buffer.from('\n')])
    }
  }
}
