import type { TableEntry } from '../table-entry.ts'

export const toml: TableEntry = {
  kind: 'syntax',
  types: ['toml'],
  command: ['lr-check', '-c', 'toml', '{files}'],
  exit: { pass: [0], fail: [1] },
  builtIn: 'toml',
}
