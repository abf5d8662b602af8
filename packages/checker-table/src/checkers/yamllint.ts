import type { TableEntry } from '../table-entry.ts'

export const yamllint: TableEntry = {
  kind: 'lint',
  types: ['yaml'],
  command: ['yamllint', '--format=parsable', '--strict', '{files}'],
  rules: [{ stderr: '^Traceback \\(most recent call last\\):|^usage: ', is: 'error' }],
  exit: { pass: [0], fail: [1, 2] },
  // The first pattern reads the format that --format=parsable asks for, one line for each finding. The second reads the
  // format for people, which a check command of the project may print: the name of a file is a line above its findings.
  findings: [
    String.raw`^(?<path>[^\s:][^:\n]*):(?<line>\d+):(?<column>\d+): \[(?<severity>\w+)\] (?<message>.*?)(?: \((?<code>[\w-]+)\))?$`,
    String.raw`^(?<heading>[^\s:].*)$|^ +(?<line>\d+):(?<column>\d+) +(?<severity>error|warning) +(?<message>.*?)(?: {2,}\((?<code>[\w-]+)\))?$`,
  ],
  config: ['.yamllint', '.yamllint.yaml', '.yamllint.yml'],
  cache: ['.yamllint', '.yamllint.yaml', '.yamllint.yml', '~/.config/yamllint/config'],
  install: 'pip install yamllint, or apt-get install yamllint',
  guard: {
    suppressions: [{ name: 'yamllint disable', pattern: /#\s*yamllint\s+disable/g }],
    settings: ['.yamllint*'],
  },
}
