import { UsageError } from '@loop-runner/cli-kit'
import type { AnswerEvent, Usage } from '../answer/answer.ts'
import type { Attachment, ChatRequest, Message } from '../request/chat-request.ts'
import { isObject, type JsonObject, listOf, numberOf, objectOf } from '../json.ts'
import { isStrictSchema } from '../request/read-schema.ts'
import { readServerError } from '../answer/server-error.ts'
import { bearer, finishEvent, present, servedEvent, textEvent, type ApiAdapter } from './api-adapter.ts'

/** OpenAI's responses. */
export const openaiResponses: ApiAdapter = {
  path: '/responses',
  modelsPath: '/models',
  prefix: '/v1',
  framing: 'sse',
  finishEnds: true,
  writeBody,
  writeHeaders: bearer,
  readEvent,
  readBody: (payload) => [
    ...listOf(payload['output']).flatMap((item) => [...readItemText(objectOf(item)), ...readItem(objectOf(item))]),
    ...readResponse(payload),
    { kind: 'end' },
  ],
}

function writeBody({ model, messages, sampling }: ChatRequest): JsonObject {
  if (sampling.seed !== undefined) throw new UsageError('option --seed: the openai-responses API has no seed')
  if (sampling.stop !== undefined) throw new UsageError('option --stop: the openai-responses API has no stop strings')
  const system = messages.filter(({ role }) => role === 'system').map(({ text }) => text)
  return {
    model,
    instructions: system.length === 0 ? undefined : system.join('\n\n'),
    input: messages.filter(({ role }) => role !== 'system').map(writeMessage),
    stream: true,
    store: false,
    temperature: sampling.temperature,
    top_p: sampling.topP,
    max_output_tokens: sampling.maxTokens,
    reasoning: sampling.effort === undefined ? undefined : { effort: sampling.effort },
    text:
      sampling.schema === undefined
        ? undefined
        : {
            format: {
              type: 'json_schema',
              name: 'answer',
              schema: sampling.schema,
              strict: isStrictSchema(sampling.schema),
            },
          },
  }
}

function writeMessage({ role, text, attachments = [] }: Message): JsonObject {
  if (attachments.length === 0) return { role, content: text }
  return { role, content: [...attachments.map(writeAttachment), { type: 'input_text', text }] }
}

function writeAttachment({ name, mediaType, base64 }: Attachment): JsonObject {
  const url = `data:${mediaType};base64,${base64}`
  if (mediaType.startsWith('image/')) return { type: 'input_image', image_url: url }
  return { type: 'input_file', filename: name, file_data: url }
}

function readEvent(payload: JsonObject): AnswerEvent[] {
  switch (payload['type']) {
    case 'response.output_text.delta':
      return present([textEvent('text', payload['delta'])])
    case 'response.refusal.delta':
      return present([textEvent('refusal', payload['delta'])])
    case 'response.reasoning_summary_text.delta':
    case 'response.reasoning_text.delta':
      return present([textEvent('reasoning', payload['delta'])])
    case 'response.output_item.added':
      return readItem(objectOf(payload['item']))
    case 'response.created':
      return present([servedEvent(objectOf(payload['response'])['model'])])
    case 'response.completed':
    case 'response.incomplete':
    case 'response.failed':
      return [...readResponse(objectOf(payload['response'])), { kind: 'end' }]
    default:
      return []
  }
}

/** Events of an item except its text, which a stream sends in pieces. */
function readItem({ type }: JsonObject): AnswerEvent[] {
  return type === 'function_call' || type === 'custom_tool_call' ? [{ kind: 'tool-call' }] : []
}

function readItemText(item: JsonObject): AnswerEvent[] {
  const thoughts = [...listOf(item['summary']), ...(item['type'] === 'reasoning' ? listOf(item['content']) : [])]
  if (item['type'] === 'reasoning') {
    return present(thoughts.map((part) => textEvent('reasoning', objectOf(part)['text'])))
  }
  return present(
    listOf(item['content']).map((part) => {
      const { type, text, refusal } = objectOf(part)
      return type === 'refusal' ? textEvent('refusal', refusal) : textEvent('text', text)
    }),
  )
}

function readResponse(response: JsonObject): AnswerEvent[] {
  const { usage, status, error } = response
  const reason = objectOf(response['incomplete_details'])['reason']
  const word = typeof reason === 'string' ? reason : status
  return present([
    servedEvent(response['model']),
    isObject(usage) ? { kind: 'usage', usage: readUsage(usage) } : undefined,
    isObject(error) ? { kind: 'error', error: readServerError(error) } : undefined,
    finishEvent(word),
  ])
}

function readUsage(usage: JsonObject): Usage {
  return {
    input: numberOf(usage['input_tokens']),
    output: numberOf(usage['output_tokens']),
    reasoning: numberOf(objectOf(usage['output_tokens_details'])['reasoning_tokens']),
    cached: numberOf(objectOf(usage['input_tokens_details'])['cached_tokens']),
  }
}
