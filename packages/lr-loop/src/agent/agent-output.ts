/** The result of reading an agent's output. */
export interface AgentOutput {
  /** Its last words. */
  readonly words: string
  /** Why it says that the task cannot be done. */
  readonly blocked: string | undefined
  readonly usage: AgentUsage
}

/** Null: not reported. */
export interface AgentUsage {
  readonly input: number | null
  readonly output: number | null
  readonly cost: number | null
}

const MAX_WORDS = 2000
const BLOCKED = /^\W*blocked:[\s*_]*(.+)$/i

/**
 * Reads the words and the usage from what an agent printed: plain text, or JSON as `claude -p --output-format json` and
 * `codex exec --json` print it.
 *
 * @param usageFrom a pattern with the groups input, output, tokens or cost, whose last match counts; undefined: from JSON
 */
export function readAgentOutput(stdout: string, stderr: string, usageFrom: RegExp | undefined): AgentOutput {
  const objects = [stdout.trim(), ...stdout.split('\n')].flatMap(parseObject)
  const said = objects.flatMap(wordsOf).at(-1) ?? stdout
  const words = said.trim().slice(-MAX_WORDS)
  // As the instructions ask for it: "Blocked:" may occur above in other senses.
  const blocked = BLOCKED.exec(words.split('\n').at(-1) ?? '')?.[1]?.trim()
  return { words, blocked, usage: usageFrom ? matchUsage(`${stderr}\n${stdout}`, usageFrom) : lastUsage(objects) }
}

/** Tokens that claude counts in addition to its input; `cached_input_tokens` of codex are part of the input. */
const CACHE = ['cache_read_input_tokens', 'cache_creation_input_tokens']

type Json = Readonly<Record<string, unknown>>

function parseObject(text: string): Json[] {
  if (!text.startsWith('{')) return []
  try {
    return [JSON.parse(text) as Json]
  } catch {
    return []
  }
}

/** `result` of claude, the text of an `agent_message` of codex. */
function wordsOf({ result, item }: Json): string[] {
  if (typeof result === 'string') return [result]
  const { type, text } = (item ?? {}) as Json
  return type === 'agent_message' && typeof text === 'string' ? [text] : []
}

function lastUsage(objects: readonly Json[]): AgentUsage {
  const last = objects.findLast(({ usage }) => typeof usage === 'object' && usage !== null)
  const usage = (last?.['usage'] ?? {}) as Json
  const cost = objects.findLast((object) => typeof object['total_cost_usd'] === 'number')?.['total_cost_usd']
  return {
    input: sumOf(usage['input_tokens'] ?? usage['prompt_tokens'], ...CACHE.map((name) => usage[name])),
    output: numberOf(usage['output_tokens'] ?? usage['completion_tokens']),
    cost: numberOf(cost ?? usage['cost']),
  }
}

/** Null if none is a number. */
function sumOf(...values: unknown[]): number | null {
  const numbers = values.map(numberOf).filter((number) => number !== null)
  return numbers.length === 0 ? null : numbers.reduce((sum, number) => sum + number, 0)
}

function matchUsage(text: string, pattern: RegExp): AgentUsage {
  const match = [...text.matchAll(new RegExp(pattern, 'gm'))].at(-1)
  const { input, output, tokens, cost } = match?.groups ?? {}
  const total = tokens ?? (match?.groups === undefined ? match?.[1] : undefined)
  return {
    input: numberOf(input ?? total),
    output: numberOf(output ?? (total === undefined ? undefined : 0)),
    cost: numberOf(cost),
  }
}

/** `12,345`, `1.2k` and `$0.04` are numbers. */
function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? value : null
  const text = typeof value === 'string' ? value.trim() : ''
  const [, digits, unit] = /^\$?([\d,]*\.?\d+)\s*([km]?)$/i.exec(text) ?? []
  if (digits === undefined) return null
  const factor = { k: 1e3, m: 1e6 }[unit?.toLowerCase() ?? ''] ?? 1
  return Number(digits.replaceAll(',', '')) * factor
}
