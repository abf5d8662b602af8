import type { TableEntry } from '../table-entry.ts'

export const clangTidy: TableEntry = {
  kind: 'lint',
  types: ['c', 'c++'],
  command: ['clang-tidy', '--quiet', '--warnings-as-errors=*', '{files}'],
  rules: [
    // With settings that it cannot read it goes on with its own, and ends with 0.
    { stderr: '^Error parsing .*\\.clang-tidy', is: 'error' },
    // A message without a place is about the command line.
    { output: '^error: .*\\[clang-diagnostic-error\\]$|Unknown command line argument', is: 'error' },
    { status: [1], lacks: '^/.*:\\d+:\\d+: ', is: 'error' },
  ],
  exit: { pass: [0], fail: [1] },
  findings: [
    String.raw`^(?<path>/[^:\n]*):(?<line>\d+):(?<column>\d+): (?<severity>error|warning): (?<message>.*?)(?: \[(?<code>[\w.-]+)[^\]]*\])?$`,
  ],
  noise: [
    '^Error while trying to load a compilation database:\\n(?:.*\\n){0,8}?Running without flags\\.\\n',
    '^\\d+ (?:warnings|errors|warnings? and \\d+ errors?) generated\\.\\n',
  ],
  config: ['.clang-tidy'],
  fix: ['clang-tidy', '--quiet', '--fix', '{files}'],
  install: 'apt-get install clang-tidy',
  guard: {
    suppressions: [{ name: 'NOLINT', pattern: /\bNOLINT/g }],
    settings: ['.clang-tidy'],
  },
}
