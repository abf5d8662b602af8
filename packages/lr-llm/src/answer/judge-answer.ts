import type { Answer } from './answer.ts'
import { type FailureKind, LlmFailure } from './failure.ts'
import { type Asked, overflowFailure, streamFailure } from './server-failure.ts'

const SAYS = {
  length: 'the answer was cut off at the limit of tokens (raise --max-tokens, or ask for less)',
  filtered: "the answer was stopped by the provider's filter",
  refused: 'the model refused',
  'tool-call': 'the model asked for a tool instead of answering',
  server: 'the answer ended in an error',
  context: '',
  cut: 'the answer broke off before its end',
} as const

/** What the wires' words for the end mean, where they are not "all said"; matched in this order. */
const FINISH_WORDS: readonly (readonly [RegExp, keyof typeof SAYS])[] = [
  [/context_window|context_length/i, 'context'],
  [/length|max|limit|trunc/i, 'length'],
  [/incomplete|in_progress|queued/i, 'cut'],
  [/filter|safety|block|recitation|prohibited|moderation|spii/i, 'filtered'],
  [/refus/i, 'refused'],
  [/tool|function|pause_turn/i, 'tool-call'],
  [/error|fail|abort|cancel/i, 'server'],
]

/**
 * Whether an answer may be used: whole, not empty, and an answer.
 *
 * @param finishEnds whether the wire's reason to stop is an end, too
 * @throws LlmFailure for every other answer
 */
export function judgeAnswer(answer: Answer, asked: Asked, finishEnds: boolean): void {
  if (answer.error) throw streamFailure(asked, answer.error, answer)
  const problem = problemOf(answer, finishEnds)
  if (problem === undefined) return
  const [kind, message] = problem
  if (kind === 'context') throw overflowFailure({ prompt: undefined, limit: undefined }, asked)
  throw new LlmFailure(kind, `${asked.label}: ${message}`, { partial: answer.text, usage: answer.usage })
}

function problemOf(answer: Answer, finishEnds: boolean): [FailureKind, string] | undefined {
  const { text, finish, refusal } = answer
  const kind = finish === undefined ? undefined : FINISH_WORDS.find(([words]) => words.test(finish))?.[1]
  if (kind === 'length') return ['length', lengthText(answer)]
  if (kind !== undefined) return [kind, withDetail(SAYS[kind], refusal)]
  if (!answer.ended && !(finishEnds && finish !== undefined)) return ['cut', SAYS.cut]
  if (refusal !== '') return ['refused', withDetail(SAYS.refused, refusal)]
  if (answer.toolCall) return ['tool-call', SAYS['tool-call']]
  return text.trim() === '' ? ['empty', emptyText(answer)] : undefined
}

function lengthText({ text, usage, reasoning }: Answer): string {
  if (text.trim() !== '') return SAYS.length
  const spent = usage.reasoning ?? (reasoning === '' ? undefined : usage.output)
  const tokens = spent === undefined ? '' : ` (${spent} tokens)`
  return `the limit of tokens was spent on reasoning${tokens} before an answer came (raise --max-tokens, or lower --effort)`
}

function emptyText({ reasoning }: Answer): string {
  return reasoning === '' ? 'the answer is empty' : 'the answer is empty: there is only reasoning (-v shows it)'
}

function withDetail(says: string, detail: string): string {
  return detail === '' ? says : `${says}: ${detail}`
}
