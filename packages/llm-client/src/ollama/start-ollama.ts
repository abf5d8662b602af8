import { childEnvironment, findOnPath, runProcess } from '@loop-runner/cli-kit'
import { isLoopback } from '../network/is-loopback.ts'
import type { Context } from '../context.ts'
import { LlmFailure } from '../answer/failure.ts'
import { callHttp, readText } from '../network/http-call.ts'
import { ollamaAddress } from './ollama-address.ts'

/** A server on this machine that answers. */
export interface LocalServer extends AsyncDisposable {
  readonly url: string
  /** Whether it was started here; only then disposing of it stops it. */
  readonly isOurs: boolean
  /** Resolves with its last words when a server that was started here is no longer running. */
  readonly died?: Promise<string>
}

const LOOK_MS = 2000
const LOOK_EVERY_MS = 100
/** A program is up in seconds; a container may have to be fetched first. */
const PROGRAM_START_MS = 60_000
const CONTAINER_START_MS = 600_000

/**
 * Starts an Ollama server at `OLLAMA_HOST` unless one is running there: the program `ollama`,
 * else a container that keeps its models in a volume.
 *
 * @throws LlmFailure of kind `connection` for a server elsewhere that does not answer, else of kind `setup`
 */
export async function startOllama(io: Context): Promise<LocalServer> {
  const url = ollamaAddress(io.env['OLLAMA_HOST'])
  if (await answers(url, io)) return { url, isOurs: false, [Symbol.asyncDispose]: async () => {} }
  if (!isLoopback(new URL(url))) throw new LlmFailure('connection', `${url}: no Ollama server responds`)
  if (findOnPath('ollama', io.env)) return startProgram(url, io)
  if (findOnPath('docker', io.env)) return startInContainer(url, io)
  throw new LlmFailure(
    'setup',
    `${url}: no Ollama server responds, and neither ollama nor docker is on PATH (install Ollama: https://ollama.com/download)`,
  )
}

async function startProgram(url: string, io: Context): Promise<LocalServer> {
  io.progress('starting ollama')
  let lastLine = ''
  const hear = (chunk: Buffer) => {
    lastLine = chunk.toString('utf8').trim().split('\n').at(-1) ?? lastLine
  }
  let stop: () => Promise<void> | void = () => {}
  const onInterrupt: Context['onInterrupt'] = (cleanUp) => {
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
  if (await isUpWithin(PROGRAM_START_MS, url, ended, io))
    return { url, isOurs: true, died: ended.then(() => lastLine), [Symbol.asyncDispose]: ownStop }
  await ownStop()
  throw new LlmFailure('setup', `ollama serve: exited or did not respond at ${url}: ${lastLine}`)
}

async function startInContainer(url: string, io: Context): Promise<LocalServer> {
  io.progress('starting Ollama in a container')
  const { startContainer } = await import('./start-container.ts')
  const container = await startContainer(url, io)
  if (typeof container === 'string')
    throw new LlmFailure('setup', `${container} (is Docker running? or install Ollama: https://ollama.com/download)`)
  const { died, stop } = container
  if (await isUpWithin(CONTAINER_START_MS, url, died, io))
    return { url, isOurs: true, died, [Symbol.asyncDispose]: stop }
  const words = await Promise.race([died, Promise.resolve(`no answer at ${url}`)])
  await stop()
  throw new LlmFailure('setup', `the Ollama container ${container.name} exited or did not respond: ${words}`)
}

/** @param ended settles when the server's process is over; it never comes up then */
async function isUpWithin(limitMs: number, url: string, ended: Promise<unknown>, io: Context): Promise<boolean> {
  const over = ended.then(() => true)
  for (const end = Date.now() + limitMs; Date.now() < end && !io.signal.aborted;) {
    if (await answers(url, io)) return true
    const pause = new Promise<false>((resolve) => setTimeout(resolve, LOOK_EVERY_MS, false))
    if (await Promise.race([over, pause])) return false
  }
  return false
}

async function answers(url: string, { env, signal }: Context): Promise<boolean> {
  try {
    const network = { env, limits: {}, signal: AbortSignal.any([signal, AbortSignal.timeout(LOOK_MS)]) }
    const response = await callHttp({ url: new URL('/api/version', url), method: 'GET', headers: {} }, network)
    await readText(response)
    return response.status === 200
  } catch {
    return false
  }
}
