import { UsageError } from '@loop-runner/cli-kit'
import type { AnswerEvent } from '../answer/answer.ts'
import type { Attachment, ChatRequest, Effort } from '../request/chat-request.ts'
import { type JsonObject, listOf, numberOf, objectOf } from '../json.ts'
import { bearer, finishEvent, present, servedEvent, textEvent, type ApiAdapter } from './api-adapter.ts'

/**
 * Ollama's own API. Its OpenAI-compatible API silently truncates long prompts at the front; here `truncate` and
 * `shift` turn that off.
 */
export const ollama: ApiAdapter = {
  path: '/api/chat',
  modelsPath: '/api/tags',
  prefix: '',
  framing: 'ndjson',
  finishEnds: false,
  writeBody,
  writeHeaders: bearer,
  readEvent,
  readBody: readEvent,
}

function writeBody({ model, messages, sampling }: ChatRequest): JsonObject {
  return {
    model,
    messages: messages.map(({ role, text, attachments = [] }) => ({
      role,
      content: text,
      images: attachments.length === 0 ? undefined : attachments.map(imageOf),
    })),
    stream: true,
    truncate: false,
    shift: false,
    think: sampling.effort === undefined ? undefined : thinkOf(sampling.effort),
    format: sampling.schema,
    options: {
      temperature: sampling.temperature,
      top_p: sampling.topP,
      num_predict: sampling.maxTokens,
      stop: sampling.stop,
      seed: sampling.seed,
    },
  }
}

function thinkOf(effort: Effort): boolean | string {
  if (effort === 'none') return false
  return effort === 'low' || effort === 'medium' || effort === 'high' ? effort : true
}

function imageOf({ name, mediaType, base64 }: Attachment): string {
  if (!mediaType.startsWith('image/')) throw new UsageError(`${name}: the ollama API takes images only`)
  return base64
}

function readEvent(payload: JsonObject): AnswerEvent[] {
  const message = objectOf(payload['message'])
  const text = present([
    servedEvent(payload['model']),
    textEvent('reasoning', message['thinking']),
    textEvent('text', message['content']),
    listOf(message['tool_calls']).length > 0 ? { kind: 'tool-call' } : undefined,
  ])
  if (payload['done'] !== true) return text
  const usage = { input: numberOf(payload['prompt_eval_count']), output: numberOf(payload['eval_count']) }
  return [...text, ...present([finishEvent(payload['done_reason'])]), { kind: 'usage', usage }, { kind: 'end' }]
}
