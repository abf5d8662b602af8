import { addEvent, type Answer, type AnswerEvent, NO_ANSWER } from './answer.ts'
import type { ChatRequest } from '../request/chat-request.ts'
import type { JsonObject } from '../json.ts'
import { adaptBody } from '../request/adapt-body.ts'
import { LlmFailure } from './failure.ts'
import { callHttp, type HttpResponse, type Network, readText } from '../network/http-call.ts'
import type { Limits } from '../network/phase-limits.ts'
import { judgeAnswer } from './judge-answer.ts'
import { looksCut, wasCut, withContext } from '../ollama/ollama-context.ts'
import { ResponseReader } from './response-reader.ts'
import { carriesKey } from '../keys/secret-header.ts'
import { type Asked, httpFailure, overflowFailure } from './server-failure.ts'
import { splitThinking, visibleText } from './split-thinking.ts'
import { questionAddress, type ServerTarget } from '../models/target.ts'
import { WIRES } from '../wires/table.ts'
import { type BodyField, estimateTokens, writeBody } from '../request/write-body.ts'

/** How a server is called. */
export interface CallOptions {
  readonly key?: string | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly fields: readonly BodyField[]
  readonly limits: Limits
  /** Of all requests together, in milliseconds. */
  readonly timeoutMs: number
  readonly retries: number
  readonly ca?: string | undefined
}

/** Receives the text of an answer as it comes. From its first call on nothing is asked again. */
export type TextListener = (text: string) => void

/** The headers that every request to a server has: its key, and what the caller adds. */
export function headersOf(
  { api }: ServerTarget,
  { key, headers }: Pick<CallOptions, 'key' | 'headers'>,
): Readonly<Record<string, string>> {
  return { ...WIRES[api].writeHeaders(key), ...headers }
}

interface Listeners {
  readonly onText: TextListener | undefined
  readonly warn: (message: string) => void
}

/** One call of a server, which may take several attempts. */
export class ServerCall {
  readonly #target: ServerTarget
  readonly #headers: Readonly<Record<string, string>>
  readonly #network: Network
  readonly #asked: Asked
  readonly #onText: TextListener | undefined
  readonly #warn: (message: string) => void
  #body: JsonObject
  #isPrepared = false
  #spoken = ''

  constructor(
    target: ServerTarget,
    request: ChatRequest,
    options: CallOptions,
    network: Network,
    { onText, warn }: Listeners,
  ) {
    this.#target = target
    this.#headers = headersOf(target, options)
    this.#network = network
    this.#onText = onText
    this.#warn = warn
    const hasKey = carriesKey(this.#headers)
    this.#asked = { label: target.label, promptTokens: estimateTokens(request), hasKey }
    this.#body = writeBody(target, request, options.fields)
  }

  get hasSpoken(): boolean {
    return this.#spoken !== ''
  }

  async attempt(): Promise<Answer> {
    await this.#prepare()
    const wire = WIRES[this.#target.api]
    const response = await callHttp(
      {
        url: questionAddress(this.#target),
        method: 'POST',
        headers: { 'content-type': 'application/json', ...this.#headers },
        body: JSON.stringify(this.#body),
      },
      this.#network,
    )
    await this.#checkStatus(response)
    const answer = await this.#readAnswer(response)
    judgeAnswer(answer, this.#asked, wire.finishEnds)
    if (this.#target.api === 'ollama') this.#checkPrompt(answer)
    return answer
  }

  /** Changes the body to what the server says that it takes. @returns what was changed, if anything */
  adapt({ kind, message }: LlmFailure): string | undefined {
    const adapted = kind === 'request' ? adaptBody(this.#body, message) : undefined
    if (adapted) this.#body = adapted.body
    return adapted?.notice
  }

  async #prepare(): Promise<void> {
    if (this.#isPrepared || this.#target.api !== 'ollama') return
    const { promptTokens } = this.#asked
    this.#body = await withContext(this.#body, promptTokens, this.#target, this.#headers, this.#network)
    this.#isPrepared = true
  }

  /** Old Ollama servers cut a prompt though they are told not to. */
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
      throw error.with({ partial: answer.text, usage: answer.usage })
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
