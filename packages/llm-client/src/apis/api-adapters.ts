import { anthropic } from './anthropic.ts'
import { ollama } from './ollama.ts'
import { openaiChat } from './openai-chat.ts'
import { openaiResponses } from './openai-responses.ts'
import type { Api, ApiAdapter } from './api-adapter.ts'

export const API_ADAPTERS: Readonly<Record<Api, ApiAdapter>> = {
  'openai-chat': openaiChat,
  'openai-responses': openaiResponses,
  anthropic,
  ollama,
}
