import type { Answer } from '../answer/answer.ts'
import type { AnswerListener, CallOptions } from '../answer/server-call.ts'
import { askServer } from '../call/ask-server.ts'
import type { Context } from '../context.ts'
import { baseAddress } from '../models/base-address.ts'
import type { ServerTarget } from '../models/target.ts'
import type { ChatRequest } from '../request/chat-request.ts'
import { refuseUnknown } from './ask-gguf.ts'
import type { ModelService } from './model-service.ts'

const CONNECT_MS = 10_000

/**
 * Asks a model file that a service holds.
 *
 * @throws LlmFailure without a complete answer
 */
export async function askModelService(
  { url, token, label }: ModelService & { readonly label: string },
  request: ChatRequest,
  options: Omit<CallOptions, 'key'>,
  io: Context,
  listener: AnswerListener,
): Promise<Answer> {
  refuseUnknown(label, request)
  const api = 'openai-chat'
  const baseUrl = baseAddress(url, api)
  const target: ServerTarget = {
    kind: 'server',
    label,
    provider: 'gguf',
    api,
    dialect: {},
    baseUrl,
    isHome: false,
    model: label,
  }
  // Only the limit of the whole applies, as in a process that holds the model: a long prompt may take minutes to read.
  return askServer(target, request, { ...options, limits: { connectMs: CONNECT_MS }, key: token }, io, listener)
}
