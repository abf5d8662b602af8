import { CARGO_FINDINGS, CARGO_NOISE, CARGO_RULES } from '../shared.ts'
import type { TableEntry } from '../table-entry.ts'

export const cargoTest: TableEntry = {
  kind: 'test',
  types: ['rust'],
  command: ['cargo', 'test', '--quiet'],
  withArguments: ['test'],
  target: 'project',
  project: 'Cargo.toml',
  rules: [
    ...CARGO_RULES,
    // A test binary that ends early prints no result.
    { status: [0], output: '^running \\d+ tests?\\n(?!(?:(?!running \\d+ tests?$).*\\n)*?test result: )', is: 'fail' },
    { status: [0], lacks: '^test result: ok\\. [1-9]\\d* passed', is: 'none' },
    { status: [101], output: '^test result: FAILED|^error: (?:\\d+ )?(?:test|doctest|target)s? .*failed', is: 'fail' },
  ],
  exit: { pass: [0] },
  noise: CARGO_NOISE,
  counts: { passed: '^test result: \\w+\\. (\\d+) passed', failed: ['^test result: .*; (\\d+) failed'] },
  findings: [
    ...CARGO_FINDINGS,
    String.raw`^thread '(?<code>[^'\n]*)'.* panicked at (?<path>[^\s:]+):(?<line>\d+):(?<column>\d+):\n(?<message>.*)$`,
    // Before 1.73.
    String.raw`^thread '(?<code>[^'\n]*)' panicked at '(?<message>.*?)'?(?:\n.*){0,8}?, (?<path>[^\s:]+\.rs):(?<line>\d+):(?<column>\d+)$`,
  ],
  install: 'https://rustup.rs',
  guard: {
    summary: {
      tests: [/^test result: .*? (\d+) passed; (\d+) failed; (\d+) ignored/gm],
      skipped: [/^test result: .*? (\d+) ignored/gm],
    },
  },
}
