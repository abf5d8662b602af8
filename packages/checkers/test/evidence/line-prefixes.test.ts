import { expect, test } from 'vitest'
import { dropPrefixes } from '../../src/evidence/line-prefixes.ts'
import { shapeText } from '../../src/evidence/shape.ts'

const REPORTS = {
  tap: `TAP version 13\n${'ok 1 throws error: no\n'.repeat(400)}not ok 2 adds\n  ---\n  error: -1 is not 5\n  ...\n\n1..401\n`,
  go: `${'=== RUN   TestZero\n--- PASS: TestZero (0.00s)\n'.repeat(400)}=== RUN   TestAdd\n    m_test.go:3: -1 is not 5\n--- FAIL: TestAdd (0.00s)\nFAIL\nFAIL\tm\t0.006s\n`,
  mocha: `\n  math\n${'    ✔ throws error\n'.repeat(400)}    1) adds\n\n  400 passing (1s)\n  1 failing\n\n  1) math\n       adds:\n\n      Error: -1 is not 5\n`,
}

test.each([
  ['docker compose', () => 'app-1  | '],
  ['several services', (line: number) => (line % 5 === 0 ? 'app-1  | ' : 'tests-1  | ')],
  ['turbo', () => 'web:test: '],
  ['turbo, with a scope', () => '@acme/web:test: '],
  ['pnpm -r', () => 'packages/web test: '],
  ['concurrently', () => '[0] '],
  ['concurrently, by names', () => '[web:test] '],
  ['times', (line: number) => `2026-11-30T10:00:0${line % 10}.12${line % 10}Z `],
])('%s: what is in front of each line is left out', (_what, prefix) => {
  for (const report of Object.values(REPORTS)) {
    const lines = report.split('\n').map((line, at) => `${prefix(at)}${line}`.trimEnd())
    expect(shapeText(lines.join('\n'), '/nowhere')).toBe(shapeText(report, '/nowhere'))
  }
})

test('a line of the starter itself stays', () => {
  const lines = ['Attaching to app-1', ...Array.from({ length: 20 }, (_, at) => `app-1  | line ${at}`)]
  expect(dropPrefixes(lines)).toEqual(['Attaching to app-1', ...lines.slice(1).map((line) => line.slice(9))])
})

test.each([
  ['places in one file', (at: number) => `src/a.c:${at}: error: no`],
  ['places in several files', (at: number) => `src/a${at}.c:7:error: no`],
  ['marks of Maven', (at: number) => `[${at % 3 ? 'INFO' : 'ERROR'}] line ${at}`],
  ['marks of sbt', (at: number) => `[info] - line ${at}`],
  ['results', (at: number) => `[${at % 3 ? 'pass' : 'fail'}] test ${at}`],
  ['workers of xdist', (at: number) => `[gw${at % 3}] [ 1%] PASSED test_a.py::test_${at}`],
  ['a table', (at: number) => `file${at}.js | ${at} | 100`],
  ['findings of many kinds', (at: number) => `src/a.py:E${at}: no`],
])('%s are no prefixes', (_what, line) => {
  const lines = Array.from({ length: 40 }, (_, at) => line(at))
  expect(dropPrefixes(lines)).toEqual(lines)
})
