import { expect, test } from 'vitest'
import { countReport } from '../../src/test-reports/count-report.ts'
import type { TestResult } from '../../src/test-reports/test-report.ts'

const count = (...tests: TestResult[]) => countReport({ tests, otherFailures: 0 })

test('a test with several results is one: subtests that fail, and an error as it is torn down', () => {
  const failed = { name: 't.T.test_a', outcome: 'failed' } as const
  const atFirst = count(failed, failed, failed, { name: 't.T.test_b', outcome: 'passed' })
  expect(atFirst).toMatchObject({ tests: 2, skipped: 0, names: ['t.T.test_a', 't.T.test_b'], failed: ['t.T.test_a'] })
})

test('tests that differ in a number only are as many as there are', () => {
  const named = (name: string) => ({ name, outcome: 'skipped' }) as const
  expect(count(named('t[1]'), named('t[2]'))).toMatchObject({ tests: 2, skipped: 2, names: [] })
})
