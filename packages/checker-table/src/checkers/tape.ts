import { SCRIPT, TEST_FILES, TAP_FAILURE } from '../shared.ts'
import type { TableEntry } from '../table-entry.ts'

export const tape: TableEntry = {
  kind: 'test',
  types: SCRIPT,
  files: TEST_FILES,
  command: ['tape', '{files}'],
  rules: [
    { output: '^No test files found', is: 'none' },
    { stderr: String.raw`requireStack: \[ '.*/tape/bin/tape' \]`, is: 'error' },
    { status: [0], output: TAP_FAILURE, is: 'fail' },
    { status: [0], lacks: '^ok \\d', is: 'none' },
    { status: [1], lacks: '^TAP version ', is: 'error' },
  ],
  exit: { pass: [0], fail: [1] },
  counts: { passed: '^# pass +(\\d+)$', failed: ['^# fail +(\\d+)$'] },
  install: 'npm install --save-dev tape',
}
