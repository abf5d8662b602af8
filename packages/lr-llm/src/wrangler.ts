import { currentEnvironment } from '@loop-runner/cli-kit'
import type { Usage } from './answer/answer.ts'
import { askModels, type Question } from './ask/ask-models.ts'
import type { Surroundings } from './surroundings.ts'
import type { Message, Sampling } from './request/chat-request.ts'
import { makePooledTransport } from './network/pooled-transport.ts'
import { parseTarget } from './models/target.ts'
import type { Api } from './wires/wire.ts'

export type { Usage } from './answer/answer.ts'
export type { Attachment, Message, Sampling } from './request/chat-request.ts'
export { type FailureKind, LlmFailure } from './answer/failure.ts'
export type { Api } from './wires/wire.ts'

const TIMEOUT_MS = 600_000
const CONNECT_MS = 10_000
const RETRIES = 3

/** Whom a wrangler asks, and how. What is not set is as for the command. */
export interface WranglerOptions extends Sampling {
  /** A provider such as `groq`, `exec:COMMAND`, `replay:PATH`, or `local`: Ollama here, started where it does not run. */
  readonly platform: string
  /** The provider's name of the model; its default model where it is not set. */
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
  /** Told of what is worth knowing, such as a wait before another attempt. */
  readonly onNotice?: ((message: string) => void) | undefined
}

/** A whole answer. */
export interface Reply {
  readonly text: string
  /** What the model thought, where it says so; empty otherwise. */
  readonly reasoning: string
  readonly usage: Usage
  /** The model that says it answered. */
  readonly served: string | undefined
  readonly seconds: number
}

/** For one prompt. */
export interface SubmitOptions {
  readonly signal?: AbortSignal | undefined
  /** What was said before. */
  readonly history?: readonly Message[] | undefined
}

/**
 * A language model as an object: the engine of lr-llm for programs. It keeps no conversation. Every method throws
 * LlmFailure where no whole answer comes, never giving half of one.
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
   * @throws UsageError for a platform or an address that is none; LlmFailure where a local model cannot be had
   */
  static async create(options: WranglerOptions): Promise<LLMWrangler> {
    const { platform, model, url, api, signal, onNotice } = options
    const isLocal = platform === 'local'
    const name = [isLocal ? 'ollama' : platform, model].filter((part) => part !== undefined).join('/')
    const target = parseTarget({ model: name, url, api, env: currentEnvironment().env })
    if (!isLocal) return new LLMWrangler(options, target, undefined)
    const { useLocal } = await import('./ollama/use-local.ts')
    const io = surroundings(signal ?? new AbortController().signal, onNotice)
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
   * The text of the answer in pieces as they come. Only the end says that it was whole: until then it may still throw.
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
      // A command or a record says all at once.
      const rest = reply.text.startsWith(spoken) ? reply.text.slice(spoken.length) : ''
      if (rest !== '') yield rest
      return reply
    } finally {
      left.abort()
    }
  }

  /** Ends what is still going on, and stops the server that was started for a local model. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed.abort(new Error('the wrangler was closed'))
    // Not awaited: a caller that waits for an ended request must hear of it in its own time.
    void this.#transport[Symbol.asyncDispose]()
    await this.#local?.[Symbol.asyncDispose]()
  }

  async #ask(prompt: string, options: SubmitOptions, onText: ((text: string) => void) | undefined): Promise<Reply> {
    const signals = [this.#closed.signal, this.#options.signal, options.signal].filter((signal) => signal !== undefined)
    const around = surroundings(AbortSignal.any(signals), this.#options.onNotice)
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

function surroundings(signal: AbortSignal, onNotice: ((message: string) => void) | undefined): Surroundings {
  const say = onNotice ?? (() => {})
  // Interrupts are the calling program's; it closes its wranglers.
  return { ...currentEnvironment(), signal, progress: say, warn: say, detail: () => {}, onInterrupt: () => () => {} }
}
