import type { TableEntry } from '../table-entry.ts'

export const gofmt: TableEntry = {
  kind: 'format',
  types: ['go'],
  version: [],
  command: ['gofmt', '-l', '{files}'],
  rules: [
    { status: [0], stdout: '\\S', is: 'fail' },
    { status: [2], stderr: '^\\S+\\.go:\\d+:\\d+: ', is: 'fail' },
  ],
  exit: { pass: [0] },
  fix: ['gofmt', '-w', '{files}'],
  cache: [],
  install: 'apt-get install golang-go',
}
