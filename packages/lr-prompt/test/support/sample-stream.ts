import { type Part, writeStream } from '@loop-runner/block-format'
import { run, type RunOptions } from '@loop-runner/test-kit'

export const SOURCE: Part = { name: 'src/a.py', content: 'print(1)\n' }

/** A run as lr-check writes it. */
export function runParts(command: string, status: number, more: Readonly<Record<string, string>> = {}): Part[] {
  const blocks = { status: `${status}\n`, stdout: '', stderr: '', ...more }
  return [
    { name: '', content: `${command}\n` },
    ...Object.entries(blocks).map(([name, content]) => ({ name, content })),
  ]
}

export const FAILING = [SOURCE, ...runParts('pytest -q', 1, { stdout: 'boom\n' })]

/** Runs the real program on a stream. */
export function prompt(args: readonly string[], parts: readonly Part[], options: RunOptions = {}) {
  return run('lr-prompt', args, { ...options, stdin: writeStream(parts) })
}
