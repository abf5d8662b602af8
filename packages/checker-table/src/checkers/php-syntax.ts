import type { TableEntry } from '../table-entry.ts'

export const phpSyntax: TableEntry = {
  kind: 'syntax',
  types: ['php'],
  command: ['php', '-l', '{files}'],
  withArguments: ['-l'],
  target: 'each',
  rules: [{ status: [0], lacks: '^No syntax errors detected in ', is: 'none' }],
  exit: { pass: [0], fail: [255] },
  findings: [String.raw`^(?:PHP )?(?:Parse|Fatal) error: +(?<message>.*) in (?<path>.*) on line (?<line>\d+)$`],
  cache: [],
  install: 'apt-get install php-cli',
}
