import { addEvent, type Answer, type AnswerEvent, NO_ANSWER } from './answer.ts'
import type { ChatRequest } from '../request/chat-request.ts'
import type { JsonObject } from '../json.ts'
import { type Adapted, adaptBody } from '../request/adapt-body.ts'
import { LlmFailure } from './failure.ts'
import { MAX_ANSWER_BYTES } from './max-answer-bytes.ts'
import { callHttp, type HttpResponse, type Network, readText } from '../network/http-call.ts'
import type { Limits } from '../network/phase-limits.ts'
import { requireComplete } from './require-complete.ts'
import { looksCut, wasCut, withContext } from '../ollama/ollama-context.ts'
import { ResponseReader, tooLarge } from './response-reader.ts'
import { carriesKey } from '../keys/secret-header.ts'
import { type RequestInfo, httpFailure, overflowFailure } from './server-failure.ts'
import { splitThinking, visiblePart } from './split-thinking.ts'
import { requestAddress, type ServerTarget } from '../models/target.ts'
import { API_ADAPTERS } from '../apis/api-adapters.ts'
import type { Turn } from '../shared/turn.ts'
import { type BodyField, estimateTokens, writeBody } from '../request/write-body.ts'

/** How a server is called. */
export interface CallOptions {
  readonly key?: string | undefined
  /** Where the key was found, for errors. */
  readonly keyPlace?: string | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly fields: readonly BodyField[]
  readonly limits: Limits
  /** Of all requests together, in milliseconds. */
  readonly timeoutMs: number
  readonly retries: number
  readonly ca?: string | undefined
  /** Of all waits for the reset of rate limits together, in milliseconds. */
  readonly waitLimitMs?: number | undefined
  /** Called before each wait. */
  readonly onWait?: ((wait: Wait) => void) | undefined
  /** Of an answer, decompressed. */
  readonly maxBytes?: number | undefined
  /** Among the requests that share limits. */
  readonly turn?: Turn | undefined
}

/** A wait before another attempt. */
export interface Wait {
  readonly event: 'retry' | 'rate-limit'
  readonly model: string
  /** The kind of the failure. */
  readonly kind: string
  readonly message: string
  readonly seconds: number
  /** When it ends, as ISO 8601. */
  readonly until: string
}

/** Follows an answer as it comes. */
export interface AnswerListener {
  /** Pieces of its text. After the first one the request is not retried. */
  readonly onText?: ((text: string) => void) | undefined
  /** Pieces of the reasoning before it. */
  readonly onReasoning?: ((text: string) => void) | undefined
  /** Characters of reasoning and text that came so far, in this attempt. */
  readonly onProgress?: ((reasoning: number, text: number) => void) | undefined
}

/** The headers that every request to a server has: its key, and what the caller adds. */
export function headersOf(
  { api }: ServerTarget,
  { key, headers }: Pick<CallOptions, 'key' | 'headers'>,
): Readonly<Record<string, string>> {
  return { ...API_ADAPTERS[api].writeHeaders(key), ...headers }
}

interface Listeners {
  readonly listener: AnswerListener
  readonly warn: (message: string) => void
}

/** Changes of a body that a server rejects, in one call. */
const MOST_ADAPTATIONS = 8

/** One call of a server, which may take several attempts. */
export class ServerCall {
  readonly #target: ServerTarget
  readonly #headers: Readonly<Record<string, string>>
  readonly #network: Network
  readonly #asked: RequestInfo
  readonly #hasLimit: boolean
  readonly #maxBytes: number
  readonly #listener: AnswerListener
  readonly #warn: (message: string) => void
  #body: JsonObject
  #isPrepared = false
  #adaptations = 0
  #spoken = ''
  #thought = 0

  constructor(
    target: ServerTarget,
    request: ChatRequest,
    options: CallOptions,
    network: Network,
    { listener, warn }: Listeners,
  ) {
    this.#target = target
    this.#headers = headersOf(target, options)
    this.#network = network
    this.#listener = listener
    this.#warn = warn
    const hasKey = carriesKey(this.#headers)
    const { keyPlace } = options
    this.#asked = { label: target.label, promptTokens: estimateTokens(request), hasKey, keyPlace }
    this.#maxBytes = options.maxBytes ?? MAX_ANSWER_BYTES
    this.#hasLimit = request.sampling.maxTokens !== undefined
    this.#body = writeBody(target, request, options.fields)
  }

  get hasSpoken(): boolean {
    return this.#spoken !== ''
  }

  async attempt(): Promise<Answer> {
    await this.#prepare()
    const adapter = API_ADAPTERS[this.#target.api]
    const response = await callHttp(
      {
        url: requestAddress(this.#target),
        method: 'POST',
        headers: { 'content-type': 'application/json', ...this.#headers },
        body: JSON.stringify(this.#body),
      },
      this.#network,
    )
    await this.#checkStatus(response)
    const answer = await this.#readAnswer(response)
    requireComplete(answer, this.#asked, adapter.finishEnds)
    if (this.#target.api === 'ollama') this.#checkPrompt(answer)
    return answer
  }

  /** Changes the body to what the server accepts. @returns what was changed, if anything */
  adapt({ kind, message, param }: LlmFailure): Adapted | undefined {
    if (kind !== 'request' || ++this.#adaptations > MOST_ADAPTATIONS) return undefined
    const adapted = adaptBody(this.#body, message, { param, isUserLimit: this.#hasLimit })
    if (adapted) this.#body = adapted.body
    return adapted
  }

  async #prepare(): Promise<void> {
    if (this.#isPrepared || this.#target.api !== 'ollama') return
    const { promptTokens } = this.#asked
    this.#body = await withContext(this.#body, promptTokens, this.#target, this.#headers, this.#network)
    this.#isPrepared = true
  }

  /** Old Ollama servers truncate a prompt although `truncate` is false. */
  #checkPrompt(answer: Answer): void {
    const { promptTokens } = this.#asked
    const { input } = answer.usage
    if (wasCut(answer, this.#body, promptTokens))
      throw overflowFailure({ prompt: undefined, limit: input }, this.#asked)
    if (looksCut(answer, promptTokens)) {
      this.#warn(`it read ${input} tokens of a prompt of about ${promptTokens}: part of it may be missing`)
    }
  }

  async #checkStatus(response: HttpResponse): Promise<void> {
    const { status, headers } = response
    if (status >= 200 && status < 300) return
    if (status >= 400) throw httpFailure(this.#asked, status, headers, await readText(response))
    const to = headers['location']
    const hint = typeof to === 'string' ? ` to ${to} (if you trust it, set --url to it)` : ''
    throw new LlmFailure('request', `${this.#asked.label}: HTTP ${status}: the server redirects${hint}`)
  }

  async #readAnswer({ chunks }: HttpResponse): Promise<Answer> {
    const reader = new ResponseReader(API_ADAPTERS[this.#target.api], this.#maxBytes)
    let answer = NO_ANSWER
    this.#thought = 0
    const take = (events: readonly AnswerEvent[]) => {
      for (const event of events) {
        if (event.kind === 'restart' && this.#spoken !== '') {
          throw new LlmFailure('cut', `${this.#asked.label}: the server started its answer again`)
        }
        answer = addEvent(answer, event)
      }
      const size = answer.text.length + answer.reasoning.length + answer.refusal.length
      if (size > this.#maxBytes) answer = { ...answer, error: answer.error ?? tooLarge(this.#maxBytes) }
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
      throw error.with({ partial: answer.text, usage: answer.usage })
    }
    const { reasoning, text } = splitThinking(answer.text)
    return { ...answer, text, reasoning: [answer.reasoning, reasoning].filter((part) => part !== '').join('\n') }
  }

  #speak({ text, reasoning }: Answer): void {
    const { onText, onReasoning, onProgress } = this.#listener
    onProgress?.(reasoning.length, text.length)
    if (onReasoning && reasoning.length > this.#thought) {
      onReasoning(reasoning.slice(this.#thought))
      this.#thought = reasoning.length
    }
    if (!onText) return
    const visible = visiblePart(text)
    // Text that was printed turned out to be reasoning; the whole answer is printed at the end.
    if (!visible.startsWith(this.#spoken)) return
    if (visible.length > this.#spoken.length) onText(visible.slice(this.#spoken.length))
    this.#spoken = visible
  }
}
