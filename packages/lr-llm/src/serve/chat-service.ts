import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { randomUUID } from 'node:crypto'
import type { Result } from '../recording/recording.ts'
import { checkClient, type Doorkeeping } from './check-client.ts'
import { LlmFailure } from '../answer/failure.ts'
import { type JsonObject, parseJson } from '../json.ts'
import { BadCompletion, type Completion, readCompletion } from './read-completion.ts'
import { event, type Head, writeChunk, writeCompletion, writeEnd, writeError } from './write-completion.ts'

/** The upstream of the service. */
export interface Upstream {
  readonly label: string
  /** Names that a client may give: any other is not found. */
  readonly names: readonly string[]
  /** Throws LlmFailure without a complete answer. */
  ask(completion: Completion, signal: AbortSignal, onText: (text: string) => void): Promise<Result>
  isReady(): Promise<boolean>
}

export interface ServiceOptions extends Doorkeeping {
  /** Further requests at the same time get 429. */
  readonly concurrent: number
  /** Called after every request. */
  readonly onRequest: (line: string) => void
}

/** Largest body of a request. */
const BODY_BYTES = 64 << 20

/** An OpenAI-compatible server in front of a model. */
export class ChatService {
  readonly server: Server
  readonly #upstream: Upstream
  readonly #options: ServiceOptions
  readonly #running = new Set<Promise<void>>()
  #isStopping = false

  constructor(upstream: Upstream, options: ServiceOptions) {
    this.#upstream = upstream
    this.#options = options
    this.server = createServer((request, response) => void this.#serve(request, response))
  }

  /** Takes no more requests, and waits for those that are running. */
  async stop(): Promise<void> {
    this.#isStopping = true
    this.server.close()
    this.server.closeIdleConnections()
    await Promise.allSettled(this.#running)
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const started = Date.now()
    const { method = '', url = '/' } = request
    const path = new URL(url, 'http://localhost').pathname
    try {
      const refusal = checkClient(method, request.headers, this.#options)
      if (refusal) sendError(response, refusal.status, refusal.message)
      else await this.#route(`${method} ${path}`, request, response)
    } catch (error) {
      this.#options.onRequest(`${method} ${path}: ${String(error)}`)
      response.destroy()
    }
    const seconds = ((Date.now() - started) / 1000).toFixed(1)
    this.#options.onRequest(`${method} ${path}: ${response.statusCode}, ${seconds} s`)
  }

  async #route(what: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { label } = this.#upstream
    switch (what) {
      case 'GET /health': {
        const isReady = !this.#isStopping && (await this.#upstream.isReady())
        return sendJson(response, isReady ? 200 : 503, { status: isReady ? 'ok' : 'unavailable', model: label })
      }
      case 'GET /v1/models':
        return sendJson(response, 200, {
          object: 'list',
          data: [{ id: label, object: 'model', created: 0, owned_by: 'lr-llm' }],
        })
      case 'POST /v1/chat/completions':
        return this.#admit(request, response)
      default:
        return sendError(response, 404, `${what}: not found`)
    }
  }

  async #admit(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A slot is taken only once the request is complete: a slow client holds none.
    const body = await readBody(request)
    if (body === undefined) return sendError(response, 413, 'the body is too large')
    if (this.#isStopping) return sendError(response, 503, 'the service is stopping')
    if (this.#running.size >= this.#options.concurrent) {
      response.setHeader('retry-after', '1')
      return sendError(response, 429, 'too many requests at a time')
    }
    const running = this.#complete(body, response)
    this.#running.add(running)
    await running.finally(() => this.#running.delete(running))
  }

  async #complete(body: string, response: ServerResponse): Promise<void> {
    try {
      const completion = readCompletion(parseJson(body))
      const { model } = completion
      if (model !== undefined && !this.#upstream.names.includes(model)) {
        return sendError(
          response,
          404,
          `model ${JSON.stringify(model)} is not served here, but ${this.#upstream.label}`,
        )
      }
      await this.#answer(completion, response)
    } catch (error) {
      if (!(error instanceof BadCompletion)) throw error
      sendError(response, 400, error.message)
    }
  }

  async #answer(completion: Completion, response: ServerResponse): Promise<void> {
    const created = Math.floor(Date.now() / 1000)
    const head: Head = { id: `chatcmpl-${randomUUID()}`, created, model: this.#upstream.label }
    const gone = new AbortController()
    response.on('close', () => gone.abort(new Error('the client is gone')))
    let spoken = ''
    const onText = (text: string) => {
      if (!response.headersSent) startStream(response, head)
      spoken += text
      response.write(writeChunk(head, { content: text }))
    }
    try {
      const result = await this.#upstream.ask(completion, gone.signal, completion.isStream ? onText : () => {})
      if (!completion.isStream) return sendJson(response, 200, writeCompletion(head, result))
      if (!result.answer.text.startsWith(spoken)) {
        throw new LlmFailure('cut', `${head.model}: a part of the answer that was sent was reasoning`)
      }
      // A command or a recording sends everything at once.
      if (result.answer.text.length > spoken.length) onText(result.answer.text.slice(spoken.length))
      response.end(writeEnd(head, result.answer.usage, completion.wantsUsage))
    } catch (error) {
      fail(response, error)
    }
  }
}

/** Before the first piece of text an error has its status; after it, it is an event, and the stream has no end marker. */
function fail(response: ServerResponse, error: unknown): void {
  const { status, body } = writeError(error)
  if (response.headersSent) {
    response.end(event(body))
    return
  }
  // What can be tried again has been; a client that did so once more would only pay once more.
  response.setHeader('x-should-retry', 'false')
  sendJson(response, status, body)
}

function startStream(response: ServerResponse, head: Head): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  response.write(writeChunk(head, { role: 'assistant', content: '' }))
}

function sendError(response: ServerResponse, status: number, message: string): void {
  const type = status < 500 ? 'invalid_request_error' : 'server_error'
  sendJson(response, status, { error: { message, type, code: null, param: null } })
}

function sendJson(response: ServerResponse, status: number, body: JsonObject): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

/** The body as text; undefined if it is too large. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > BODY_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
