import { createInterface } from 'node:readline'
import { INTERRUPTED, type LineEditor } from './typed-lines.ts'

/**
 * An editor on standard input. The terminal is in raw mode only while a line is read: between two lines Ctrl-C is a
 * signal, and what is typed waits.
 *
 * @param recalled lines that the arrow keys bring back, oldest first
 */
export function makeLineEditor(recalled: readonly string[]): LineEditor {
  let history = recalled.filter((line) => line !== '' && !line.includes('\n')).toReversed()
  let typedAhead = ''
  return {
    read: (prompt) =>
      new Promise((resolve) => {
        const lines: string[] = []
        // With standard error as its output a conversation can be piped on.
        const editor = createInterface({
          input: process.stdin,
          output: process.stderr,
          terminal: true,
          prompt,
          history,
        })
        let isEnded = false
        const end = (result: string | typeof INTERRUPTED | undefined) => {
          if (isEnded) return
          isEnded = true
          typedAhead = result === INTERRUPTED ? '' : editor.line
          editor.close()
          process.stdin.pause()
          resolve(result)
        }
        editor.on('history', (kept) => void (history = [...kept]))
        editor.on('line', (line) => {
          lines.push(line)
          // Pasted lines come together; one without an end waits for Enter.
          setImmediate(() => lines.length > 0 && editor.line === '' && end(lines.splice(0).join('\n')))
        })
        editor.on('SIGINT', () => {
          process.stderr.write('\n')
          end(INTERRUPTED)
        })
        editor.on('close', () => {
          if (!isEnded) process.stderr.write('\n')
          end(lines.length > 0 ? lines.splice(0).join('\n') : undefined)
        })
        editor.prompt()
        if (typedAhead !== '') editor.write(typedAhead)
      }),
  }
}
