import { CARGO_FINDINGS, CARGO_NOISE, CARGO_RULES } from '../shared.ts'
import type { TableEntry } from '../table-entry.ts'

export const cargoClippy: TableEntry = {
  kind: 'lint',
  types: ['rust'],
  requires: ['cargo-clippy'],
  version: ['clippy', '--version'],
  command: ['cargo', 'clippy', '--quiet', '--message-format=short', '--', '--deny', 'warnings'],
  withArguments: ['clippy'],
  target: 'project',
  project: 'Cargo.toml',
  rules: CARGO_RULES,
  exit: { pass: [0] },
  noise: CARGO_NOISE,
  findings: CARGO_FINDINGS,
  install: 'rustup component add clippy',
  guard: {
    suppressions: [
      { name: 'allow', pattern: /#!?\[\s*(?:allow|expect|ignore)\b|#!?\[\s*cfg_attr\b|\bcfg\(not\(test\)\)/g },
    ],
    settings: ['clippy.toml', '.clippy.toml'],
  },
}
