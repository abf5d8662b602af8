import { TAP_FAILURE } from '../shared.ts'
import type { TableEntry } from '../table-entry.ts'

const TAP_PASS = String.raw`^ok\b(?!.*#\s*(?:TODO|SKIP))`

export const bats: TableEntry = {
  kind: 'test',
  types: ['bats'],
  command: ['bats', '--tap', '{files}'],
  rules: [
    { status: [0], output: TAP_FAILURE, is: 'fail' },
    { status: [0], lacks: String.raw`${TAP_PASS}|^ ✓ |^\d+ tests?, 0 failures`, is: 'none' },
    { status: [1], lacks: String.raw`^not ok\b|^ ✗ |^\d+ tests?, [1-9]`, is: 'error' },
  ],
  exit: { pass: [0], fail: [1] },
  install: 'npm install --save-dev bats, or apt-get install bats',
}
