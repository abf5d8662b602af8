import { readFileSync } from 'node:fs'
import type { LoopContext } from '../loop-context.ts'
import type { StageResult } from './run-stage.ts'

/** Prints a prompt and its reply on standard error, with `--debug 1`. */
export function debugPrint({ passOn, debug }: LoopContext, prompt: StageResult, reply: StageResult): void {
  if (debug < 1) return
  const text = `--- prompt\n${readFileSync(prompt.output, 'utf8')}--- reply\n${readFileSync(reply.output, 'utf8')}---\n`
  passOn(Buffer.from(withVisibleControls(text)))
}

/** A reply must not steer the terminal: control characters other than tabs and newlines, and marks of direction, as `\u{…}`. */
function withVisibleControls(text: string): string {
  return text.replaceAll(/(?![\t\n])[\p{Cc}\p{Bidi_Control}]/gu, (character) => {
    return `\\u{${character.codePointAt(0)?.toString(16)}}`
  })
}
