import type { TableEntry } from '../table-entry.ts'

export const goTest: TableEntry = {
  kind: 'test',
  types: ['go'],
  version: ['version'],
  files: ['*_test.go'],
  report: 'go',
  command: ['go', 'test', '{project}'],
  withArguments: ['test'],
  target: 'project',
  project: 'go.mod',
  projectArguments: ['./...'],
  rules: [
    { status: [0], output: '^(?:FAIL\\b|\\s*--- FAIL: )', is: 'fail' },
    { status: [0], lacks: '^ok\\s(?!.*\\[no tests to run\\])|^\\s*--- PASS: ', unless: ['-json'], is: 'none' },
    { output: '^flag provided but not defined: ', is: 'error' },
    { status: [1, 2], lacks: '^(?:--- )?FAIL\\b|^panic: ', unless: ['-json'], is: 'error' },
  ],
  exit: { pass: [0], fail: [1, 2] },
  masks: ['^ok\\s+\\S+\\s+(\\(cached\\))'],
  findings: [
    String.raw`^(?:vet: )?(?<path>[^\s:][^:\n]*\.go):(?<line>\d+):(?<column>\d+): (?<message>.*)$`,
    String.raw`^ +(?<path>[^\s:]+_test\.go):(?<line>\d+): (?<message>.*)$`,
  ],
  install: 'apt-get install golang-go',
  guard: {
    suppressions: [
      {
        name: 'handling the test framework',
        pattern: /\bfunc TestMain\(|\btesting\.Testing\(\)|\bflag\.Lookup\("test\./g,
      },
    ],
    summary: {
      // With -v; without, only failures are printed.
      tests: [/^=== RUN /gm],
      skipped: [/^ *--- SKIP: /gm],
    },
  },
}
