import { CARGO_FINDINGS, CARGO_NOISE, CARGO_RULES } from '../shared.ts'
import type { TableEntry } from '../table-entry.ts'

export const cargoCheck: TableEntry = {
  kind: 'type',
  types: ['rust'],
  command: ['cargo', 'check', '--quiet', '--message-format=short'],
  withArguments: ['check'],
  target: 'project',
  project: 'Cargo.toml',
  rules: CARGO_RULES,
  exit: { pass: [0] },
  noise: CARGO_NOISE,
  findings: CARGO_FINDINGS,
  install: 'https://rustup.rs',
}
