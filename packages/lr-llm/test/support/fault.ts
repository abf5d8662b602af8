import type { Api } from '@loop-runner/llm-client'
import { chatStream, type Handler, send } from '@loop-runner/test-kit/server'

/** One thing that a server can do, and what must come of it. */
export interface Fault {
  readonly name: string
  readonly api?: Api
  readonly handler: Handler
  readonly args?: readonly string[]
  readonly status: number
  /** How many requests the server gets: 2 if a retry may help, since one is allowed. */
  readonly requests: number
  /** What the last line on standard error says. */
  readonly says?: RegExp
}

export const OK = send(200, chatStream(['whole']))
export const HALF = chatStream(['half '], null, '')

/** The first request meets the fault, the next ones are served. */
export function once(fault: Handler, then: Handler = OK): Handler {
  return (response, received, count) => (count === 1 ? fault : then)(response, received, count)
}

export function data(...payloads: readonly unknown[]): string {
  return payloads.map((payload) => `data: ${JSON.stringify(payload)}\n\n`).join('')
}

export function lines(...payloads: readonly unknown[]): string {
  return payloads.map((payload) => `${JSON.stringify(payload)}\n`).join('')
}

export function delta(fields: object, finish: string | null = null): object {
  return { choices: [{ index: 0, delta: fields, finish_reason: finish }] }
}
