import type { TableEntry } from '../table-entry.ts'

export const yaml: TableEntry = {
  kind: 'syntax',
  types: ['yaml'],
  command: ['lr-check', '-c', 'yaml', '{files}'],
  exit: { pass: [0], fail: [1] },
  builtIn: 'yaml',
}
