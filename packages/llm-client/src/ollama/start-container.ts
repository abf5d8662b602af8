import { childEnvironment, findOnPath, once, type ProcessResult, runProcess } from '@loop-runner/cli-kit'
import type { Context } from '../context.ts'

const CONTAINER_PORT = '11434'
const LOOK_EVERY_MS = 1000
/** What Docker reports if the machine's GPU cannot be given to a container. */
const NO_GPU = /could not select device driver|nvidia-container|nvidia-smi|libnvidia|unknown runtime|gpu|cdi device/i

/** An Ollama server in a container of our own. */
export interface Container {
  readonly name: string
  /** Resolves with its last words once it is no longer running. */
  readonly died: Promise<string>
  stop(): Promise<void>
}

/**
 * Starts a container that keeps its models in a volume: with the GPU if there is one, and without it if Docker cannot use
 * it.
 *
 * @returns the container, or what Docker reports
 */
export async function startContainer(url: string, io: Context): Promise<Container | string> {
  const { randomUUID } = await import('node:crypto')
  const hasGpu = findOnPath('nvidia-smi', io.env) !== undefined
  for (const gpus of hasGpu ? [['--gpus', 'all'], []] : [[]]) {
    const name = `lr-ollama-${randomUUID().slice(0, 8)}`
    const { hostname, port } = new URL(url)
    const publish = `${hostname === 'localhost' ? '127.0.0.1' : hostname}:${port || '80'}:${CONTAINER_PORT}`
    const options = ['--name', name, '--volume', 'ollama:/root/.ollama', '--publish', publish, ...gpus]
    const stop = once(() => remove(name, io))
    const forget = io.onInterrupt(stop)
    const started = await docker(['run', '--detach', ...options, 'ollama/ollama'], io)
    if (started.status === 0) return watch(name, io, stop, forget)
    forget()
    await stop()
    if (gpus.length === 0 || !NO_GPU.test(started.said))
      return `docker run: exit code ${started.status}: ${lastLine(started.said)}`
    io.warn(`the GPU cannot be used in a container: ${lastLine(started.said)}: starting without it`)
  }
  return 'docker run: no attempt was made'
}

function watch(name: string, io: Context, stop: () => Promise<void>, forget: () => void): Container {
  let isStopped = false
  const end = async () => {
    isStopped = true
    forget()
    await stop()
  }
  const died = (async () => {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS).unref())
      if (isStopped) return 'it was stopped'
      const { status, heard, said } = await docker(['inspect', '--format', '{{.State.Status}}', name], io)
      if (status === 0 && !/exited|dead|removing/.test(heard)) continue
      const logs = await docker(['logs', '--tail', '5', name], io)
      return lastLine(logs.said) || lastLine(logs.heard) || lastLine(said) || 'it printed nothing'
    }
  })()
  return { name, died, stop: end }
}

async function remove(name: string, io: Context): Promise<void> {
  await docker(['stop', name], io)
  await docker(['rm', '--force', name], io)
}

async function docker(
  args: readonly string[],
  io: Context,
): Promise<ProcessResult & { readonly heard: string; readonly said: string }> {
  const heard: string[] = []
  const said: string[] = []
  const request = {
    file: 'docker',
    args,
    cwd: io.cwd,
    env: childEnvironment(io.env),
    stdout: (chunk: Buffer) => void heard.push(chunk.toString('utf8')),
    stderr: (chunk: Buffer) => void said.push(chunk.toString('utf8')),
  }
  // An interrupt must not stop `docker stop`, which is what it leads to.
  const result = await runProcess(request, { onInterrupt: () => () => {} })
  return { ...result, heard: heard.join(''), said: said.join('') }
}

/** What docker ends its errors with; the reason is before it. */
const HELP_HINT = /^(?:Run|See) '?docker run --help/

function lastLine(text: string): string {
  const lines = text.split('\n').map((line) => line.trim())
  return lines.findLast((line) => line !== '' && !HELP_HINT.test(line)) ?? ''
}
