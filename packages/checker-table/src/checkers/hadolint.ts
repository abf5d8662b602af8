import type { TableEntry } from '../table-entry.ts'

export const hadolint: TableEntry = {
  kind: 'lint',
  types: ['dockerfile'],
  command: ['hadolint', '--no-color', '{files}'],
  rules: [
    { output: '^hadolint: .*: (?:open|with)BinaryFile: |^Invalid option ', is: 'error' },
    { status: [1], lacks: ':\\d+ ', is: 'error' },
  ],
  exit: { pass: [0], fail: [1] },
  findings: [
    String.raw`^(?<path>[^\s:][^:\n]*):(?<line>\d+)(?::(?<column>\d+))? (?<code>\w+) (?<severity>error|warning|info|style)?:? *(?<message>.*)$`,
  ],
  cache: ['.hadolint.yaml', '.hadolint.yml', '~/.config/hadolint.yaml', '~/.hadolint.yaml'],
  install: 'https://github.com/hadolint/hadolint/releases',
  guard: {
    suppressions: [{ name: 'hadolint ignore', pattern: /#\s*hadolint\s+(?:global\s+)?ignore=/g }],
    settings: ['.hadolint*'],
  },
}
