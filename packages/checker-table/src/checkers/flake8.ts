import { BROKE } from '../shared.ts'
import type { TableEntry } from '../table-entry.ts'

export const flake8: TableEntry = {
  kind: 'lint',
  types: ['python'],
  command: ['flake8', '{files}'],
  rules: [BROKE, { output: '\\bE902 (?:FileNotFound|IsADirectory|Permission|OS|IO)Error', is: 'error' }],
  exit: { pass: [0], fail: [1] },
  findings: [
    String.raw`^(?<path>[^\s:][^:\n]*):(?<line>\d+):(?<column>\d+): (?<code>(?<severity>[A-Z])[A-Z]*\d+) (?<message>.*)$`,
  ],
  cache: ['.flake8', 'setup.cfg', 'tox.ini'],
  install: 'pip install flake8, or apt-get install flake8',
  guard: {
    // Ruff reads the same comment.
    suppressions: [{ name: 'noqa', pattern: /#[^\n]{0,200}\bnoqa\b/gi }],
    settings: ['.flake8'],
  },
}
