import { spawn } from 'node:child_process'
import { bareEnvironment } from '@loop-runner/test-kit'

const LIMIT_MS = 60_000
const POLL_MS = 20

/** What is typed once the terminal shows a text that it did not show before. */
export type Step = readonly [shown: string, typed: string]

/** Runs a command on a terminal that `script` makes; what it showed, and its exit code. */
export async function runOnTerminal(
  command: string,
  steps: readonly Step[],
  { cwd, env = {} }: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Promise<{ readonly shown: string; readonly status: number | null }> {
  const child = spawn('sh', ['-c', 'exec script -qec "$1" /dev/null', 'sh', `exec ${command}`], {
    cwd,
    env: { ...bareEnvironment(), TERM: 'xterm', ...env },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  let shown = ''
  child.stdout.on('data', (chunk: Buffer) => (shown += chunk.toString('utf8')))
  const ended = new Promise<number | null>((resolve) => child.once('exit', (status) => resolve(status)))
  let from = 0
  for (const [text, typed] of steps) {
    const until = Date.now() + LIMIT_MS
    while (!shown.slice(from).includes(text)) {
      if (Date.now() > until) {
        child.kill()
        throw new Error(`"${text}" is not shown: ${shown}`)
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
    from = shown.length
    child.stdin.write(typed)
  }
  const status = await ended
  return { shown, status }
}
