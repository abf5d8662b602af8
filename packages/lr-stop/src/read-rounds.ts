import * as z from 'zod/mini'
import { parseJson, UsageError } from '@loop-runner/cli-kit'
import { REPLY_KINDS, type Round, type Usage } from '@loop-runner/stop-rules'

const amount = z.number().check(z.minimum(0))

/** A round as a line of JSON; only the score, or `passed`, must be there. Other keys are ignored. */
const Line = z.object({
  iteration: z.optional(z.number()),
  score: z.optional(z.number().check(z.minimum(0), z.maximum(1))),
  passed: z.optional(z.boolean()),
  reply: z.optional(z.nullable(z.enum(REPLY_KINDS))),
  declared: z.optional(z.boolean()),
  tree: z.optional(z.string()),
  output: z.optional(z.string()),
  failure: z.optional(z.string()),
  seconds: z.optional(amount),
  tokens: z.optional(z.nullable(amount)),
  cost: z.optional(z.nullable(amount)),
})
type Line = z.infer<typeof Line>

/** A loop so far, as the rules see it. */
export interface History {
  /** The first is the state before any reply. */
  readonly rounds: readonly Round[]
  readonly usage: Usage
  readonly elapsedMs: number
}

/**
 * Reads one JSON object per line, oldest first. The state before the first reply has `"iteration": 0` or `"reply": null`;
 * without such a line it is taken as a failing one with score 0.
 *
 * @param options the score of a pass, and whether equal states count as such
 * @throws UsageError for a line that is not a round
 */
export function readRounds(text: string, options: { threshold: number | undefined; repeat: boolean }): History {
  const lines = text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [readLine(line, index + 1)]))
  const rounds = lines.map((line, index) => roundOf(line, index, options))
  const [first] = lines
  const hasStart = first !== undefined && isStart(first, 0)
  const start: Round = { reply: undefined, passed: false, score: 0, tree: 'start', failure: 'start' }
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
  return {
    rounds: hasStart ? rounds : [start, ...rounds],
    usage: {
      calls: lines.length,
      tokens: sum(lines.map(({ tokens }) => tokens ?? 0)),
      cost: sum(lines.map(({ cost }) => cost ?? 0)),
    },
    elapsedMs: sum(lines.map(({ seconds = 0 }) => seconds * 1000)),
  }
}

function readLine(text: string, number: number): Line {
  const value = parseJson(text)
  const { success, data, error } = Line.safeParse(value)
  if (success && (data.score !== undefined || data.passed !== undefined)) return data
  const key = error?.issues[0]?.path[0] as keyof Line | undefined
  const problem =
    key === undefined
      ? 'not a round (expected a JSON object with "score" from 0 to 1, or "passed")'
      : `"${key}": invalid value ${JSON.stringify((value as Line)[key])} (${EXPECTED[key] ?? 'text'})`
  throw new UsageError(`standard input: line ${number}: ${problem}`)
}

/** The types of the values that are not text. */
const EXPECTED: Partial<Record<keyof Line, string>> = {
  iteration: 'a number',
  score: 'a number from 0 to 1',
  passed: 'true or false',
  reply: `choose from ${REPLY_KINDS.join(', ')}`,
  declared: 'true or false',
  seconds: 'a number from 0',
  tokens: 'a number from 0',
  cost: 'a number from 0',
}

function roundOf(
  line: Line,
  index: number,
  { threshold, repeat }: { threshold: number | undefined; repeat: boolean },
): Round {
  const { passed = false, reply, declared = false, failure = `round ${index}` } = line
  const { score = Number(passed) } = line
  const state = repeat ? (line.tree ?? line.output?.trim()) : undefined
  return {
    reply: isStart(line, index) ? undefined : { kind: reply ?? 'changed', declared },
    passed: threshold === undefined ? passed : score >= threshold,
    score,
    tree: state ?? `round ${index}`,
    failure,
  }
}

function isStart({ iteration, reply }: Line, index: number): boolean {
  return index === 0 && (iteration === 0 || reply === null)
}
