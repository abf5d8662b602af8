import { ALL, TEST_FILES } from '../shared.ts'
import type { TableEntry } from '../table-entry.ts'

export const vitest: TableEntry = {
  kind: 'test',
  report: 'vitest',
  types: ALL,
  files: TEST_FILES,
  command: ['vitest', 'run', '--reporter=default', '{files}'],
  rules: [
    { output: '^No test (?:files|suite) found', is: 'none' },
    { status: [0], lacks: '^\\s*Tests .*\\b[1-9]\\d* passed', is: 'none' },
    { status: [1], lacks: '^\\s*(?:Tests|Test Files) ', is: 'error' },
  ],
  exit: { pass: [0], fail: [1] },
  counts: { passed: '^\\s*Tests .*?(\\d+) passed', failed: ['^\\s*Tests .*?(\\d+) failed'] },
  findings: [
    String.raw`^ *FAIL +(?<code>.*)\n(?<message>.*)\n(?:.*\n){0,60}? ❯ (?:.* )?(?<path>[^\s:]+):(?<line>\d+):(?<column>\d+)$`,
  ],
  install: 'npm install --save-dev vitest',
  guard: {
    settings: ['vitest.config.*', 'vitest.workspace.*', 'vite.config.*'],
    summary: {
      tests: [/^ *Tests +.*\((\d+)\)$/gm],
      skipped: [/^ *Tests +.*?(\d+) skipped/gm, /^ *Tests +.*?(\d+) todo/gm],
    },
  },
}
