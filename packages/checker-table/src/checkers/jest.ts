import { ALL, TEST_FILES } from '../shared.ts'
import type { TableEntry } from '../table-entry.ts'

export const jest: TableEntry = {
  kind: 'test',
  report: 'jest',
  types: ALL,
  files: TEST_FILES,
  command: ['jest', '{files}'],
  rules: [
    { output: '^No tests found', is: 'none' },
    { status: [0], lacks: '^Tests: .*\\b[1-9]\\d* passed', is: 'none' },
    { status: [1], lacks: '^(?:Tests|Test Suites): ', is: 'error' },
  ],
  exit: { pass: [0], fail: [1] },
  counts: { passed: '^Tests: .*?(\\d+) passed', failed: ['^Tests: .*?(\\d+) failed'] },
  masks: ['\\((\\d+(?:\\.\\d+)? m?s)\\)$'],
  findings: [
    String.raw`^  ● (?<code>.*)\n\n *(?<message>.*)\n(?:.*\n){0,60}?      at (?:.*\()?(?<path>[^\s:(]+):(?<line>\d+):(?<column>\d+)\)?$`,
  ],
  install: 'npm install --save-dev jest',
  guard: {
    settings: ['jest.config.*'],
    summary: {
      tests: [/^Tests: .*?(\d+) total$/gm],
      skipped: [/^Tests: .*?(\d+) skipped/gm, /^Tests: .*?(\d+) todo/gm],
    },
  },
}
