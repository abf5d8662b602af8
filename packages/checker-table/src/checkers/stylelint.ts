import type { TableEntry } from '../table-entry.ts'

export const stylelint: TableEntry = {
  kind: 'lint',
  types: ['css'],
  command: ['stylelint', '--formatter=unix', '--no-color', '{files}'],
  rules: [{ stderr: '^(?:All input files were ignored|NoFilesFoundError)', is: 'none' }],
  exit: { pass: [0], fail: [2] },
  findings: [
    String.raw`^(?<path>/[^:\n]*):(?<line>\d+):(?<column>\d+): (?<message>.*?) (?:\((?<code>[^()\s]+)\) )?\[(?<severity>\w+)\]$`,
    String.raw`^(?<heading>[^\s:].*)$|^ +(?<line>\d+):(?<column>\d+) +[✖⚠] +(?<message>.*?)(?: {2,}(?<code>\S+))?$`,
  ],
  config: [
    '.stylelintrc',
    '.stylelintrc.json',
    '.stylelintrc.yml',
    '.stylelintrc.yaml',
    'stylelint.config.js',
    'stylelint.config.mjs',
    'stylelint.config.cjs',
  ],
  fix: ['stylelint', '--formatter=unix', '--no-color', '--fix', '{files}'],
  install: 'npm install --save-dev stylelint stylelint-config-standard',
  guard: {
    suppressions: [{ name: 'stylelint-disable', pattern: /\bstylelint-disable/g }],
    settings: ['.stylelintrc*', 'stylelint.config.*'],
  },
}
