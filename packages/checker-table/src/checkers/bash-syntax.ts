import type { TableEntry } from '../table-entry.ts'

export const bashSyntax: TableEntry = {
  kind: 'syntax',
  types: ['shell'],
  command: ['bash', '-n', '{files}'],
  alsoNamed: ['sh', 'dash'],
  withArguments: ['-n'],
  target: 'each',
  rules: [
    {
      stderr: ': (?:No such file or directory|cannot execute binary file|Is a directory|cannot open .*)$',
      is: 'error',
    },
    { stderr: 'invalid option|Illegal option', is: 'error' },
  ],
  exit: { pass: [0], fail: [1, 2] },
  findings: [String.raw`^(?<path>[^\s:][^:\n]*): (?:line )?(?<line>\d+): (?<message>.*)$`],
  install: 'apt-get install bash',
}
