import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { parseJson, residentMemory } from '@loop-runner/cli-kit'
import { answerCompletion } from './answer-completion.ts'
import { checkClient, type Doorkeeping } from './check-client.ts'
import { Metrics } from './metrics.ts'
import { BadCompletion, readCompletion } from './read-completion.ts'
import type { RequestFacts } from './request-log.ts'
import { sendError, sendJson } from './send.ts'
import { Trace } from './trace.ts'
import type { Upstream } from './upstream.ts'

export interface ServiceOptions extends Doorkeeping {
  /** Called after every request. */
  readonly onRequest: (facts: RequestFacts) => void
}

/** Largest body of a request. */
const BODY_BYTES = 64 << 20
const COMPLETIONS = 'POST /v1/chat/completions'

/** An OpenAI-compatible server in front of a model. */
export class ChatService {
  readonly server: Server
  readonly #upstream: Upstream
  readonly #options: ServiceOptions
  readonly #metrics = new Metrics()
  readonly #running = new Set<Promise<void>>()
  readonly #started = Date.now()
  #isStopping = false

  constructor(upstream: Upstream, options: ServiceOptions) {
    this.#upstream = upstream
    this.#options = options
    this.server = createServer((request, response) => void this.#serve(request, response))
  }

  /** How many requests are being answered, or wait. */
  get running(): number {
    return this.#running.size
  }

  /** Takes no more requests, refuses those that wait, and lets those that are running finish. */
  async stop(): Promise<void> {
    this.#isStopping = true
    this.server.close()
    this.server.closeIdleConnections()
    this.#upstream.close()
    await Promise.allSettled(this.#running)
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const trace = new Trace()
    const { method = '', url = '/' } = request
    const path = url.split('?', 1)[0] ?? ''
    const what = `${method} ${path}`
    try {
      const admission = checkClient(method, request.headers, this.#options)
      if ('status' in admission) sendError(response, admission.status, admission.message)
      else {
        trace.client = admission.client
        await this.#route(what, request, response, trace)
      }
    } catch (error) {
      trace.failed(error, request.destroyed)
      response.destroy()
    }
    const facts = trace.facts({ method, path, status: response.statusCode })
    if (what === COMPLETIONS) this.#metrics.add(facts)
    this.#options.onRequest(facts)
  }

  async #route(what: string, request: IncomingMessage, response: ServerResponse, trace: Trace): Promise<void> {
    const { label, names } = this.#upstream
    switch (what) {
      case 'GET /health': {
        const isReady = !this.#isStopping && (await this.#upstream.isReady())
        return sendJson(response, isReady ? 200 : 503, { status: isReady ? 'ok' : 'unavailable', model: label })
      }
      case 'GET /metrics':
        response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(this.#measure())
        return
      case 'GET /v1/models':
        return sendJson(response, 200, {
          object: 'list',
          data: names.map((id) => ({ id, object: 'model', created: 0, owned_by: 'lr-llm' })),
        })
      case COMPLETIONS: {
        const running = this.#complete(request, response, trace)
        this.#running.add(running)
        return running.finally(() => this.#running.delete(running))
      }
      default:
        return sendError(response, 404, `${what}: not found`)
    }
  }

  #measure(): string {
    return this.#metrics.write({
      ...this.#upstream.load,
      memoryBytes: residentMemory(),
      uptimeSeconds: Math.round((Date.now() - this.#started) / 1000),
    })
  }

  async #complete(request: IncomingMessage, response: ServerResponse, trace: Trace): Promise<void> {
    const body = await readBody(request)
    if (body === undefined) return sendError(response, 413, 'the body is too large')
    if (this.#isStopping) {
      response.setHeader('retry-after', '1')
      return sendError(response, 503, 'the service is stopping')
    }
    try {
      const completion = readCompletion(parseJson(body))
      const { model } = completion
      const { names, label } = this.#upstream
      if (model !== undefined && !names.includes(model)) {
        return sendError(response, 404, `model ${JSON.stringify(model)} is not served here, but ${label}`)
      }
      trace.isStream = completion.isStream
      await answerCompletion(completion, this.#upstream, response, trace)
    } catch (error) {
      if (!(error instanceof BadCompletion)) throw error
      sendError(response, 400, error.message)
    }
  }
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
