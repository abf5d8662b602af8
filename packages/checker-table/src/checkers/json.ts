import type { TableEntry } from '../table-entry.ts'

export const json: TableEntry = {
  kind: 'syntax',
  types: ['json', 'jsonc', 'jsonl'],
  command: ['lr-check', '-c', 'json', '{files}'],
  exit: { pass: [0], fail: [1] },
  builtIn: 'json',
}
