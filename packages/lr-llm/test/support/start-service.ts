import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { bareEnvironment, BIN } from '@loop-runner/test-kit'

export interface Service extends AsyncDisposable {
  readonly url: string
  readonly pid: number
  /** Lines on standard error so far. */
  readonly errors: readonly string[]
  /** @returns what it ended by: a signal or a status */
  stop(signal?: NodeJS.Signals): Promise<string>
}

/** Starts `lr-llm serve`; the address is the first line that it prints. */
export async function startService(args: readonly string[], env: Record<string, string> = {}): Promise<Service> {
  const child = spawn(join(BIN, 'lr-llm'), ['serve', '--port', '0', ...args], {
    env: { ...bareEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<string>((resolve) => {
    child.on('exit', (code, signal) => resolve(signal ?? String(code)))
  })
  const errors: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => errors.push(line))
  const lines = createInterface({ input: child.stdout })
  const url = await Promise.race([
    once(lines, 'line').then(([line]) => String(line)),
    ended.then((how) => Promise.reject(new Error(`the service ended (${how}): ${errors.join('\n')}`))),
  ])
  const stop = (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal)
    return ended
  }
  return { url, pid: child.pid ?? 0, errors, stop, [Symbol.asyncDispose]: async () => void (await stop()) }
}
