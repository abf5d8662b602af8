import { basename } from 'node:path'
import { isShell } from './interpreter-names.ts'

/** The name of the program in the `#!` line of a text; empty if it has none. */
export function interpreterOf(text: string): string {
  const [first = '', ...rest] = wordsOf(text)
  const program = basename(first)
  if (program !== 'env') return program
  return basename(rest.find((word) => !word.startsWith('-') && !word.includes('=')) ?? '')
}

/** Whether the `#!` line of a text names a shell, be it behind another program: `/bin/busybox sh`. */
export function startsShell(text: string): boolean {
  return wordsOf(text).some(isShell)
}

function wordsOf(text: string): string[] {
  const [, line = ''] = /^#!(.*)/.exec(text) ?? []
  return line.split(/\s+/).filter((word) => word !== '')
}
