import type { Answer } from '../answer/answer.ts'
import { LlmFailure } from '../answer/failure.ts'
import { MAX_ANSWER_BYTES } from '../answer/max-answer-bytes.ts'
import type { AnswerListener, CallOptions } from '../answer/server-call.ts'
import type { Context } from '../context.ts'
import type { Target } from '../models/target.ts'
import { Deadline } from '../network/deadline.ts'
import type { ChatRequest } from '../request/chat-request.ts'
import { settleAttempt } from '../shared/turn.ts'
import { LocalModels } from './local-models.ts'

type GgufTarget = Extract<Target, { kind: 'gguf' }>

/**
 * Asks a model file, in this process. Without `io.localModels` it is loaded for this request alone.
 *
 * @throws LlmFailure without a complete answer
 */
export async function askGguf(
  { path, label }: GgufTarget,
  request: ChatRequest,
  { timeoutMs, maxBytes = MAX_ANSWER_BYTES, turn }: Omit<CallOptions, 'key'>,
  io: Context,
  listener: AnswerListener,
): Promise<Answer> {
  refuseUnknown(label, request)
  await using own = new LocalModels(io.detail)
  const models = io.localModels ?? own
  const deadline = new Deadline(timeoutMs, label, io.signal)
  try {
    const { signal } = deadline
    const model = await models.load(path, signal)
    const resume = deadline.pause()
    const attempt = await turn?.begin(false, signal)
    resume()
    const onProgress = (reasoning: number, text: number) => {
      attempt?.onProgress(reasoning + text)
      listener.onProgress?.(reasoning, text)
    }
    const generation = { label, request, signal, maxBytes, listener: { ...listener, onProgress } }
    return await settleAttempt(attempt, () => model.generate(generation)).catch((error: unknown) => {
      throw signal.aborted ? signal.reason : error
    })
  } finally {
    deadline.clear()
  }
}

/** @throws LlmFailure for what no model file takes */
export function refuseUnknown(label: string, { messages, sampling }: ChatRequest): void {
  if (messages.some(({ attachments = [] }) => attachments.length > 0)) {
    throw new LlmFailure('request', `${label}: option --attach: model files support text only`)
  }
  if (sampling.effort !== undefined)
    throw new LlmFailure('request', `${label}: option --effort: not supported by model files`)
}
