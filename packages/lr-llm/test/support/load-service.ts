import { readFileSync } from 'node:fs'
import { Agent, request, type ServerResponse } from 'node:http'
import { chatStream, send, serve, type TestServer } from '@loop-runner/test-kit/server'
import { startService } from './start-service.ts'

/** How a server behind the service behaves. */
const KINDS = ['good', 'slow', 'busy', 'failing', 'truncating', 'cut'] as const
export type Kind = (typeof KINDS)[number]

/** What became of one request. */
export interface Outcome {
  readonly kind: Kind
  readonly isComplete: boolean
  readonly isError: boolean
  readonly text: string
  /** From the moment that the model's server wrote the first text to its arrival here, in milliseconds. */
  readonly firstTextMs: number | undefined
}

export interface Load {
  readonly outcomes: readonly Outcome[]
  /** The largest memory of the service, in MB; undefined if the system does not tell. */
  readonly peakMb: number | undefined
}

/** The text of a complete answer after its first piece. */
export const PIECES: readonly string[] = Array.from({ length: 20 }, (_, index) => ` piece ${index} \u00e9`)

export interface LoadOptions {
  /** Streams at once. */
  readonly streams: number
  /** Times that so many are started. */
  readonly rounds?: number
  /** The time in which the streams of a round start. */
  readonly spreadMs?: number
  /** Called after each round, with its outcomes and the memory of the service in MB. */
  readonly onRound?: (outcomes: readonly Outcome[], megabytes: number | undefined) => Promise<void>
}

/** Streams answers through a service, in front of servers of every kind. */
export async function loadService({ streams, rounds = 1, spreadMs = 0, onRound }: LoadOptions): Promise<Load> {
  await using upstream = await serveKinds()
  await using service = await startService(['-q', '-m', 'groq/m', '--retries', '1', '--url', upstream.url])
  const outcomes: Outcome[] = []
  for (let round = 0; round < rounds; round++) {
    const ended = await streamAll(`${service.url}/v1`, streams, spreadMs)
    outcomes.push(...ended)
    await onRound?.(ended, memoryOf(service.pid, 'VmRSS'))
  }
  return { outcomes, peakMb: memoryOf(service.pid, 'VmHWM') }
}

/** The same without a service between; only the good server. */
export async function loadDirectly(streams: number, spreadMs = 0): Promise<readonly Outcome[]> {
  await using upstream = await serveKinds()
  return await streamAll(`${upstream.url}/v1`, streams, spreadMs, ['good'])
}

async function streamAll(
  url: string,
  streams: number,
  spreadMs: number,
  kinds: readonly Kind[] = KINDS,
): Promise<Outcome[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity })
  const one = async (index: number) => {
    await pause((spreadMs * index) / streams)
    return stream(url, { kind: kinds[index % kinds.length] ?? 'good', index }, agent)
  }
  const outcomes = await Promise.all(Array.from({ length: streams }, (_, index) => one(index)))
  agent.destroy()
  return outcomes
}

function serveKinds(): Promise<TestServer> {
  const seen = new Set<string>()
  return serve(async (response, received, count) => {
    const kind = KINDS.find((name) => received.body.includes(`kind ${name}`)) ?? 'good'
    const isFirst = !seen.delete(received.body)
    if (isFirst) seen.add(received.body)
    if (kind === 'failing' || (kind === 'busy' && isFirst))
      return send(500, '{"error":{"message":"internal"}}')(response, received, count)
    await streamAnswer(response, kind)
  })
}

async function streamAnswer(response: ServerResponse, kind: Kind): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const pauseMs = kind === 'slow' ? 200 : 50
  await pause(pauseMs)
  response.write(chatStream([`[${performance.now()}]`], null, ''))
  for (const [index, piece] of PIECES.entries()) {
    await pause(pauseMs)
    if (kind === 'truncating' && index === 10) return void response.end()
    if (kind === 'cut' && index === 10) return void response.socket?.destroy()
    response.write(chatStream([piece], null, ''))
  }
  response.end(chatStream([], 'stop'))
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

function stream(
  url: string,
  { kind, index }: { readonly kind: Kind; readonly index: number },
  agent: Agent,
): Promise<Outcome> {
  const body = JSON.stringify({ stream: true, messages: [{ role: 'user', content: `kind ${kind} ${index}` }] })
  const options = { method: 'POST', agent, headers: { 'content-type': 'application/json' } }
  return new Promise((resolve) => {
    let firstTextMs: number | undefined
    let received = ''
    const finish = () => resolve({ kind, firstTextMs, ...readOutcome(received) })
    const call = request(`${url}/chat/completions`, options, (response) => {
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        received += chunk
        const written = firstTextMs === undefined ? /\[(\d+\.?\d*)\]/.exec(received)?.[1] : undefined
        if (written !== undefined) firstTextMs = performance.now() - Number(written)
      })
      response.on('end', finish)
      response.on('error', finish)
    })
    call.on('error', finish)
    call.end(body)
  })
}

function readOutcome(received: string): Pick<Outcome, 'isComplete' | 'isError' | 'text'> {
  const events = [...received.matchAll(/^data: (\{.*\})$/gm)].map(([, json = '']) => JSON.parse(json) as Chunk)
  const choices = events.flatMap((event) => event.choices ?? [])
  return {
    isComplete: choices.some(({ finish_reason: finish }) => finish === 'stop') && received.includes('data: [DONE]'),
    isError: /"error":\{/.test(received),
    text: choices.map(({ delta }) => delta?.content ?? '').join(''),
  }
}

interface Chunk {
  readonly choices?: readonly { readonly delta?: { readonly content?: string }; readonly finish_reason?: string }[]
}

/** Of a process in MB, now or at its highest; undefined if the system does not tell. */
function memoryOf(pid: number, field: 'VmRSS' | 'VmHWM'): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]
    return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024)
  } catch {
    return undefined
  }
}
