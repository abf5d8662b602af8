import MODELS from './default-models.json' with { type: 'json' }
import type { Api } from '../apis/api-adapter.ts'

/** Address, API, dialect and key variables of a provider. Data, not code. */
export interface Provider {
  readonly api: Api
  /** Base address; the path of the API is appended. */
  readonly url: string
  /** Variables that may hold the key, the first that is set counts. */
  readonly keys: readonly string[]
  /** The model that is meant by the provider's name alone: the table in default-models.json. */
  readonly model: string
  readonly dialect?: Dialect
}

/** Differences between OpenAI-compatible servers. */
export interface Dialect {
  /** The field of the limit; newer OpenAI models reject the old one, most other servers know no other. */
  readonly limit?: 'max_tokens' | 'max_completion_tokens'
  /** How usage is requested in a stream; some servers reject unknown fields. */
  readonly usage?: 'stream_options' | 'unasked'
  /** The field of the effort. */
  readonly effort?: 'reasoning_effort' | 'reasoning'
  /** Schema support: JSON Schema, or only JSON. */
  readonly schema?: 'json_schema' | 'json_object'
}

/** As of November 2026. Models change often: see `lr-llm models`. */
export const PROVIDERS: Readonly<Record<string, Provider>> = {
  groq: {
    api: 'openai-chat',
    url: 'https://api.groq.com/openai/v1',
    keys: ['GROQ_API_KEY'],
    model: MODELS.groq,
    dialect: { limit: 'max_completion_tokens' },
  },
  ollama: { api: 'ollama', url: 'http://127.0.0.1:11434', keys: ['OLLAMA_API_KEY'], model: MODELS.ollama },
  anthropic: {
    api: 'anthropic',
    url: 'https://api.anthropic.com/v1',
    keys: ['ANTHROPIC_API_KEY'],
    model: MODELS.anthropic,
  },
  openai: {
    api: 'openai-chat',
    url: 'https://api.openai.com/v1',
    keys: ['OPENAI_API_KEY'],
    model: MODELS.openai,
    dialect: { limit: 'max_completion_tokens' },
  },
  openrouter: {
    api: 'openai-chat',
    url: 'https://openrouter.ai/api/v1',
    keys: ['OPENROUTER_API_KEY'],
    model: MODELS.openrouter,
    dialect: { effort: 'reasoning' },
  },
  perplexity: {
    api: 'openai-chat',
    url: 'https://api.perplexity.ai',
    keys: ['PERPLEXITY_API_KEY', 'PPLX_API_KEY'],
    model: MODELS.perplexity,
    dialect: { usage: 'unasked' },
  },
  gemini: {
    api: 'openai-chat',
    url: 'https://generativelanguage.googleapis.com/v1beta/openai',
    keys: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
    model: MODELS.gemini,
  },
  mistral: {
    api: 'openai-chat',
    url: 'https://api.mistral.ai/v1',
    keys: ['MISTRAL_API_KEY'],
    model: MODELS.mistral,
    dialect: { usage: 'unasked' },
  },
  deepseek: {
    api: 'openai-chat',
    url: 'https://api.deepseek.com/v1',
    keys: ['DEEPSEEK_API_KEY'],
    model: MODELS.deepseek,
    dialect: { schema: 'json_object' },
  },
  xai: { api: 'openai-chat', url: 'https://api.x.ai/v1', keys: ['XAI_API_KEY'], model: MODELS.xai },
  together: {
    api: 'openai-chat',
    url: 'https://api.together.xyz/v1',
    keys: ['TOGETHER_API_KEY'],
    model: MODELS.together,
  },
}
