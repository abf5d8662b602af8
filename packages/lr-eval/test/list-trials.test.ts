import { expect, test } from 'vitest'
import { listTrials, optionsOf } from '../src/run/list-trials.ts'

const plan = { fixed: {}, varied: [], repeat: 1, label: null }

test.each([
  { what: 'one trial of a case without options', plan, options: [{}] },
  {
    what: 'every combination of two varied options, the first changing slowest',
    plan: { ...plan, varied: ['reply=whole,edit', 'model=a,b'] },
    options: [
      { reply: 'whole', model: 'a' },
      { reply: 'whole', model: 'b' },
      { reply: 'edit', model: 'a' },
      { reply: 'edit', model: 'b' },
    ],
  },
  {
    what: 'a varied option that overrides a fixed one',
    plan: { ...plan, fixed: { model: 'a', iterations: '3' }, varied: ['model=b'] },
    options: [{ model: 'b', iterations: '3' }],
  },
  { what: 'a value with an equals sign', plan: { ...plan, varied: ['stop=a=b'] }, options: [{ stop: 'a=b' }] },
])('$what', ({ plan, options }) => {
  expect(listTrials('case', plan)).toEqual(
    options.map((each) => ({ case: 'case', options: each, label: null, trial: 1 })),
  )
})

test('repeated trials differ in their number', () => {
  expect(listTrials('case', { ...plan, repeat: 3 }).map(({ trial }) => trial)).toEqual([1, 2, 3])
})

test.each(['reply', '=x', 'Reply=x', '-m=x', 'json=true', '--run-dir=x', 'resume=x'])('"%s" is refused', (word) => {
  expect(() => optionsOf([word])).toThrow(/not of the form NAME=VALUE|lr-eval sets/)
  expect(() => listTrials('case', { ...plan, varied: [word] })).toThrow()
})
