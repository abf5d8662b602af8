import { currentEnvironment } from '@loop-runner/cli-kit'
import type { Usage } from './answer/answer.ts'
import { askModels, type Question } from './call/ask-models.ts'
import type { Context } from './context.ts'
import type { Message, Sampling } from './request/chat-request.ts'
import { makePooledTransport } from './network/pooled-transport.ts'
import { parseTarget } from './models/target.ts'
import type { Api } from './apis/api-adapter.ts'

export type { Usage } from './answer/answer.ts'
export type { Attachment, Message, Sampling } from './request/chat-request.ts'
export { type FailureKind, LlmFailure } from './answer/failure.ts'
export type { Api } from './apis/api-adapter.ts'

const TIMEOUT_MS = 600_000
const CONNECT_MS = 10_000
const RETRIES = 3

/** The model and the options of a wrangler; defaults are those of the command. */
export interface WranglerOptions extends Sampling {
  /** A provider such as `groq`, `exec:COMMAND`, `replay:PATH`, or `local`: a local Ollama server, started unless it is running. */
  readonly platform: string
  /** The provider's name of the model; default: the provider's default model. */
  readonly model?: string | undefined
  /** The server's address; then only `key` is sent there. */
  readonly url?: string | undefined
  readonly api?: Api | undefined
  readonly key?: string | undefined
  /** Instructions for the model, apart from the prompts. */
  readonly system?: string | undefined
  /** Of all attempts together, in milliseconds. */
  readonly timeoutMs?: number | undefined
  readonly retries?: number | undefined
  /** Ends everything that this wrangler has begun. */
  readonly signal?: AbortSignal | undefined
  /** Called with notices, such as a wait before a retry. */
  readonly onNotice?: ((message: string) => void) | undefined
}

/** A complete answer. */
export interface Reply {
  readonly text: string
  /** The model's reasoning, if it is reported; otherwise empty. */
  readonly reasoning: string
  readonly usage: Usage
  /** The model named in the response. */
  readonly served: string | undefined
  readonly seconds: number
}

/** For one prompt. */
export interface SubmitOptions {
  readonly signal?: AbortSignal | undefined
  /** Earlier messages of the conversation. */
  readonly history?: readonly Message[] | undefined
}

/**
 * A language model as an object: the engine of lr-llm for programs. It keeps no conversation. Every method throws
 * LlmFailure without a complete answer.
 */
export class LLMWrangler implements AsyncDisposable {
  readonly #options: WranglerOptions
  readonly #target: Question['targets'][0]
  readonly #local: AsyncDisposable | undefined
  readonly #closed = new AbortController()
  readonly #transport = makePooledTransport()

  private constructor(options: WranglerOptions, target: Question['targets'][0], local: AsyncDisposable | undefined) {
    this.#options = options
    this.#target = target
    this.#local = local
  }

  /**
   * @throws UsageError for an unknown platform or invalid address; LlmFailure if a local model is unavailable
   */
  static async create(options: WranglerOptions): Promise<LLMWrangler> {
    const { platform, model, url, api, signal, onNotice } = options
    const isLocal = platform === 'local'
    const name = [isLocal ? 'ollama' : platform, model].filter((part) => part !== undefined).join('/')
    const target = parseTarget({ model: name, url, api, env: currentEnvironment().env })
    if (!isLocal) return new LLMWrangler(options, target, undefined)
    const { useLocal } = await import('./ollama/use-local.ts')
    const io = contextOf(signal ?? new AbortController().signal, onNotice)
    const local = await useLocal(target, io, ({ what }) => io.progress(what))
    return new LLMWrangler(options, target, local)
  }

  /** The text of the answer to a prompt. */
  async submit(prompt: string, options: SubmitOptions = {}): Promise<string> {
    const { text } = await this.ask(prompt, options)
    return text
  }

  /** The answer to a prompt with all that is known about it. */
  async ask(prompt: string, options: SubmitOptions = {}): Promise<Reply> {
    return this.#ask(prompt, options, undefined)
  }

  /**
   * The text of the answer in pieces as they come. Only the end confirms that it is complete: until then it may throw.
   * Leaving the loop early ends the request.
   */
  async *stream(prompt: string, options: SubmitOptions = {}): AsyncGenerator<string, Reply> {
    const left = new AbortController()
    const signal = options.signal ? AbortSignal.any([options.signal, left.signal]) : left.signal
    const pieces: string[] = []
    let spoken = ''
    let wake = () => {}
    const answer = this.#ask(prompt, { ...options, signal }, (text) => {
      pieces.push(text)
      spoken += text
      wake()
    })
    let isOver = false
    const over = answer.then(
      () => void (isOver = true),
      () => void (isOver = true),
    )
    try {
      for (;;) {
        const next = new Promise<void>((resolve) => (wake = resolve))
        yield* pieces.splice(0)
        if (isOver) break
        await Promise.race([next, over])
      }
      const reply = await answer
      // A command or a recording sends everything at once.
      const rest = reply.text.startsWith(spoken) ? reply.text.slice(spoken.length) : ''
      if (rest !== '') yield rest
      return reply
    } finally {
      left.abort()
    }
  }

  /** Aborts running requests, and stops the server that was started for a local model. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed.abort(new Error('the wrangler was closed'))
    // Not awaited: the rejection of an aborted request must reach its caller first.
    void this.#transport[Symbol.asyncDispose]()
    await this.#local?.[Symbol.asyncDispose]()
  }

  async #ask(prompt: string, options: SubmitOptions, onText: ((text: string) => void) | undefined): Promise<Reply> {
    const signals = [this.#closed.signal, this.#options.signal, options.signal].filter((signal) => signal !== undefined)
    const around = contextOf(AbortSignal.any(signals), this.#options.onNotice)
    const io = { ...around, transport: this.#transport }
    const { answer, seconds } = await askModels(this.#question(prompt, options), io, { onText })
    const { text, reasoning, usage, served } = answer
    return { text, reasoning, usage, served, seconds }
  }

  #question(prompt: string, { history = [] }: SubmitOptions): Question {
    const { key, system, timeoutMs = TIMEOUT_MS, retries = RETRIES, ...options } = this.#options
    const { temperature, topP, maxTokens, stop, seed, effort, schema } = options
    return {
      targets: [this.#target],
      messages: [
        ...(system === undefined ? [] : [{ role: 'system', text: system } as const]),
        ...history,
        { role: 'user', text: prompt },
      ],
      sampling: { temperature, topP, maxTokens, stop, seed, effort, schema },
      key: { key },
      callOptions: { headers: {}, fields: [], limits: { connectMs: CONNECT_MS }, timeoutMs, retries },
      passEnv: [],
      inOrder: false,
      prices: [],
    }
  }
}

function contextOf(signal: AbortSignal, onNotice: ((message: string) => void) | undefined): Context {
  const say = onNotice ?? (() => {})
  // Interrupts are the calling program's; it closes its wranglers.
  return { ...currentEnvironment(), signal, progress: say, warn: say, detail: () => {}, onInterrupt: () => () => {} }
}
