import { ALL } from '../shared.ts'
import type { TableEntry } from '../table-entry.ts'

export const eslint: TableEntry = {
  kind: 'lint',
  types: ALL,
  command: ['eslint', '--no-color', '{files}'],
  rules: [{ output: 'File ignored because|all of the files matching the glob pattern', is: 'none' }],
  exit: { pass: [0], fail: [1] },
  config: ['eslint.config.js', 'eslint.config.mjs', 'eslint.config.cjs', 'eslint.config.ts'],
  findings: [
    String.raw`^(?<heading>/.*)$|^ +(?<line>\d+):(?<column>\d+) +(?<severity>error|warning)(?! +File ignored because) +(?<message>.*?)(?: {2,}(?<code>\S+))?$`,
  ],
  fix: ['eslint', '--no-color', '--quiet', '--fix', '{files}'],
  install: 'npm install --save-dev eslint',
  guard: {
    suppressions: [
      { name: 'eslint-disable', pattern: /\b(?:eslint|jshint|jscs|tslint)[-:]disable/g },
      { name: 'eslint in a comment', pattern: /\/\*\s*(?:eslint\s+["']?[\w@/-]+["']?\s*:|exported\s)/g },
    ],
    settings: ['.eslintrc*', 'eslint.config.*', '.eslintignore'],
  },
}
