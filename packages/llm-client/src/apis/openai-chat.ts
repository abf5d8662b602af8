import type { AnswerEvent, Usage } from '../answer/answer.ts'
import type { Attachment, ChatRequest, Message } from '../request/chat-request.ts'
import type { Dialect } from '../models/providers.ts'
import { isObject, type JsonObject, listOf, numberOf, objectOf, textOf } from '../json.ts'
import { isStrictSchema } from '../request/read-schema.ts'
import { bearer, finishEvent, present, servedEvent, textEvent, type ApiAdapter } from './api-adapter.ts'

/** OpenAI's chat completions, and compatible servers. */
export const openaiChat: ApiAdapter = {
  path: '/chat/completions',
  modelsPath: '/models',
  prefix: '/v1',
  framing: 'sse',
  finishEnds: true,
  writeBody,
  writeHeaders: bearer,
  readEvent: (payload) => readCompletion(payload, 'delta'),
  // A body has no end marker; it is complete if it can be parsed.
  readBody: (payload) => [...readCompletion(payload, 'message'), { kind: 'end' }],
}

function writeBody({ model, messages, sampling }: ChatRequest, dialect: Dialect): JsonObject {
  const { limit = 'max_tokens', usage = 'stream_options', effort = 'reasoning_effort' } = dialect
  return {
    model,
    messages: messages.map(writeMessage),
    stream: true,
    ...(usage === 'stream_options' ? { stream_options: { include_usage: true } } : {}),
    temperature: sampling.temperature,
    top_p: sampling.topP,
    [limit]: sampling.maxTokens,
    stop: sampling.stop,
    seed: sampling.seed,
    ...(sampling.effort === undefined ? {} : writeEffort(effort, sampling.effort)),
    ...(sampling.schema === undefined ? {} : { response_format: writeSchema(sampling.schema, dialect) }),
  }
}

function writeEffort(field: 'reasoning_effort' | 'reasoning', effort: string): JsonObject {
  return field === 'reasoning' ? { reasoning: { effort } } : { reasoning_effort: effort }
}

function writeSchema(schema: JsonObject, dialect: Dialect): JsonObject {
  if (dialect.schema === 'json_object') return { type: 'json_object' }
  return { type: 'json_schema', json_schema: { name: 'answer', schema, strict: isStrictSchema(schema) } }
}

function writeMessage({ role, text, attachments = [] }: Message): JsonObject {
  if (attachments.length === 0) return { role, content: text }
  return { role, content: [...attachments.map(writeAttachment), { type: 'text', text }] }
}

function writeAttachment({ name, mediaType, base64 }: Attachment): JsonObject {
  const url = `data:${mediaType};base64,${base64}`
  if (mediaType.startsWith('image/')) return { type: 'image_url', image_url: { url } }
  return { type: 'file', file: { filename: name, file_data: url } }
}

function readCompletion(payload: JsonObject, part: 'delta' | 'message'): AnswerEvent[] {
  const usage = payload['usage'] ?? objectOf(payload['x_groq'])['usage']
  return present([
    servedEvent(payload['model']),
    ...readChoices(payload).flatMap((choice) => readChoice(choice, part)),
    isObject(usage) ? { kind: 'usage', usage: readUsage(usage) } : undefined,
  ])
}

/** The most that the API gives. */
const MOST_CHOICES = 128

/** By number, which some servers begin at 1, leave out or send as a string. */
function readChoices({ choices }: JsonObject): { readonly index: number; readonly choice: JsonObject }[] {
  return listOf(choices)
    .slice(0, MOST_CHOICES)
    .filter(isObject)
    .map((choice) => ({ index: Number(choice['index'] ?? 0) || 0, choice }))
    .sort((left, right) => left.index - right.index)
}

function readChoice(
  { index, choice }: { readonly index: number; readonly choice: JsonObject },
  part: 'delta' | 'message',
): (AnswerEvent | undefined)[] {
  const said = choice[part]
  return [
    { kind: 'choice', index },
    ...readMessage(objectOf(said)),
    // Legacy completions send the text beside the delta; if both are there they are the same.
    isObject(said) ? undefined : textEvent('text', choice['text']),
    finishEvent(choice['finish_reason']),
  ]
}

function readMessage(said: JsonObject): (AnswerEvent | undefined)[] {
  const { content, refusal } = said
  const calls = [...listOf(said['tool_calls']), ...(isObject(said['function_call']) ? [said['function_call']] : [])]
  return [
    textEvent('reasoning', textOf(said['reasoning_content']) ?? textOf(said['reasoning']) ?? said['reasoning_text']),
    ...(Array.isArray(content) ? readContentParts(content) : [textEvent('text', content)]),
    textEvent('refusal', refusal),
    calls.length > 0 ? { kind: 'tool-call' } : undefined,
  ]
}

/** Mistral's reasoning models send content as a list of parts, thoughts among them as lists of their own. */
function readContentParts(content: readonly unknown[]): (AnswerEvent | undefined)[] {
  return content.flatMap((item) => {
    const part = objectOf(item)
    if (part['type'] === 'text') return [textEvent('text', part['text'])]
    return listOf(part['thinking']).map((thought) => textEvent('reasoning', objectOf(thought)['text']))
  })
}

function readUsage(usage: JsonObject): Usage {
  const { cost } = usage
  const input = numberOf(usage['prompt_tokens'])
  const output = numberOf(usage['completion_tokens'])
  // Google's and xAI's thoughts.
  const apart = (numberOf(usage['total_tokens']) ?? 0) - (input ?? 0) - (output ?? 0)
  const hasApart = input !== undefined && output !== undefined && apart > 0
  return {
    input,
    output,
    ...(hasApart ? { apart } : {}),
    reasoning: numberOf(objectOf(usage['completion_tokens_details'])['reasoning_tokens']),
    cached: numberOf(objectOf(usage['prompt_tokens_details'])['cached_tokens']),
    // A number from OpenRouter, an object from Perplexity.
    cost: numberOf(cost) ?? numberOf(objectOf(cost)['total_cost']),
  }
}
