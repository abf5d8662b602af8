import type { Outcome } from '@loop-runner/stage-protocol'
import { expect, test } from 'vitest'
import { resultWords } from '../../src/evidence/result-words.ts'

test.each<[number | undefined, Outcome | undefined, string]>([
  [1, 'fail', ', with exit status 1'],
  [0, 'pass', ', with exit status 0'],
  [0, 'fail', ', with exit status 0, which is a failure all the same'],
  [1, 'pass', ', with exit status 1, which is a pass'],
  [2, 'error', ', with exit status 2: the checker itself failed, so this says nothing about the files'],
  [127, 'missing', ', with exit status 127: the checker could not be started'],
  [124, 'timeout', ', with exit status 124: it did not end in time and was stopped'],
  [137, 'killed', ', with exit status 137 (ended by SIGKILL): it was killed'],
  [139, 'fail', ', with exit status 139 (ended by SIGSEGV)'],
  [5, 'none', ', with exit status 5: it checked nothing'],
  [undefined, undefined, ''],
  [undefined, 'fail', ', which is a failure'],
  [undefined, 'pass', ', which is a pass'],
])('status %s, outcome %s', (status, outcome, words) => {
  expect(resultWords({ status, outcome, isTampered: false })).toBe(words)
})

test('a check whose judge was changed', () => {
  expect(resultWords({ status: 0, outcome: 'error', isTampered: true })).toBe(
    ', with exit status 0: tests or check scripts were changed, so the result does not count; undo that change',
  )
})
