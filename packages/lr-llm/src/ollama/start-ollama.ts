import { childEnvironment, findOnPath, type ProcessResult, runProcess } from '@loop-runner/cli-kit'
import type { Surroundings } from '../surroundings.ts'
import { LlmFailure } from '../answer/failure.ts'
import { callHttp, readText } from '../network/http-call.ts'
import { ollamaAddress } from './ollama-address.ts'

/** A server on this machine that answers. */
export interface LocalServer extends AsyncDisposable {
  readonly url: string
  /** Whether it was started here; only then disposing of it stops it. */
  readonly isOurs: boolean
}

const LOOK_MS = 2000
const LOOK_EVERY_MS = 100
/** A program is up in seconds; a container may have to be fetched first. */
const PROGRAM_START_MS = 60_000
const CONTAINER_START_MS = 600_000
const CONTAINER_PORT = '11434'
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/

/**
 * Makes sure that an Ollama server answers where `OLLAMA_HOST` says: the one that is running, else the program `ollama`,
 * else a container that keeps its models in a volume.
 *
 * @throws LlmFailure of kind `connection` for a server elsewhere that does not answer, else of kind `setup`
 */
export async function startOllama(io: Surroundings): Promise<LocalServer> {
  const url = ollamaAddress(io.env['OLLAMA_HOST'])
  if (await answers(url, io)) return { url, isOurs: false, [Symbol.asyncDispose]: async () => {} }
  if (!LOOPBACK.test(new URL(url).hostname)) throw new LlmFailure('connection', `${url}: no Ollama server answers`)
  if (findOnPath('ollama', io.env)) return startProgram(url, io)
  if (findOnPath('docker', io.env)) return startContainer(url, io)
  throw new LlmFailure('setup', `${url}: no Ollama server answers, and neither ollama nor docker is on PATH`)
}

async function startProgram(url: string, io: Surroundings): Promise<LocalServer> {
  io.progress('starting ollama')
  let lastLine = ''
  const hear = (chunk: Buffer) => {
    lastLine = chunk.toString('utf8').trim().split('\n').at(-1) ?? lastLine
  }
  let stop: () => Promise<void> | void = () => {}
  const onInterrupt: Surroundings['onInterrupt'] = (cleanUp) => {
    stop = cleanUp
    return io.onInterrupt(cleanUp)
  }
  const env = { ...childEnvironment(io.env), OLLAMA_HOST: new URL(url).host }
  const request = { file: 'ollama', args: ['serve'], cwd: io.cwd, env, stdout: hear, stderr: hear }
  const ended = runProcess(request, { onInterrupt })
  const ownStop = async () => {
    await stop()
    await ended
  }
  if (await isUpWithin(PROGRAM_START_MS, url, ended, io)) return { url, isOurs: true, [Symbol.asyncDispose]: ownStop }
  await ownStop()
  throw new LlmFailure('setup', `ollama serve: it ended or did not answer at ${url}: ${lastLine}`)
}

async function startContainer(url: string, io: Surroundings): Promise<LocalServer> {
  io.progress('starting Ollama in a container')
  const { randomUUID } = await import('node:crypto')
  const name = `lr-ollama-${randomUUID().slice(0, 8)}`
  const { hostname, port } = new URL(url)
  const publish = `${hostname === 'localhost' ? '127.0.0.1' : hostname}:${port || '80'}:${CONTAINER_PORT}`
  const gpus = findOnPath('nvidia-smi', io.env) ? ['--gpus', 'all'] : []
  const options = ['--rm', '--name', name, '--volume', 'ollama:/root/.ollama', '--publish', publish, ...gpus]
  const ownStop = async () => {
    forget()
    await docker(['stop', name], io)
  }
  const forget = io.onInterrupt(ownStop)
  const started = await docker(['run', '--detach', ...options, 'ollama/ollama'], io)
  if (started.status === 0 && (await isUpWithin(CONTAINER_START_MS, url, new Promise(() => {}), io))) {
    return { url, isOurs: true, [Symbol.asyncDispose]: ownStop }
  }
  await ownStop()
  throw new LlmFailure('setup', `docker run: status ${started.status}, no answer at ${url}: ${started.said}`)
}

async function docker(args: readonly string[], io: Surroundings): Promise<ProcessResult & { said: string }> {
  const said: string[] = []
  const hear = (chunk: Buffer) => void said.push(chunk.toString('utf8'))
  // An interrupt must not stop `docker stop`, which is what it leads to.
  const request = { file: 'docker', args, cwd: io.cwd, env: childEnvironment(io.env), stdout: () => {}, stderr: hear }
  const result = await runProcess(request, { onInterrupt: () => () => {} })
  return { ...result, said: said.join('').trim().split('\n').at(-1) ?? '' }
}

/** @param ended settles when the server's process is over; it never comes up then */
async function isUpWithin(limitMs: number, url: string, ended: Promise<unknown>, io: Surroundings): Promise<boolean> {
  const over = ended.then(() => true)
  for (const end = Date.now() + limitMs; Date.now() < end && !io.signal.aborted;) {
    if (await answers(url, io)) return true
    const pause = new Promise<false>((resolve) => setTimeout(resolve, LOOK_EVERY_MS, false))
    if (await Promise.race([over, pause])) return false
  }
  return false
}

async function answers(url: string, { env, signal }: Surroundings): Promise<boolean> {
  try {
    const network = { env, limits: {}, signal: AbortSignal.any([signal, AbortSignal.timeout(LOOK_MS)]) }
    const response = await callHttp({ url: new URL('/api/version', url), method: 'GET', headers: {} }, network)
    await readText(response)
    return response.status === 200
  } catch {
    return false
  }
}
