import type { TableEntry } from '../table-entry.ts'

export const xmllint: TableEntry = {
  kind: 'syntax',
  types: ['xml'],
  command: ['xmllint', '--noout', '--nonet', '{files}'],
  rules: [
    { stderr: '^(?:warning: failed to load external entity|I/O error|Unknown option)', is: 'error' },
    { status: [1, 3, 4], stderr: ' error : ', is: 'fail' },
  ],
  exit: { pass: [0] },
  findings: [
    String.raw`^(?<path>[^\s:][^:\n]*):(?<line>\d+): (?<code>\w+) (?<severity>error|warning) : (?<message>.*)$`,
  ],
  install: 'apt-get install libxml2-utils',
}
