import { reasonOf } from '@loop-runner/cli-kit'
import { type Answer, NO_ANSWER, type Usage } from '../answer/answer.ts'
import { LlmFailure } from '../answer/failure.ts'
import { overflowFailure } from '../answer/server-failure.ts'
import type { AnswerListener } from '../answer/server-call.ts'
import type { ChatRequest, Message } from '../request/chat-request.ts'
import type { ChatItem, ChatWrapper, Llama, LlamaContext, LlamaModel, LlamaModule, Sequence } from './llama-types.ts'

interface Loaded {
  readonly module: LlamaModule
  readonly llama: Llama
  readonly model: LlamaModel
}

export interface Generation {
  readonly label: string
  readonly request: ChatRequest
  readonly signal: AbortSignal
  readonly maxBytes: number
  readonly listener: AnswerListener
}

/** A context with the beginning of a conversation in it, which the next request may share. */
interface Slot {
  readonly context: LlamaContext
  readonly sequence: Sequence
}

/** Tokens of an answer without --max-tokens, if the model's context has room for them. */
const USUAL_ANSWER = 8192
/** Reasons to stop that mean a complete answer. */
const COMPLETE: ReadonlySet<string> = new Set(['eogToken', 'stopGenerationTrigger', 'customStopTrigger'])

/** A model in memory. Each request that runs has a context of its own; contexts are kept for the next request. */
export class LocalModel {
  readonly #loaded: Loaded
  readonly #wrapper: ChatWrapper
  readonly #idle: Slot[] = []

  constructor(loaded: Loaded) {
    this.#loaded = loaded
    this.#wrapper = loaded.module.resolveChatWrapper(loaded.model)
  }

  /** @throws LlmFailure without a complete answer */
  async generate(generation: Generation): Promise<Answer> {
    const { label, request } = generation
    const history = [...request.messages.map(chatItem), { type: 'model', response: [] } as const]
    const prompt = this.#wrapper.generateContextState({ chatHistory: history }).contextText
    const promptTokens = prompt.tokenize(this.#loaded.model.tokenizer).length
    const { trainContextSize: limit } = this.#loaded.model
    const info = { label, promptTokens, hasKey: false }
    if (promptTokens + 1 >= limit) throw overflowFailure({ prompt: promptTokens, limit }, info)
    const wanted = Math.min(limit, promptTokens + (request.sampling.maxTokens ?? USUAL_ANSWER) + 1)
    const slot = await this.#takeSlot(wanted, label)
    try {
      const answer = await this.#generateIn(slot, history, promptTokens, generation)
      this.#idle.push(slot)
      return answer
    } catch (error) {
      // What an answer left behind that was ended is not known.
      await slot.context.dispose()
      throw error
    }
  }

  async #generateIn(
    { context, sequence }: Slot,
    history: readonly ChatItem[],
    promptTokens: number,
    { label, request, signal, maxBytes, listener }: Generation,
  ): Promise<Answer> {
    const { temperature, topP, seed, maxTokens, stop, schema } = request.sampling
    const room = Math.min(context.contextSize, this.#loaded.model.trainContextSize) - promptTokens - 1
    const limit = Math.min(maxTokens ?? Infinity, room)
    const heard = follow(listener, maxBytes)
    const before = sequence.tokenMeter.getState()
    const chat = new this.#loaded.module.LlamaChat({ contextSequence: sequence, chatWrapper: this.#wrapper })
    const { response, metadata } = await chat.generateResponse(history, {
      temperature,
      topP,
      seed: seed ?? Math.floor(Math.random() * 2 ** 31),
      maxTokens: limit,
      customStopTriggers: stop,
      grammar: schema === undefined ? undefined : await this.#grammarOf(schema, label),
      signal,
      onResponseChunk: heard.onChunk,
      contextShift: {
        strategy: () => {
          throw overflowFailure(
            { prompt: promptTokens, limit: context.contextSize },
            { label, promptTokens, hasKey: false },
          )
        },
      },
    })
    const after = sequence.tokenMeter.getState()
    const read = after.usedInputTokens - before.usedInputTokens
    const usage = {
      input: promptTokens,
      output: after.usedOutputTokens - before.usedOutputTokens,
      // The last token of a prompt is never kept.
      cached: promptTokens - read > 1 ? promptTokens - read : undefined,
    }
    requireWhole(label, response, metadata.stopReason, { partial: response, usage, isUserLimit: limit === maxTokens })
    const reasoning = heard.reasoning()
    return { ...NO_ANSWER, text: response, reasoning, finish: 'stop', ended: true, usage, served: label }
  }

  async #grammarOf(schema: unknown, label: string): Promise<object> {
    try {
      return await this.#loaded.llama.createGrammarForJsonSchema(schema)
    } catch (error) {
      throw new LlmFailure('request', `${label}: option --schema: ${reasonOf(error)}`)
    }
  }

  /** A context with room for so many tokens: a kept one, else a new one. */
  async #takeSlot(size: number, label: string): Promise<Slot> {
    const place = this.#idle.findIndex(({ context }) => context.contextSize >= size)
    const [kept] = place < 0 ? [] : this.#idle.splice(place, 1)
    if (kept) return kept
    for (const { context } of this.#idle.splice(0)) await context.dispose()
    try {
      const context = await this.#loaded.model.createContext({ contextSize: { min: size, max: size } })
      return { context, sequence: context.getSequence() }
    } catch (error) {
      const words = `${label}: no memory for a context of ${size} tokens: ${reasonOf(error)}`
      throw new LlmFailure('setup', `${words} (send less, or lower --max-tokens)`)
    }
  }

  async dispose(): Promise<void> {
    await this.#loaded.llama.dispose()
  }
}

function chatItem({ role, text }: Message): ChatItem {
  return role === 'assistant' ? { type: 'model', response: [text] } : { type: role, text }
}

interface Details {
  readonly partial: string
  readonly usage: Usage
  /** Whether the limit of tokens is that of the request, not the room in the context. */
  readonly isUserLimit: boolean
}

/** @throws LlmFailure for an incomplete answer */
function requireWhole(label: string, response: string, reason: string, { isUserLimit, ...partial }: Details): void {
  if (reason === 'maxTokens' && isUserLimit) {
    throw new LlmFailure(
      'length',
      `${label}: the answer was truncated at the token limit (raise --max-tokens)`,
      partial,
    )
  }
  if (reason === 'maxTokens') {
    const hint = '(send less, or set --max-tokens if the model has room)'
    throw new LlmFailure('full', `${label}: the answer was truncated: the context is full ${hint}`, partial)
  }
  if (!COMPLETE.has(reason)) throw new LlmFailure('incomplete', `${label}: the answer ended by ${reason}`, partial)
  if (response.trim() === '') throw new LlmFailure('empty', `${label}: the answer is empty`, partial)
}

function follow(
  { onText, onReasoning, onProgress }: AnswerListener,
  maxBytes: number,
): {
  readonly onChunk: (chunk: { readonly type?: string | undefined; readonly text: string }) => void
  readonly reasoning: () => string
} {
  let reasoning = ''
  let length = 0
  return {
    onChunk: ({ type, text }) => {
      if (type === 'segment') {
        reasoning += text
        onReasoning?.(text)
      } else {
        length += text.length
        onText?.(text)
      }
      onProgress?.(reasoning.length, length)
      if (reasoning.length + length > maxBytes) {
        throw new LlmFailure('too-large', `the answer is larger than ${maxBytes} bytes (--max-answer-bytes)`)
      }
    },
    reasoning: () => reasoning,
  }
}
