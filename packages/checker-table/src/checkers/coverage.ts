import type { TableEntry } from '../table-entry.ts'

export const coverage: TableEntry = {
  kind: 'lint',
  types: ['python'],
  command: ['coverage', 'report', '--skip-covered', '--show-missing'],
  withArguments: ['report'],
  rules: [
    { output: '^No data (?:to report|was collected)', is: 'none' },
    { output: '^Coverage failure: ', is: 'fail' },
  ],
  exit: { pass: [0], fail: [2] },
  rating: { pattern: '^TOTAL +.*?(\\d+(?:\\.\\d+)?)%$', best: 100 },
  install: 'pip install coverage',
  guard: {
    suppressions: [{ name: 'pragma: no cover', pattern: /#\s*pragma:?\s*no\s*(?:cover|branch)/gi }],
    settings: ['.coveragerc'],
  },
}
