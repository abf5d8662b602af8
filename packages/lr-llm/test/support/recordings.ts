import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Api } from '@loop-runner/llm-client'

/** Recorded bodies of real services, beside the checkout; absent in most places. */
const FOLDER = fileURLToPath(new URL('../../../../../shared/streams', import.meta.url))
export const HAS_RECORDINGS = existsSync(FOLDER)

/** What a client must read out of a body. */
export interface Expectation {
  readonly text: string
  readonly reasoning: string | null
  readonly tool_calls: boolean
  readonly finish: string
  readonly model_served: string
  readonly usage: Readonly<Record<'input' | 'output' | 'reasoning' | 'cached', number | null>>
}

export interface Recording {
  /** `groq-chat/kimi-k2-0905-simple.sse`. */
  readonly name: string
  readonly api: Api
  readonly body: Buffer
  readonly expect: Expectation
}

const API_OF_WIRE: Readonly<Record<string, Api>> = {
  'openai-chat': 'openai-chat',
  'openai-responses': 'openai-responses',
  'anthropic-messages': 'anthropic',
  'ollama-chat': 'ollama',
}

/** All of them; none where the folder is absent. */
export function readRecordings(): Recording[] {
  if (!HAS_RECORDINGS) return []
  const names = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).sort()
  return names
    .filter((name) => name.endsWith('.expect.json'))
    .map((name) => {
      const expect = JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Expectation & {
        body: string
        wire: string
      }
      const body = join(name, '..', expect.body)
      const api = API_OF_WIRE[expect.wire]
      if (!api) throw new Error(`${name}: unknown API ${expect.wire}`)
      return { name: body, api, body: readFileSync(join(FOLDER, body)), expect }
    })
}

/** Where a body may be cut: behind each of its events, the end left out. */
export function eventEnds({ body, api }: Recording): number[] {
  const separator = api === 'ollama' ? '\n' : '\n\n'
  const ends: number[] = []
  for (let at = body.indexOf(separator); at >= 0; at = body.indexOf(separator, at + 1)) ends.push(at + separator.length)
  return ends.filter((end) => end < body.length)
}
