import { expect, test } from 'vitest'
import { endReason, type Limits, type Progress, type Reason } from './next-step.ts'
import type { ReplyKind, Round } from './round.ts'

const LIMITS: Limits = { iterations: 10, timeoutMs: undefined, maxTokens: undefined, maxCost: undefined }
const USAGE = { calls: 0, tokens: 0, cost: 0 }

/**
 * Rounds in short: a state of the tree, `+` where the check passes, then what the reply that led to it came to
 * (`!` behind it: the model declared that it is done).
 */
function rounds(...texts: string[]): Round[] {
  return texts.map((text) => {
    const [tree = '', kind] = text.split(' ')
    const passed = tree.endsWith('+')
    const reply =
      kind === undefined ? undefined : { kind: kind.replace('!', '') as ReplyKind, declared: kind.endsWith('!') }
    return { tree, passed, score: passed ? 1 : 0, reply }
  })
}

test.each<{ so: string[]; ends: Reason | undefined; limits?: Partial<Limits>; progress?: Partial<Progress> }>([
  { so: ['a'], ends: undefined },
  { so: ['a+'], ends: 'passed' },
  { so: ['a', 'b changed'], ends: undefined },
  { so: ['a', 'b+ changed'], ends: 'passed' },
  { so: ['a', 'b+ changed!'], ends: 'passed' },
  { so: ['a', 'b changed!'], ends: undefined },
  { so: ['a', 'a nothing!'], ends: 'declared' },
  { so: ['a', 'a unchanged!'], ends: 'declared' },
  { so: ['a', 'a rejected!'], ends: 'declared' },
  { so: ['a', 'a nothing'], ends: 'no-new-versions' },
  { so: ['a', 'a unchanged'], ends: 'identical' },
  { so: ['a', 'a rejected'], ends: undefined },
  { so: ['a', 'a rejected', 'a not-whole'], ends: undefined },
  { so: ['a', 'a rejected', 'a not-whole', 'a rejected'], ends: 'stalled' },
  { so: ['a', 'a rejected', 'b changed', 'b rejected', 'b rejected'], ends: undefined },
  { so: ['a', 'a not-whole'], ends: undefined },
  { so: ['a', 'a not-whole', 'a not-whole'], ends: 'not-whole' },
  { so: ['a', 'b changed', 'a changed'], ends: 'oscillating' },
  { so: ['a', 'b changed', 'c changed', 'b changed'], ends: 'oscillating' },
  { so: ['a', 'b changed', 'b rejected'], ends: undefined },
  { so: ['a', 'b changed'], limits: { iterations: 1 }, ends: 'iterations' },
  { so: ['a', 'b+ changed'], limits: { iterations: 1 }, ends: 'passed' },
  { so: ['a', 'a nothing!'], limits: { iterations: 1 }, ends: 'declared' },
  { so: ['a', 'a nothing'], limits: { iterations: 1 }, ends: 'no-new-versions' },
  { so: ['a', 'b changed'], limits: { timeoutMs: 5 }, progress: { elapsedMs: 5 }, ends: 'timeout' },
  { so: ['a', 'b changed'], limits: { timeoutMs: 5, iterations: 1 }, progress: { elapsedMs: 9 }, ends: 'iterations' },
  { so: ['a', 'b+ changed'], limits: { timeoutMs: 5 }, progress: { elapsedMs: 9 }, ends: 'passed' },
  { so: ['a'], limits: { maxTokens: 9 }, progress: { usage: { calls: 1, tokens: 9, cost: 0 } }, ends: 'budget' },
  { so: ['a'], limits: { maxCost: 1 }, progress: { usage: { calls: 1, tokens: 9, cost: 1.5 } }, ends: 'budget' },
  { so: ['a'], limits: { maxCost: 1 }, progress: { usage: { calls: 1, tokens: 9, cost: undefined } }, ends: undefined },
])('$so with $limits ends as $ends', ({ so, ends, limits, progress }) => {
  expect(endReason({ rounds: rounds(...so), usage: USAGE, elapsedMs: 0, ...progress }, { ...LIMITS, ...limits })).toBe(
    ends,
  )
})
