import type { TableEntry } from '../table-entry.ts'

export const markdownlint: TableEntry = {
  kind: 'lint',
  types: ['markdown'],
  command: ['markdownlint-cli2', '{files}'],
  rules: [{ status: [0], lacks: '^Linting: [1-9]\\d* file', is: 'none' }],
  exit: { pass: [0], fail: [1] },
  findings: [
    String.raw`^(?<path>[^\s:][^:\n]*):(?<line>\d+)(?::(?<column>\d+))? (?:(?<severity>error|warning) )?(?<code>MD\d+)\S* (?<message>.*)$`,
  ],
  version: ['--help'],
  fix: ['markdownlint-cli2', '--fix', '{files}'],
  install: 'npm install --save-dev markdownlint-cli2',
  guard: {
    suppressions: [{ name: 'markdownlint-disable', pattern: /\bmarkdownlint-disable/g }],
    settings: ['.markdownlint*'],
  },
}
