import { type Io, terminalColumns } from '@loop-runner/cli-kit'
import { viewWhole } from '../runs/load-run.ts'
import type { RunFolder } from '../runs/run-folder.ts'
import { describeEvent } from './describe-event.ts'
import type { Progress } from './progress.ts'
import { statusLines } from './status-lines.ts'
import { rowsOf } from './text-width.ts'
import { verdictStyle } from './verdict-style.ts'

const REDRAW_MS = 1000
/** To the end of the terminal. */
const CLEAR = '\x1b[J'

/** For a terminal: every step is a line that stays, and below them stand a few that are redrawn each second. */
export function liveView(io: Io, { path, journal, settings }: RunFolder): Progress {
  let drawn: readonly string[] = []
  const columns = () => terminalColumns(io.env, 2)
  const write = (text: string | Uint8Array) => void io.stderr.write(text).catch(() => {})
  const clear = () => {
    if (drawn.length > 0) write(`\x1b[${rowsOf(drawn, columns())}A\r${CLEAR}`)
    drawn = []
  }
  const draw = () => {
    clear()
    drawn = statusLines(viewWhole(path, journal.events), settings, new Date(), columns() - 1)
    write(drawn.map((line) => `${line}\n`).join(''))
  }
  const timer = setInterval(draw, REDRAW_MS)
  return {
    show(event) {
      clear()
      const line = describeEvent(event, settings)
      if (line !== undefined) {
        io.progress(line, event.event === 'checked' ? verdictStyle(event.passed) : undefined)
      }
      draw()
    },
    passOn(chunk) {
      clear()
      write(Buffer.from(chunk))
      if (chunk.at(-1) !== 0x0a) write('\n')
      draw()
    },
    close() {
      clearInterval(timer)
      clear()
    },
  }
}
