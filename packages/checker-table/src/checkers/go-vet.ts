import type { TableEntry } from '../table-entry.ts'

export const goVet: TableEntry = {
  kind: 'lint',
  types: ['go'],
  version: ['version'],
  command: ['go', 'vet', '{project}'],
  withArguments: ['vet'],
  target: 'project',
  project: 'go.mod',
  projectArguments: ['./...'],
  rules: [
    { output: 'matched no packages|no Go files in', is: 'none' },
    { status: [1, 2], stderr: '^(?:vet: )?\\S+\\.go:\\d+', is: 'fail' },
  ],
  exit: { pass: [0] },
  findings: [String.raw`^(?:vet: )?(?<path>[^\s:][^:\n]*\.go):(?<line>\d+):(?<column>\d+): (?<message>.*)$`],
  install: 'apt-get install golang-go',
  guard: {
    suppressions: [{ name: 'nolint', pattern: /\/\/\s*(?:nolint|lint:ignore|lint:file-ignore)\b/g }],
  },
}
