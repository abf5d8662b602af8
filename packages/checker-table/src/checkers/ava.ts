import { ALL, TEST_FILES, TAP_FAILURE } from '../shared.ts'
import type { TableEntry } from '../table-entry.ts'

export const ava: TableEntry = {
  kind: 'test',
  types: ALL,
  files: TEST_FILES,
  command: ['ava', '--tap', '{files}'],
  rules: [
    { output: 'Couldn.t find any files to test|No tests found in ', is: 'none' },
    { status: [0], output: TAP_FAILURE, is: 'fail' },
    { status: [0], lacks: '^\\s*[1-9]\\d* tests? passed|^ok \\d', is: 'none' },
  ],
  exit: { pass: [0], fail: [1] },
  counts: {
    passed: '^(?:# pass |\\s*)(\\d+)(?: tests? passed)?$',
    failed: ['^# fail (\\d+)$', '^\\s*(\\d+) tests? failed'],
  },
  install: 'npm install --save-dev ava',
  guard: {
    settings: ['ava.config.*'],
  },
}
