import type { TableEntry } from '../table-entry.ts'

export const nodeSyntax: TableEntry = {
  kind: 'syntax',
  types: ['javascript'],
  command: ['node', '--check', '{files}'],
  withArguments: ['--check'],
  target: 'each',
  rules: [{ stderr: "^Error: Cannot find module|code: 'MODULE_NOT_FOUND'", is: 'error' }],
  exit: { pass: [0], fail: [1] },
  findings: [String.raw`^(?<path>[^\s:].*):(?<line>\d+)\n(?:.*\n){0,8}?(?<message>SyntaxError: .*)$`],
  cache: ['package.json'],
  install: 'https://nodejs.org',
}
