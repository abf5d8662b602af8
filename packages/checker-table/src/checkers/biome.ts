import { ALL } from '../shared.ts'
import type { TableEntry } from '../table-entry.ts'

export const biome: TableEntry = {
  kind: 'lint',
  types: ALL,
  command: ['biome', 'lint', '--reporter=concise', '--colors=off', '--error-on-warnings', '{files}'],
  withArguments: [],
  rules: [
    { output: ' (?:fs/cantRead|internalError/\\w+) |is not expected in this context', is: 'error' },
    { output: 'No files were processed|Checked 0 files', is: 'none' },
    { status: [0], lacks: '^Checked [1-9]\\d* files?', is: 'none' },
    { status: [1], lacks: '^Checked [1-9]\\d* files?', is: 'error' },
  ],
  exit: { pass: [0], fail: [1] },
  masks: ['^Checked \\d+ files? in (\\S+?)\\.'],
  findings: [String.raw`^. (?<path>[^\s:][^:\n]*):(?<line>\d+):(?<column>\d+): (?<code>[\w/]+): (?<message>.*)$`],
  fix: ['biome', 'lint', '--reporter=concise', '--colors=off', '--write', '{files}'],
  install: 'npm install --save-dev @biomejs/biome',
  guard: {
    suppressions: [{ name: 'biome-ignore', pattern: /\bbiome-ignore\b/g }],
    settings: ['biome.json*'],
  },
}
