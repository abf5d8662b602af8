import type { Charge, FailureKind } from '@loop-runner/llm-client'

/** The data of one request after its end. */
export interface RequestFacts {
  readonly id: string
  readonly client: string
  readonly method: string
  readonly path: string
  readonly status: number
  readonly isStream: boolean
  /** Why there is no complete answer: a kind of failure, `gone` for a client that left, or `internal`. */
  readonly error: FailureKind | 'gone' | 'internal' | undefined
  readonly message: string | undefined
  /** Requests that were sent to the model; 0 for an answer from the cache. */
  readonly attempts: number
  readonly waitedMs: number
  readonly firstTextMs: number | undefined
  readonly durationMs: number
  readonly charges: readonly Charge[]
}

/** A request as one JSON line. */
export function logLine(facts: RequestFacts, time: Date): string {
  const { id, client, method, path, status, isStream, error, message, attempts, charges } = facts
  const { waitedMs, firstTextMs, durationMs } = facts
  const line = {
    time,
    id,
    client,
    method,
    path,
    status,
    stream: isStream,
    error,
    message,
    attempts,
    wait_ms: Math.round(waitedMs),
    first_text_ms: firstTextMs === undefined ? undefined : Math.round(firstTextMs),
    duration_ms: Math.round(durationMs),
    ...totals(charges),
  }
  return `${JSON.stringify(line)}\n`
}

/** The same for people. */
export function logSentence(facts: RequestFacts): string {
  const { client, method, path, status, error, message, waitedMs, durationMs } = facts
  const said = status < 500 || message === undefined ? '' : `: ${message}`
  const why = error === undefined ? '' : ` (${error}${said})`
  const wait = waitedMs < 100 ? '' : `, waited ${(waitedMs / 1000).toFixed(1)} s`
  return `${client}: ${method} ${path}: ${status}${why}, ${(durationMs / 1000).toFixed(1)} s${wait}`
}

function totals(charges: readonly Charge[]): Readonly<Record<string, number | undefined>> {
  const sum = (read: (charge: Charge) => number | undefined) => {
    const known = charges.map(read).filter((value) => value !== undefined)
    return known.length === 0 ? undefined : known.reduce((total, value) => total + value, 0)
  }
  return {
    input: sum(({ input }) => input),
    output: sum(({ output }) => output),
    cached: sum(({ cached }) => cached),
    cost: sum(({ cost }) => cost),
  }
}
