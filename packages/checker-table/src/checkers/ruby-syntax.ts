import type { TableEntry } from '../table-entry.ts'

export const rubySyntax: TableEntry = {
  kind: 'syntax',
  types: ['ruby'],
  command: ['ruby', '-c', '{files}'],
  withArguments: ['-c'],
  target: 'each',
  rules: [
    { status: [0], lacks: '^Syntax OK', is: 'none' },
    { stderr: '\\(LoadError\\)$|invalid option', is: 'error' },
  ],
  exit: { pass: [0], fail: [1] },
  install: 'apt-get install ruby',
}
