import { BROKE } from '../shared.ts'
import type { TableEntry } from '../table-entry.ts'

export const pylint: TableEntry = {
  kind: 'lint',
  types: ['python'],
  command: ['pylint', '--output-format=text', '--score=yes', '--persistent=no', '{files}'],
  rules: [
    BROKE,
    { output: '\\b(?:E0013: Plugin|E0015: Unrecognized option|F0010: error while code parsing)', is: 'error' },
    { bits: 33, is: 'error' },
    {
      status: [0],
      lacks: '^Your code has been rated at',
      unless: ['-sn', '-sno', '--score=n', '--score=no', '-E', '--errors-only'],
      is: 'none',
    },
    // Without a mark and with warnings only (4), refactorings (8) and conventions (16) it still has something to say.
    { bits: 30, stdout: '^.+:\\d+:\\d+: [A-Z]\\d{4}: |^[\\[{]', is: 'fail' },
  ],
  exit: { pass: [0] },
  rating: { pattern: '^Your code has been rated at (-?[\\d.]+)/10', best: 10 },
  // The rule above the mark is as long as the mark and what is said of the run before.
  masks: ['^Your code has been rated at [-\\d.]+/10( \\(previous run: .*\\))', '^-{20}(-+)$'],
  findings: [
    String.raw`^(?<path>[^\s:][^:\n]*):(?<line>\d+):(?<column>\d+): (?<code>(?<severity>[A-Z])\d{4}): (?<message>.*)$`,
  ],
  columnsFromZero: true,
  install: 'pip install pylint, or apt-get install pylint',
  guard: {
    suppressions: [{ name: 'pylint: disable', pattern: /#\s*pylint:\s*(?:disable|skip-file)/gi }],
    settings: ['pylintrc', '.pylintrc'],
  },
}
