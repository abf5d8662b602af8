import { ALL, TEST_FILES } from '../shared.ts'
import type { TableEntry } from '../table-entry.ts'

export const mocha: TableEntry = {
  kind: 'test',
  report: 'mocha',
  types: ALL,
  files: TEST_FILES,
  command: ['mocha', '{files}'],
  alsoNamed: ['_mocha'],
  rules: [
    { output: '^Error: No test files found', is: 'none' },
    { stderr: '^Error: Cannot find any files matching pattern|^Unknown (?:argument|option)', is: 'error' },
    { status: [0], lacks: '^\\s*[1-9]\\d* passing', is: 'none' },
  ],
  // The number of failed tests.
  exit: { pass: [0], fail: Array.from({ length: 127 }, (_, n) => n + 1) },
  counts: { passed: '^\\s*(\\d+) passing', failed: ['^\\s*(\\d+) failing'] },
  masks: ['^\\s*\\d+ passing \\((\\d+m?s)\\)$', '\\((\\d+m?s)\\)$'],
  install: 'npm install --save-dev mocha',
  guard: {
    settings: ['.mocharc*'],
    summary: { tests: [/^ +(\d+) (?:passing|failing|pending)\b/gm], skipped: [/^ +(\d+) pending\b/gm] },
  },
}
