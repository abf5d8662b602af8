import { UsageError } from '@loop-runner/cli-kit'
import type { AnswerEvent, Usage } from '../answer/answer.ts'
import type { Attachment, ChatRequest, Effort, Message } from '../request/chat-request.ts'
import { isObject, type JsonObject, listOf, numberOf, objectOf } from '../json.ts'
import { stableLength } from '../request/stable-length.ts'
import { finishEvent, present, servedEvent, textEvent, type ApiAdapter } from './api-adapter.ts'

/** Anthropic's messages. */
export const anthropic: ApiAdapter = {
  path: '/messages',
  modelsPath: '/models',
  prefix: '/v1',
  framing: 'sse',
  finishEnds: false,
  writeBody,
  writeHeaders: (key) => ({
    'anthropic-version': '2023-06-01',
    ...(key === undefined ? {} : { 'x-api-key': key }),
  }),
  readEvent,
  readBody: (payload) => [
    ...present([servedEvent(payload['model'])]),
    ...listOf(payload['content']).flatMap((block) => readBlock(objectOf(block))),
    ...readStop(payload),
    { kind: 'end' },
  ],
}

/** The API requires a limit. Most models accept this one; the limit in the error of another one is used then. */
const DEFAULT_LIMIT = 32_000
/** Models that take less, by the beginning of their names. */
const LOWER_LIMITS: readonly (readonly [string, number])[] = [
  ['claude-3-5', 8192],
  ['claude-3-haiku', 4096],
  ['claude-3-opus', 4096],
]
/** Tokens of reasoning for the models that take a budget of them instead of an effort. */
const BUDGETS: Readonly<Record<Effort, number>> = {
  none: 0,
  minimal: 1024,
  low: 2048,
  medium: 8192,
  high: 16_384,
  xhigh: 24_576,
  max: 31_000,
}
const TAKES_BUDGET = /^claude-(3-7|(sonnet|opus|haiku)-4(-[015])?(-\d{8})?$)/

function writeBody({ model, messages, sampling }: ChatRequest): JsonObject {
  if (sampling.seed !== undefined) throw new UsageError('option --seed: the anthropic API has no seed')
  const limit = LOWER_LIMITS.find(([start]) => model.startsWith(start))?.[1] ?? DEFAULT_LIMIT
  const system = messages.filter(({ role }) => role === 'system').map(({ text }) => text)
  return {
    model,
    max_tokens: sampling.maxTokens ?? limit,
    system: system.length === 0 ? undefined : writeSystem(system.join('\n\n')),
    messages: writeTurns(messages.filter(({ role }) => role !== 'system')),
    stream: true,
    temperature: sampling.temperature,
    top_p: sampling.topP,
    stop_sequences: sampling.stop,
    ...writeOutput(model, sampling),
  }
}

/** A shorter text is not cached: the least is 1024 to 4096 tokens, by model. */
const CACHED_CHARACTERS = 4096
const BREAKPOINT = { cache_control: { type: 'ephemeral' } } as const

/** Long instructions are the same in each request of a loop, so the provider is asked to cache them. */
function writeSystem(text: string): string | JsonObject[] {
  return text.length < CACHED_CHARACTERS ? text : [{ type: 'text', text, ...BREAKPOINT }]
}

/** What was said before the last turn comes again in the next request. */
function withBreakpoint(turns: readonly { role: string; content: JsonObject[] }[]): JsonObject[] {
  const before = turns.at(-2)
  const size = turns.slice(0, -1).reduce((sum, { content }) => sum + JSON.stringify(content).length, 0)
  const last = before?.content.at(-1)
  if (last === undefined || size < CACHED_CHARACTERS) return [...turns]
  return turns.map((turn) =>
    turn === before ? { ...turn, content: [...turn.content.slice(0, -1), { ...last, ...BREAKPOINT }] } : turn,
  )
}

/** Read-only files at the beginning of a prompt come again in each prompt of a loop. */
function writePrompt(text: string): JsonObject[] {
  const end = stableLength(text)
  if (end < CACHED_CHARACTERS || end === text.length) return [{ type: 'text', text }]
  return [
    { type: 'text', text: text.slice(0, end), ...BREAKPOINT },
    { type: 'text', text: text.slice(end) },
  ]
}

function writeOutput(model: string, { effort, schema }: ChatRequest['sampling']): JsonObject {
  const format = schema === undefined ? {} : { format: { type: 'json_schema', schema } }
  const budgeted = TAKES_BUDGET.test(model)
  const config = { ...format, ...(effort === undefined || effort === 'none' || budgeted ? {} : { effort }) }
  return {
    ...(effort === undefined ? {} : { thinking: writeThinking(effort, budgeted) }),
    ...(Object.keys(config).length === 0 ? {} : { output_config: config }),
  }
}

function writeThinking(effort: Effort, budgeted: boolean): JsonObject {
  if (effort === 'none') return { type: 'disabled' }
  return budgeted ? { type: 'enabled', budget_tokens: BUDGETS[effort] } : { type: 'adaptive' }
}

/** The API requires alternating roles. */
function writeTurns(messages: readonly Message[]): JsonObject[] {
  const turns: { role: string; content: JsonObject[] }[] = []
  for (const message of messages) {
    const { role, text, attachments = [] } = message
    const texts = message === messages.at(-1) ? writePrompt(text) : [{ type: 'text', text }]
    const content = [...attachments.map(writeAttachment), ...texts]
    const last = turns.at(-1)
    if (last?.role === role) last.content.push(...content)
    else turns.push({ role, content })
  }
  return withBreakpoint(turns)
}

function writeAttachment({ mediaType, base64 }: Attachment): JsonObject {
  const type = mediaType.startsWith('image/') ? 'image' : 'document'
  return { type, source: { type: 'base64', media_type: mediaType, data: base64 } }
}

function readEvent(payload: JsonObject): AnswerEvent[] {
  switch (payload['type']) {
    case 'message_start': {
      // Some streams begin twice; only the second message is the answer.
      const message = objectOf(payload['message'])
      return [{ kind: 'restart' }, ...present([servedEvent(message['model'])]), ...readStop(message)]
    }
    case 'content_block_start':
      return readBlock(objectOf(payload['content_block']))
    case 'content_block_delta': {
      const delta = objectOf(payload['delta'])
      if (delta['type'] === 'text_delta') return present([textEvent('text', delta['text'])])
      if (delta['type'] === 'thinking_delta') return present([textEvent('reasoning', delta['thinking'])])
      return []
    }
    case 'message_delta':
      return readStop({ ...objectOf(payload['delta']), usage: payload['usage'] })
    case 'message_stop':
      return [{ kind: 'end' }]
    default:
      return []
  }
}

function readBlock(block: JsonObject): AnswerEvent[] {
  switch (block['type']) {
    case 'text':
      return present([textEvent('text', block['text'])])
    case 'thinking':
      return present([textEvent('reasoning', block['thinking'])])
    case 'tool_use':
      return [{ kind: 'tool-call' }]
    default:
      return []
  }
}

function readStop({ stop_reason: reason, usage }: JsonObject): AnswerEvent[] {
  return present([finishEvent(reason), isObject(usage) ? { kind: 'usage', usage: readUsage(usage) } : undefined])
}

function readUsage(usage: JsonObject): Usage {
  return {
    input: numberOf(usage['input_tokens']),
    output: numberOf(usage['output_tokens']),
    reasoning: numberOf(objectOf(usage['output_tokens_details'])['thinking_tokens']),
    cached: numberOf(usage['cache_read_input_tokens']),
    written: numberOf(usage['cache_creation_input_tokens']),
    isCachedApart: true,
  }
}
