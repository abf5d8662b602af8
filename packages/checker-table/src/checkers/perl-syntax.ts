import type { TableEntry } from '../table-entry.ts'

export const perlSyntax: TableEntry = {
  kind: 'syntax',
  types: ['perl'],
  command: ['perl', '-c', '{files}'],
  withArguments: ['-c'],
  target: 'each',
  rules: [
    { status: [0], lacks: ' syntax OK$', is: 'none' },
    { stderr: "^Can't open perl script|^Unrecognized switch", is: 'error' },
    { stderr: ' line \\d+', is: 'fail' },
  ],
  exit: { pass: [0] },
  findings: [String.raw`^(?<message>\S.*) at (?<path>\S+) line (?<line>\d+)\b.*$`],
  install: 'apt-get install perl',
}
