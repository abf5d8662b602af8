import type { Api } from '../apis/api-adapter.ts'

/** Address, API, dialect and key variables of a provider. Data, not code. */
export interface Provider {
  readonly api: Api
  /** Base address; the path of the API is appended. */
  readonly url: string
  /** Variables that may hold the key, the first that is set is used. */
  readonly keys: readonly string[]
  /** The model for the provider's name alone. */
  readonly model: string
  readonly dialect?: Dialect
  /** Matches models that are known to be this provider's: `gpt-5` alone suggests `openai/gpt-5`. */
  readonly families?: RegExp
  /** Variables that redirect the provider's own libraries, in addition to `NAME_BASE_URL`. */
  readonly addressVariables?: readonly string[]
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
    model: 'openai/gpt-oss-120b',
    dialect: { limit: 'max_completion_tokens' },
  },
  ollama: {
    api: 'ollama',
    url: 'http://127.0.0.1:11434',
    keys: ['OLLAMA_API_KEY'],
    model: 'qwen3:8b',
    families: /^(llama|codellama|qwen|gemma|phi|mixtral|starcoder|tinyllama|smollm|granite)/i,
  },
  anthropic: {
    api: 'anthropic',
    url: 'https://api.anthropic.com/v1',
    keys: ['ANTHROPIC_API_KEY'],
    model: 'claude-sonnet-4-5',
    families: /^claude/i,
  },
  openai: {
    api: 'openai-chat',
    url: 'https://api.openai.com/v1',
    keys: ['OPENAI_API_KEY'],
    model: 'gpt-5-mini',
    families: /^(gpt-|o\d|chatgpt|codex)/i,
    addressVariables: ['OPENAI_API_BASE'],
    dialect: { limit: 'max_completion_tokens' },
  },
  openrouter: {
    api: 'openai-chat',
    url: 'https://openrouter.ai/api/v1',
    keys: ['OPENROUTER_API_KEY'],
    model: 'openai/gpt-oss-120b',
    dialect: { effort: 'reasoning' },
  },
  perplexity: {
    api: 'openai-chat',
    url: 'https://api.perplexity.ai',
    keys: ['PERPLEXITY_API_KEY', 'PPLX_API_KEY'],
    model: 'sonar-pro',
    families: /^sonar/i,
    dialect: { usage: 'unasked' },
  },
  gemini: {
    api: 'openai-chat',
    url: 'https://generativelanguage.googleapis.com/v1beta/openai',
    keys: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
    model: 'gemini-2.5-flash',
    families: /^gemini/i,
    addressVariables: ['GOOGLE_GEMINI_BASE_URL'],
  },
  mistral: {
    api: 'openai-chat',
    url: 'https://api.mistral.ai/v1',
    keys: ['MISTRAL_API_KEY'],
    model: 'mistral-large-latest',
    families: /^(mistral|codestral|magistral|devstral|ministral|pixtral)/i,
    dialect: { usage: 'unasked' },
  },
  deepseek: {
    api: 'openai-chat',
    url: 'https://api.deepseek.com/v1',
    keys: ['DEEPSEEK_API_KEY'],
    model: 'deepseek-chat',
    families: /^deepseek/i,
    dialect: { schema: 'json_object' },
  },
  xai: {
    api: 'openai-chat',
    url: 'https://api.x.ai/v1',
    keys: ['XAI_API_KEY'],
    model: 'grok-code-fast-1',
    families: /^grok-/i,
  },
  together: {
    api: 'openai-chat',
    url: 'https://api.together.xyz/v1',
    keys: ['TOGETHER_API_KEY'],
    model: 'openai/gpt-oss-120b',
  },
}
