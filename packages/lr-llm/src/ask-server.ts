import type { Io } from '@loop-runner/cli-kit'
import { adaptBody } from './adapt-body.ts'
import { addEvent, type Answer, type AnswerEvent, NO_ANSWER } from './answer.ts'
import type { ChatRequest, JsonObject } from './chat-request.ts'
import { LlmFailure } from './failure.ts'
import { callHttp, type HttpResponse, type Limits, type Network, readText } from './http-call.ts'
import { judgeAnswer } from './judge-answer.ts'
import { redact } from './redact.ts'
import { ResponseReader } from './response-reader.ts'
import { nextWait } from './retry.ts'
import { type Asked, httpFailure } from './server-failure.ts'
import { splitThinking, visibleText } from './split-thinking.ts'
import { endpoint, type ServerTarget } from './target.ts'
import { WIRES } from './wires/table.ts'

/** What an engine needs of its surroundings; an Io has it all. */
export type Surroundings = Pick<Io, 'env' | 'cwd' | 'signal' | 'progress' | 'detail' | 'warn' | 'onInterrupt'>

/** How a server is called. */
export interface CallOptions {
  readonly key?: string | undefined
  readonly headers: Readonly<Record<string, string>>
  /** Put over the wire's own fields; what is undefined there takes a field away. */
  readonly body: JsonObject
  readonly limits: Limits
  /** Of all requests together, in milliseconds. */
  readonly timeoutMs: number
  readonly retries: number
  readonly ca?: string | undefined
}

/** Receives the text of an answer as it comes. From its first call on nothing is asked again. */
export type TextListener = (text: string) => void

/** Asks a server until an answer is whole, as often and as long as the options allow. Throws LlmFailure. */
export async function askServer(
  target: ServerTarget,
  request: ChatRequest,
  options: CallOptions,
  io: Surroundings,
  onText?: TextListener,
): Promise<Answer> {
  const deadline = new Deadline(options.timeoutMs, target.label, io.signal)
  const network = { env: io.env, ca: options.ca, limits: options.limits, signal: deadline.signal }
  const call = new ServerCall(target, request, options, network, onText)
  try {
    for (let failures = 1; ; failures++) {
      const failure = await call.attempt().catch((error: unknown) => asFailure(error, options.key))
      if (!(failure instanceof LlmFailure)) return failure
      const notice = call.adapt(failure)
      if (notice !== undefined) {
        io.warn(`${target.label}: ${notice}`)
        continue
      }
      const state = { failures, retries: options.retries, remainingMs: deadline.remainingMs, random: Math.random() }
      const waitMs = call.hasSpoken ? undefined : nextWait(failure, state)
      if (waitMs === undefined) throw withWait(failure)
      io.progress(`${failure.message}: asking again in ${seconds(waitMs)} (${failures} of ${options.retries})`)
      await sleep(waitMs, deadline.signal)
    }
  } finally {
    deadline.clear()
  }
}

/** The body that a request is sent as. */
export function writeBody(target: ServerTarget, request: ChatRequest, extra: JsonObject): JsonObject {
  return { ...WIRES[target.api].writeBody(request, target.dialect), ...extra }
}

/** A size in tokens, at about four bytes each. */
export function estimateTokens(request: ChatRequest): number {
  return Math.ceil(request.messages.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) / 4)
}

/** One call of a server, which may take several attempts. */
class ServerCall {
  readonly #target: ServerTarget
  readonly #options: CallOptions
  readonly #network: Network
  readonly #asked: Asked
  readonly #onText: TextListener | undefined
  #body: JsonObject
  #spoken = ''

  constructor(
    target: ServerTarget,
    request: ChatRequest,
    options: CallOptions,
    network: Network,
    onText: TextListener | undefined,
  ) {
    this.#target = target
    this.#options = options
    this.#network = network
    this.#onText = onText
    this.#asked = { label: target.label, promptTokens: estimateTokens(request) }
    this.#body = writeBody(target, request, options.body)
  }

  get hasSpoken(): boolean {
    return this.#spoken !== ''
  }

  async attempt(): Promise<Answer> {
    const wire = WIRES[this.#target.api]
    const response = await callHttp(
      {
        url: endpoint(this.#target.baseUrl, wire.path),
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...wire.writeHeaders(this.#options.key),
          ...this.#options.headers,
        },
        body: JSON.stringify(this.#body),
      },
      this.#network,
    )
    await this.#checkStatus(response)
    const answer = await this.#readAnswer(response)
    judgeAnswer(answer, this.#asked, wire.finishEnds)
    return answer
  }

  /** Changes the body to what the server says that it takes. @returns what was changed, if anything */
  adapt({ kind, message }: LlmFailure): string | undefined {
    const adapted = kind === 'request' ? adaptBody(this.#body, message) : undefined
    if (adapted) this.#body = adapted.body
    return adapted?.notice
  }

  async #checkStatus(response: HttpResponse): Promise<void> {
    const { status, headers } = response
    if (status >= 200 && status < 300) return
    if (status >= 400) throw httpFailure(this.#asked, status, headers, await readText(response))
    const to = headers['location']
    const hint = typeof to === 'string' ? ` to ${to} (if you trust it, name its address with --url)` : ''
    throw new LlmFailure('request', `${this.#asked.label}: HTTP ${status}: the server redirects${hint}`)
  }

  async #readAnswer({ chunks }: HttpResponse): Promise<Answer> {
    const reader = new ResponseReader(WIRES[this.#target.api])
    let answer = NO_ANSWER
    const take = (events: readonly AnswerEvent[]) => {
      for (const event of events) answer = addEvent(answer, event)
      this.#speak(answer)
    }
    try {
      for await (const chunk of chunks) {
        take(reader.push(chunk))
        if (answer.ended || answer.error) break
      }
      if (!answer.ended) take(reader.end())
    } catch (error) {
      if (!(error instanceof LlmFailure)) throw error
      const { kind, message, retryable } = error
      throw new LlmFailure(kind, message, { retryable, partial: answer.text })
    }
    return answer.reasoning === '' ? { ...answer, ...splitThinking(answer.text) } : answer
  }

  #speak({ text, reasoning }: Answer): void {
    if (!this.#onText) return
    const visible = reasoning === '' ? visibleText(text) : text
    if (!visible.startsWith(this.#spoken)) {
      throw new LlmFailure('cut', `${this.#asked.label}: the server began its answer anew`)
    }
    if (visible.length > this.#spoken.length) this.#onText(visible.slice(this.#spoken.length))
    this.#spoken = visible
  }
}

/** Ends everything after the time for all attempts, or at an interrupt. */
class Deadline {
  readonly #controller = new AbortController()
  readonly #end: number
  readonly #timer: NodeJS.Timeout
  readonly #outer: AbortSignal
  readonly #interrupt = () => this.#controller.abort(this.#outer.reason)

  constructor(timeoutMs: number, label: string, outer: AbortSignal) {
    this.#end = Date.now() + timeoutMs
    this.#outer = outer
    this.#timer = setTimeout(
      () =>
        this.#controller.abort(
          new LlmFailure('timeout', `${label}: no whole answer within ${seconds(timeoutMs)} (--timeout)`),
        ),
      // A timer takes at most a 32-bit count of milliseconds; more would fire at once.
      Math.min(timeoutMs, 2 ** 31 - 1),
    )
    if (outer.aborted) this.#interrupt()
    outer.addEventListener('abort', this.#interrupt)
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  get remainingMs(): number {
    return this.#end - Date.now()
  }

  clear(): void {
    clearTimeout(this.#timer)
    this.#outer.removeEventListener('abort', this.#interrupt)
  }
}

/** A failure whose words hold no key; anything else is thrown on. */
function asFailure(error: unknown, key: string | undefined): LlmFailure {
  if (!(error instanceof LlmFailure)) throw error
  const { kind, message, waitMs, partial, retryable } = error
  return new LlmFailure(kind, redact(message, key), { waitMs, partial, retryable, cause: error.cause })
}

/** Says how long the server wants us to wait, where we do not. */
function withWait(failure: LlmFailure): LlmFailure {
  const { kind, message, waitMs, partial } = failure
  if (waitMs === undefined || !failure.retryable) return failure
  return new LlmFailure(kind, `${message} (it asks to wait ${seconds(waitMs)})`, { waitMs, partial, retryable: true })
}

function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 100) / 10} s`
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    })
  })
}
