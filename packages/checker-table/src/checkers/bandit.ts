import { BROKE } from '../shared.ts'
import type { TableEntry } from '../table-entry.ts'

export const bandit: TableEntry = {
  kind: 'lint',
  types: ['python'],
  command: [
    'bandit',
    '--quiet',
    '--format=custom',
    '--msg-template={relpath}:{line}:{col}: {severity}: {test_id} {msg}',
    '{files}',
  ],
  rules: [
    BROKE,
    { output: '^usage: bandit|\\[main\\]\\s+ERROR', is: 'error' },
    { output: '^Files skipped \\([1-9]', is: 'error' },
  ],
  exit: { pass: [0], fail: [1] },
  findings: [
    String.raw`^(?<path>[^\s:][^:\n]*):(?<line>\d+):(?<column>\d+): (?<severity>LOW|MEDIUM|HIGH): (?<code>B\d+) (?<message>.*)$`,
    String.raw`^>> Issue: \[(?<code>B\d+):[^\]]*\] (?<message>.*)\n(?:   .*\n){0,6}?   Location: (?<path>[^\s:]+):(?<line>\d+):(?<column>\d+)`,
  ],
  columnsFromZero: true,
  install: 'pip install bandit',
  guard: {
    suppressions: [{ name: 'nosec', types: ['python', 'go'], pattern: /#\s*nosec\b/gi }],
  },
}
