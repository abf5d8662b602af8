import type { TableEntry } from '../table-entry.ts'

export const shellcheck: TableEntry = {
  kind: 'lint',
  types: ['shell'],
  command: ['shellcheck', '--format=gcc', '--color=never', '{files}'],
  rules: [{ stderr: 'openBinaryFile: ', is: 'error' }],
  exit: { pass: [0], fail: [1] },
  findings: [
    String.raw`^(?<path>[^\s:][^:\n]*):(?<line>\d+):(?<column>\d+): (?<severity>\w+): (?<message>.*?)(?: \[(?<code>SC\d+)\])?$`,
    // The format for people, which a command of the user's own prints.
    String.raw`^In (?<path>.+) line (?<line>\d+):\n(?:.*\n){1,3}? *\^-+\^? (?<code>SC\d+)(?: \((?<severity>\w+)\))?: (?<message>.*)$`,
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
