import type { TableEntry } from '../table-entry.ts'

export const luaSyntax: TableEntry = {
  kind: 'syntax',
  types: ['lua'],
  command: ['luac', '-p', '{files}'],
  alsoNamed: ['luac5.1', 'luac5.2', 'luac5.3', 'luac5.4'],
  withArguments: ['-p'],
  version: ['-v'],
  rules: [{ stderr: ': cannot (?:open|read) |^usage: ', is: 'error' }],
  exit: { pass: [0], fail: [1] },
  findings: [String.raw`^luac[\d.]*: (?<path>[^\s:][^:\n]*):(?<line>\d+): (?<message>.*)$`],
  install: 'apt-get install lua5.4',
}
