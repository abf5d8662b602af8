/** What a `usage` block says that others count. */
export interface CallUsage {
  readonly model: string | undefined
  readonly input: number
  readonly output: number
  /** Part of `input`: read from the provider's cache. */
  readonly cached: number
  /** In US dollars; undefined if it is not known. */
  readonly cost: number | undefined
  /** Whether tokens were estimated, since the server reported none. */
  readonly estimated: boolean
}

/** The content of a `usage` block: one JSON object. */
export function writeUsage(fields: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify(fields)}\n`
}

/** A reply without the `usage` block that lr-llm appends. */
export function withoutUsage(reply: string): string {
  return reply.replace(/^<{4,} usage <{4,}\n[^]*/m, '')
}

/** What is no number counts as 0 tokens and an unknown cost; what is no JSON object as an empty one. */
export function readUsage(content: string): CallUsage {
  const { model, input, output, cached, cost, estimated } = parseObject(content)
  return {
    model: typeof model === 'string' ? model : undefined,
    input: numberOr(input, 0),
    output: numberOr(output, 0),
    cached: numberOr(cached, 0),
    cost: typeof cost === 'number' ? cost : undefined,
    estimated: estimated === true,
  }
}

function parseObject(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

function numberOr(value: unknown, fallback: number): number {
  return typeof value === 'number' ? value : fallback
}
