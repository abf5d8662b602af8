import { TRACEBACK } from '../shared.ts'
import type { TableEntry } from '../table-entry.ts'

export const pythonSyntax: TableEntry = {
  kind: 'syntax',
  types: ['python'],
  command: ['python3', '-m', 'py_compile', '{files}'],
  exit: { pass: [0], fail: [1] },
  findings: [TRACEBACK],
  install: 'apt-get install python3',
}
