import type { TableEntry } from '../table-entry.ts'

export const shellcheck: TableEntry = {
  kind: 'lint',
  types: ['shell'],
  command: ['shellcheck', '--format=gcc', '--color=never', '{files}'],
  rules: [{ stderr: 'openBinaryFile: ', is: 'error' }],
  exit: { pass: [0], fail: [1] },
  findings: [
    String.raw`^(?<path>[^\s:][^:\n]*):(?<line>\d+):(?<column>\d+): (?<severity>\w+): (?<message>.*?)(?: \[(?<code>SC\d+)\])?$`,
  ],
  cache: ['.shellcheckrc', 'shellcheckrc', '~/.shellcheckrc', '~/.config/shellcheckrc'],
  install: 'apt-get install shellcheck',
  guard: {
    suppressions: [
      {
        name: 'shellcheck disable',
        types: ['shell', 'bats'],
        pattern: /#\s*shellcheck\s+(?:disable|source=\/dev\/null)/g,
      },
    ],
    settings: ['.shellcheckrc', 'shellcheckrc'],
  },
}
