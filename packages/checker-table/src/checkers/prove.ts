import type { TableEntry } from '../table-entry.ts'

export const prove: TableEntry = {
  kind: 'test',
  types: ['perl'],
  files: ['*.t'],
  command: ['prove', '{files}'],
  rules: [
    { output: "^Cannot detect source of '", is: 'error' },
    { output: '^Result: NOTESTS', is: 'none' },
    { status: [0], lacks: '^Result: PASS', is: 'none' },
    { lacks: '^Result: ', is: 'error' },
  ],
  exit: { pass: [0], fail: [1, 2, 255] },
  masks: ['^Files=\\d+, Tests=\\d+, ( *.*)$'],
  install: 'apt-get install perl',
  guard: {
    suppressions: [
      { name: 'handling the test framework', pattern: /\bTest::(?:More|Builder|Simple)\b|\bHARNESS_ACTIVE\b/g },
    ],
    summary: { tests: [/^Files=\d+, Tests=(\d+),/gm], skipped: [/\bskipped: /g] },
  },
}
