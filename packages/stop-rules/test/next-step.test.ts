import { expect, test } from 'vitest'
import { bestRound, type Limits, nextStep, type Progress } from '../src/next-step.ts'
import type { ReplyKind, Round } from '../src/round.ts'

const LIMITS: Limits = { iterations: 10 }
const NOTHING: Omit<Progress, 'rounds'> = { usage: { calls: 0, tokens: 0, cost: 0 }, elapsedMs: 0, custom: undefined }

/**
 * Rounds in short form: a state of the tree (also its failure), `+` if the check passes, then the kind of the reply that
 * led to it (with `!`: the model declared that it is done), then the score.
 */
function rounds(...texts: string[]): Round[] {
  return texts.map((text) => {
    const [tree = '', kind, score] = text.split(' ')
    const passed = tree.endsWith('+')
    // `~`: the check passes, and the hidden one fails.
    const unconfirmed = tree.endsWith('~')
    const reply =
      kind === undefined ? undefined : { kind: kind.replace('!', '') as ReplyKind, declared: kind.endsWith('!') }
    return { tree, failure: tree, passed, unconfirmed, score: Number(score ?? (passed ? 1 : 0)), reply }
  })
}

type Case = { so: string[]; next: string; limits?: Partial<Limits>; progress?: Partial<Progress> }

test.each<Case>([
  { so: ['a'], next: 'ask' },
  { so: ['a+'], next: 'passed' },
  { so: ['a', 'b changed'], next: 'ask' },
  { so: ['a', 'b+ changed'], next: 'passed' },
  { so: ['a', 'b+ changed!'], next: 'passed' },
  { so: ['a', 'b changed!'], next: 'ask' },
  { so: ['a', 'a nothing!'], next: 'ask' },
  { so: ['a', 'a unchanged!'], next: 'ask' },
  { so: ['a', 'a rejected!'], next: 'ask' },
  { so: ['a', 'a nothing'], next: 'ask' },
  { so: ['a', 'a unchanged'], next: 'ask' },
  { so: ['a~'], next: 'ask' },
  { so: ['a', 'b~ changed', 'c~ changed'], next: 'ask' },
  { so: ['a', 'b~ changed', 'c~ changed', 'd~ changed'], next: 'unconfirmed' },
  { so: ['a~', 'b~ changed', 'c changed', 'd~ changed'], next: 'unconfirmed' },
  { so: ['a~', 'b~ changed', 'c+ changed'], next: 'passed' },
  { so: ['a', 'b~ changed', 'b~ nothing'], next: 'ask' },
  { so: ['a', 'b~ changed', 'b~ nothing', 'b~ unchanged'], next: 'unconfirmed' },
  { so: ['a', 'a blocked'], next: 'ask' },
  { so: ['a', 'a blocked', 'a blocked!'], next: 'blocked' },
  { so: ['a', 'a nothing', 'a blocked'], next: 'blocked' },
  { so: ['a', 'a blocked', 'b changed', 'b blocked'], next: 'ask' },
  { so: ['a', 'a nothing!', 'a nothing!'], next: 'declared' },
  { so: ['a', 'a nothing', 'a rejected!'], next: 'declared' },
  { so: ['a', 'a unchanged', 'a nothing'], next: 'no-new-versions' },
  { so: ['a', 'a nothing', 'a unchanged'], next: 'identical' },
  { so: ['a', 'a nothing', 'b changed', 'b nothing'], next: 'ask' },
  { so: ['a', 'a nothing', 'a asked', 'a nothing'], next: 'restart' },
  { so: ['a', 'a nothing', 'a rejected', 'b changed', 'b nothing'], next: 'ask' },
  { so: ['a', 'a nothing!'], limits: { patience: 1 }, next: 'declared' },
  { so: ['a', 'a nothing'], limits: { patience: 1 }, next: 'no-new-versions' },
  { so: ['a', 'a unchanged'], limits: { patience: 1 }, next: 'identical' },
  { so: ['a', 'a nothing', 'a nothing'], limits: { patience: 3 }, next: 'ask' },
  { so: ['a', 'a nothing', 'a nothing', 'a unchanged'], limits: { patience: 3 }, next: 'identical' },
  { so: ['a', ...Array<string>(4).fill('a nothing')], limits: { patience: 5 }, next: 'ask' },
  { so: ['a', ...Array<string>(5).fill('a nothing')], limits: { patience: 5 }, next: 'no-new-versions' },
  { so: ['a', ...Array<string>(5).fill('a asked')], next: 'ask' },
  { so: ['a+', 'a+ nothing'], limits: { minIterations: 3 }, next: 'no-new-versions' },
  { so: ['a+', 'a+ nothing!'], limits: { minIterations: 3 }, next: 'declared' },
  { so: ['a', 'a rejected'], next: 'ask' },
  { so: ['a', 'a rejected', 'a incomplete'], next: 'restart' },
  { so: ['a', 'a incomplete'], next: 'ask' },
  { so: ['a', 'a incomplete', 'a incomplete'], next: 'incomplete' },
  { so: ['a', 'b changed', 'a changed'], next: 'oscillating' },
  { so: ['a', 'b changed', 'c changed', 'b changed'], next: 'oscillating' },
  { so: ['a', 'b changed', 'b rejected'], next: 'ask' },
  { so: ['a', 'b changed'], limits: { iterations: 1 }, next: 'iterations' },
  { so: ['a', 'b+ changed'], limits: { iterations: 1 }, next: 'passed' },
  { so: ['a', 'a nothing!', 'a nothing!'], limits: { iterations: 2 }, next: 'declared' },
  { so: ['a', 'a nothing'], limits: { iterations: 1 }, next: 'iterations' },
  { so: ['a', 'b changed'], limits: { timeoutMs: 5 }, progress: { elapsedMs: 5 }, next: 'timeout' },
  { so: ['a', 'b changed'], limits: { timeoutMs: 5, iterations: 1 }, progress: { elapsedMs: 9 }, next: 'iterations' },
  { so: ['a', 'b+ changed'], limits: { timeoutMs: 5 }, progress: { elapsedMs: 9 }, next: 'passed' },
  { so: ['a'], limits: { maxTokens: 9 }, progress: { usage: { calls: 1, tokens: 9, cost: 0 } }, next: 'budget' },
  { so: ['a'], limits: { maxCost: 1 }, progress: { usage: { calls: 1, tokens: 9, cost: 1.5 } }, next: 'budget' },
  { so: ['a'], limits: { maxCost: 1 }, progress: { usage: { calls: 1, tokens: 9, cost: undefined } }, next: 'ask' },
  { so: ['a', 'b changed'], progress: { custom: 'enough' }, next: 'custom' },
  { so: ['a', 'b+ changed'], progress: { custom: 'enough' }, next: 'passed' },
  { so: ['a', 'a nothing', 'a nothing'], progress: { custom: 'enough' }, next: 'no-new-versions' },
  { so: ['a+'], limits: { minIterations: 1 }, next: 'ask' },
  { so: ['a+', 'b+ changed'], limits: { minIterations: 1 }, next: 'passed' },
])('$so with $limits: $next', ({ so, next, limits, progress }) => {
  const step = nextStep({ ...NOTHING, rounds: rounds(...so), ...progress }, { ...LIMITS, ...limits })
  expect(step.do === 'stop' ? step.reason : step.do).toBe(next)
})

/** Every reply leads to another tree. `=` in front of a score: the check fails as the round before it did. */
test.each([
  { scores: '0 0', next: 'ask' },
  { scores: '0 =0 =0', next: 'restart' },
  { scores: '0 =0 =0 =0', next: 'ask' },
  { scores: '0 =0 =0 =0 =0', next: 'stalled' },
  { scores: '0 =0 =0 0.5 =0.5 =0.5', next: 'restart' },
  { scores: '0 =0 =0 0.5 =0.5 =0.5 =0.5 =0.5', next: 'stalled' },
  { scores: '0 0 0 0 0 0 0', next: 'ask' },
  { scores: '0.5 0.4 =0.4 =0.4', next: 'restart' },
  { scores: '0 =0 0 =0', next: 'ask' },
])('scores $scores: $next', ({ scores, next }) => {
  let failure = ''
  const history = scores.split(' ').map((text, index): Round => {
    failure = text.startsWith('=') ? failure : `way ${index}`
    const reply = index === 0 ? undefined : ({ kind: 'changed', declared: false } as const)
    return { reply, passed: false, score: Number(text.replace('=', '')), tree: `tree ${index}`, failure }
  })
  const step = nextStep({ ...NOTHING, rounds: history }, LIMITS)
  expect(step.do === 'stop' ? step.reason : step.do).toBe(next)
})

/** The reference values of loopllm's engine: scores of the replies, the reply after which it ends, why, and the best one. */
test.each([
  { scores: [0.3, 0.5, 0.9], limits: {}, ends: 3, reason: 'passed', best: 3 },
  { scores: [0.5, 0.5, 0.5, 0.5], limits: {}, ends: 3, reason: 'plateau', best: 1 },
  { scores: [0.5, 0.505, 0.51, 0.9], limits: {}, ends: 3, reason: 'plateau', best: 3 },
  { scores: [0.9, 0.2, 0.2, 0.2, 0.2], limits: { minIterations: 3 }, ends: 4, reason: 'plateau', best: 1 },
  { scores: [0.5, 0.4, 0.3, 0.2, 0.1], limits: {}, ends: 5, reason: 'iterations', best: 1 },
  { scores: [0.5, 0.7, 0.6], limits: { iterations: 3 }, ends: 3, reason: 'iterations', best: 2 },
])('scores $scores with $limits end after $ends with $reason', ({ scores, limits, ends, reason, best }) => {
  const all: Round[] = [0, ...scores].map((score, index) => ({
    reply: index === 0 ? undefined : { kind: 'changed', declared: false },
    passed: score >= 0.8,
    score,
    tree: `tree ${index}`,
    failure: `way ${index}`,
  }))
  const defaults = { iterations: 5, minIterations: 1, plateau: 0.01 }
  const steps = all.map((_, index) =>
    nextStep({ ...NOTHING, rounds: all.slice(0, index + 1) }, { ...defaults, ...limits }),
  )
  const end = steps.findIndex((step) => step.do === 'stop')
  expect({ end, step: steps[end] }).toEqual({ end: ends, step: { do: 'stop', reason } })
  expect(bestRound(all.slice(0, end + 1))).toBe(best)
})
