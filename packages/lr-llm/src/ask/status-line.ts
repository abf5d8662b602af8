import { type Io, paint } from '@loop-runner/cli-kit'
import type { AnswerListener } from '@loop-runner/llm-client'

const SHOWN_AFTER_MS = 1000
const REFRESH_MS = 200
/** A token is about this many characters. */
const CHARACTERS_PER_TOKEN = 4
const ERASE = '\r\u{1B}[K'

/** A line on a terminal that shows a request under way, and leaves no trace. */
export interface StatusLine {
  /** The streams of a program, whose messages erase the line first. */
  readonly io: Io
  readonly onProgress: NonNullable<AnswerListener['onProgress']>
  /** Erases the line for good. */
  stop(): void
}

/** Does nothing unless standard error is a terminal that can erase a line. */
export function startStatusLine(io: Io, isQuiet: boolean): StatusLine {
  if (isQuiet || !io.stderr.isTerminal || io.env['TERM'] === 'dumb') {
    return { io, onProgress: () => {}, stop: () => {} }
  }
  const started = Date.now()
  let counts = { reasoning: 0, text: 0 }
  let isShown = false
  const write = (text: string) => void io.stderr.write(text).catch(() => {})
  const erase = () => {
    if (isShown) write(ERASE)
    isShown = false
  }
  const timer = setInterval(() => {
    const elapsedMs = Date.now() - started
    if (elapsedMs < SHOWN_AFTER_MS) return
    isShown = true
    write(`${ERASE}${paint('dim', statusText(elapsedMs, counts), io.stderr, io.env)}`)
  }, REFRESH_MS)
  timer.unref()
  const forget = io.onInterrupt(erase)
  const erasing = (say: (message: string) => void) => (message: string) => {
    erase()
    say(message)
  }
  return {
    io: { ...io, progress: erasing(io.progress), warn: erasing(io.warn), detail: erasing(io.detail) },
    onProgress: (reasoning, text) => void (counts = { reasoning, text }),
    stop: () => {
      clearInterval(timer)
      forget()
      erase()
    },
  }
}

/** `waiting 3 s`, `thinking 12 s, 340 tokens`, `answering 15 s, 90 tokens`. */
export function statusText(elapsedMs: number, { reasoning, text }: { reasoning: number; text: number }): string {
  const what = text > 0 ? 'answering' : reasoning > 0 ? 'thinking' : 'waiting'
  const tokens = Math.ceil((text > 0 ? text : reasoning) / CHARACTERS_PER_TOKEN)
  const seconds = Math.floor(elapsedMs / 1000)
  return `${what} ${seconds} s${tokens === 0 ? '' : `, ${tokens} tokens`}`
}
