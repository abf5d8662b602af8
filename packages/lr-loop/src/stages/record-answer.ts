import type { LoopContext } from '../loop-context.ts'
import type { Answer } from './ask-model.ts'
import { addUsage } from './read-report.ts'

/** Longer texts are kept whole in the output of the apply stage. */
const MAX_KEPT_LENGTH = 4000
const MAX_KEPT_REASONS = 20

export function recordAnswer(iteration: number, answer: Answer, { folder, state }: LoopContext): void {
  const { reply, files, commits, usage, explanation, rejected } = answer
  state.usage = addUsage(state.usage, usage)
  const { tokens, cached, cost = null, estimated } = usage
  const { kind, declared } = reply
  const texts = { explanation: explanation.slice(0, MAX_KEPT_LENGTH), rejected: rejected.slice(0, MAX_KEPT_REASONS) }
  folder.journal.recordOnce({
    event: 'replied',
    iteration,
    reply: kind,
    declared,
    files,
    tokens,
    ...(cached > 0 ? { cached } : {}),
    cost,
    ...(estimated ? { estimated } : {}),
    commits,
    ...texts,
  })
}
