import { ALL } from '../shared.ts'
import type { TableEntry } from '../table-entry.ts'

export const oxlint: TableEntry = {
  kind: 'lint',
  types: ALL,
  command: ['oxlint', '--format=unix', '--deny-warnings', '{files}'],
  rules: [
    { output: '^No files found to lint|on 0 files? (?:with|using)', is: 'none' },
    {
      status: [1],
      output: '^(?:Error: |Failed to |error: |`.*` is not expected|Expected |Invalid )',
      lacks: '^.+:\\d+:\\d+:',
      is: 'error',
    },
    { status: [1], lacks: '\\d+:\\d+|,-\\[|problems?\\b', is: 'error' },
  ],
  exit: { pass: [0], fail: [1] },
  masks: ['^Finished in (\\d+(?:\\.\\d+)?m?s)'],
  findings: [
    String.raw`^(?<path>[^\s:][^:\n]*):(?<line>\d+):(?<column>\d+): (?<message>.*?)(?: \[(?<severity>\w+)(?:/(?<code>[^\]]+))?\])?$`,
  ],
  fix: ['oxlint', '--quiet', '--fix', '{files}'],
  install: 'npm install --save-dev oxlint',
  guard: {
    suppressions: [{ name: 'oxlint-disable', pattern: /\boxlint[-:]disable/g }],
    settings: ['.oxlintrc*', 'oxlint.config.*'],
  },
}
