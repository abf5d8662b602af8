import type { ServerError } from './answer.ts'
import { isObject, type JsonObject, listOf, numberOf, objectOf, parseJson, textOf } from '../json.ts'

/**
 * The error that a piece of a stream carries, in any of the shapes that occur behind a status of 200: an `error` key,
 * an event of that name, an object or type called `error`, Groq's second channel (research/llm-cli.md 3.1).
 */
export function errorIn(payload: JsonObject, eventName: string | undefined): ServerError | undefined {
  const groq = textOf(objectOf(payload['x_groq'])['error'])
  if (groq !== undefined) return { message: groq }
  const named = eventName === 'error' || payload['object'] === 'error' || payload['type'] === 'error'
  return payload['error'] || named ? readServerError(payload) : undefined
}

/** What a body says about an error, whatever its shape. */
export function readServerError(payload: JsonObject): ServerError {
  const { error } = payload
  if (typeof error === 'string') {
    // Ollama wraps the error of the program behind it in a string of JSON.
    const inner = parseJson(error)
    return isObject(inner) ? readServerError(inner) : { message: error }
  }
  const fields = isObject(error) ? error : payload
  const { code, type } = fields
  const metadata = objectOf(fields['metadata'])
  return {
    message: [messageOf(fields), tokenCounts(fields), behind(metadata)].filter(Boolean).join('; '),
    // A code that is a number is a status; `param` and such say nothing about the kind.
    code: [textOf(code), textOf(type), textOf(fields['status'])].filter(Boolean).join(' ') || undefined,
    status: [fields['status_code'], fields['status'], code].map(numberOf).find((number) => isStatus(number)),
  }
}

function isStatus(number: number | undefined): boolean {
  return number !== undefined && number >= 400 && number < 600
}

function messageOf(fields: JsonObject): string {
  const { message, detail } = fields
  if (typeof message === 'string') {
    const inner = parseJson(message)
    return isObject(inner) ? readServerError(inner).message : message
  }
  if (typeof detail === 'string') return detail
  const details = listOf(detail).map((item) => textOf(objectOf(item)['msg']))
  return details.some(Boolean) ? details.filter(Boolean).join('; ') : JSON.stringify(fields)
}

/** llama.cpp gives the sizes of prompt and context in fields of their own. */
function tokenCounts({ n_prompt_tokens: prompt, n_ctx: context }: JsonObject): string {
  return typeof prompt === 'number' && typeof context === 'number' ? `${prompt} tokens > ${context} maximum` : ''
}

/** OpenRouter names the provider behind it, and passes on what that one said. */
function behind({ provider_name: name, raw }: JsonObject): string {
  return [textOf(name), textOf(raw)].filter(Boolean).join(': ')
}
