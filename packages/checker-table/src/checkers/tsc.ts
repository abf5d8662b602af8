import type { TableEntry } from '../table-entry.ts'

export const tsc: TableEntry = {
  kind: 'type',
  types: ['typescript', 'tsx'],
  command: ['tsc', '--noEmit', '--pretty', 'false', '{project}'],
  target: 'project',
  project: 'tsconfig.json',
  projectArguments: ['-p', '{folder}'],
  projectReferences: true,
  rules: [
    { output: '^error TS18003:', is: 'none' },
    // What a referenced project has to have built first is not there.
    { output: 'error TS6305:', is: 'error' },
    // A message without a place is about the command line or the configuration; versions differ in their statuses.
    { output: '^error TS\\d+:|^.+\\.json\\(\\d+,\\d+\\): error TS(?:5|6|18)\\d{3}:', is: 'error' },
    { status: [1, 2], output: '^.+\\(\\d+,\\d+\\): error TS\\d+:|^.+:\\d+:\\d+ - error', is: 'fail' },
  ],
  exit: { pass: [0] },
  findings: [
    String.raw`^(?<path>[^\s(][^(\n]*)\((?<line>\d+),(?<column>\d+)\): (?<severity>error|warning) (?<code>TS\d+): (?<message>.*)$`,
  ],
  install: 'npm install --save-dev typescript',
  guard: {
    suppressions: [
      {
        name: '@ts-ignore',
        types: ['javascript', 'jsx', 'typescript', 'tsx'],
        pattern: /@ts-(?:ignore|expect-error|nocheck)\b/g,
      },
    ],
    settings: ['tsconfig*.json'],
  },
}
