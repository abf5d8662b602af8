import type { TableEntry } from '../table-entry.ts'

export const doctest: TableEntry = {
  kind: 'test',
  report: 'doctest',
  types: ['python'],
  command: ['python3', '-m', 'doctest', '{files}'],
  rules: [
    {
      stderr: String.raw`^.*: error: |^    m = __import__\(filename\[:-3\]\)\n(?: .*\n)?ModuleNotFoundError: |^FileNotFoundError: \[Errno 2\] .*\n(?![^])`,
      is: 'error',
    },
  ],
  exit: { pass: [0], fail: [1] },
  counts: { passed: '^(\\d+) examples? passed', failed: ['^\\*\\*\\*Test Failed\\*\\*\\* (\\d+) failures?'] },
  findings: [
    String.raw`^File "(?<path>[^"\n]+)", line (?<line>\d+), in (?<code>.*)\nFailed example:\n(?<message> .*)$`,
  ],
  install: 'comes with Python: apt-get install python3',
}
