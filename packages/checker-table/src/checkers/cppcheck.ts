import type { TableEntry } from '../table-entry.ts'

export const cppcheck: TableEntry = {
  kind: 'lint',
  types: ['c', 'c++'],
  command: ['cppcheck', '--error-exitcode=1', '--quiet', '{files}'],
  rules: [
    { output: '^cppcheck: error:', is: 'error' },
    // Without --error-exitcode it ends with 0 whatever it finds.
    { output: '^.+:\\d+:\\d+: error: ', is: 'fail' },
  ],
  exit: { pass: [0], fail: [1] },
  findings: [
    String.raw`^(?<path>[^\s:][^:\n]*):(?<line>\d+):(?<column>\d+): (?<severity>\w+): (?<message>.*?)(?: \[(?<code>\w+)\])?$`,
  ],
  install: 'apt-get install cppcheck',
  guard: {
    suppressions: [{ name: 'cppcheck-suppress', pattern: /\bcppcheck-suppress/g }],
  },
}
