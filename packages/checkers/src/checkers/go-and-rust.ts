import type { Checker } from './checker.ts'

const goVet: Checker = {
  kind: 'lint',
  types: ['go'],
  version: ['version'],
  command: ['go', 'vet', '{project}'],
  withArguments: ['vet'],
  target: 'project',
  project: 'go.mod',
  projectArguments: ['./...'],
  rules: [
    { output: 'matched no packages|no Go files in', is: 'none' },
    { status: [1, 2], stderr: '^(?:vet: )?\\S+\\.go:\\d+', is: 'fail' },
  ],
  exit: { pass: [0] },
  findings: [String.raw`^(?:vet: )?(?<path>[^\s:][^:\n]*\.go):(?<line>\d+):(?<column>\d+): (?<message>.*)$`],
  install: 'apt-get install golang-go',
}

const gofmt: Checker = {
  kind: 'format',
  types: ['go'],
  version: [],
  command: ['gofmt', '-l', '{files}'],
  rules: [
    { status: [0], stdout: '\\S', is: 'fail' },
    { status: [2], stderr: '^\\S+\\.go:\\d+:\\d+: ', is: 'fail' },
  ],
  exit: { pass: [0] },
  fix: ['gofmt', '-w', '{files}'],
  cache: [],
  install: 'apt-get install golang-go',
}

const goTest: Checker = {
  kind: 'test',
  types: ['go'],
  version: ['version'],
  files: ['*_test.go'],
  report: 'go',
  command: ['go', 'test', '{project}'],
  withArguments: ['test'],
  target: 'project',
  project: 'go.mod',
  projectArguments: ['./...'],
  rules: [
    { status: [0], output: '^(?:FAIL\\b|\\s*--- FAIL: )', is: 'fail' },
    { status: [0], lacks: '^ok\\s(?!.*\\[no tests to run\\])|^\\s*--- PASS: ', unless: ['-json'], is: 'none' },
    { output: '^flag provided but not defined: ', is: 'error' },
    { status: [1, 2], lacks: '^(?:--- )?FAIL\\b|^panic: ', unless: ['-json'], is: 'error' },
  ],
  exit: { pass: [0], fail: [1, 2] },
  masks: ['^ok\\s+\\S+\\s+(\\(cached\\))'],
  findings: [
    String.raw`^(?:vet: )?(?<path>[^\s:][^:\n]*\.go):(?<line>\d+):(?<column>\d+): (?<message>.*)$`,
    String.raw`^ +(?<path>[^\s:]+_test\.go):(?<line>\d+): (?<message>.*)$`,
  ],
  install: 'apt-get install golang-go',
}

const CARGO_RULES: NonNullable<Checker['rules']> = [
  // rustup puts programs in place whose toolchain or component is not there.
  { stderr: "^error: (?:(?:toolchain )?'.+' is not installed|rustup could not choose a version)", is: 'missing' },
  {
    stderr: '^error: could not find `Cargo.toml`|^error: no such command|^error: failed to parse manifest',
    is: 'error',
  },
  { status: [101], stderr: '^error: could not compile|^\\S+\\.rs:\\d+:\\d+: error', is: 'fail' },
]

const CARGO_FINDINGS = [
  String.raw`^(?<path>[^\s:][^:\n]*):(?<line>\d+):(?<column>\d+): (?<severity>error|warning|note)(?:\[(?<code>\w+)\])?: (?<message>.*)$`,
]

const cargoCheck: Checker = {
  kind: 'type',
  types: ['rust'],
  command: ['cargo', 'check', '--quiet', '--message-format=short'],
  withArguments: ['check'],
  target: 'project',
  project: 'Cargo.toml',
  rules: CARGO_RULES,
  exit: { pass: [0] },
  findings: CARGO_FINDINGS,
  install: 'https://rustup.rs',
}

const cargoClippy: Checker = {
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
  findings: CARGO_FINDINGS,
  install: 'rustup component add clippy',
}

const cargoTest: Checker = {
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
  counts: { passed: '^test result: \\w+\\. (\\d+) passed', failed: ['^test result: .*; (\\d+) failed'] },
  findings: [
    ...CARGO_FINDINGS,
    String.raw`^thread '(?<code>[^'\n]*)'.* panicked at (?<path>[^\s:]+):(?<line>\d+):(?<column>\d+):\n(?<message>.*)$`,
    // Before 1.73.
    String.raw`^thread '(?<code>[^'\n]*)' panicked at '(?<message>.*?)'?(?:\n.*){0,8}?, (?<path>[^\s:]+\.rs):(?<line>\d+):(?<column>\d+)$`,
  ],
  install: 'https://rustup.rs',
}

export const goAndRustCheckers = {
  'go-vet': goVet,
  'go-test': goTest,
  gofmt,
  'cargo-check': cargoCheck,
  'cargo-clippy': cargoClippy,
  'cargo-test': cargoTest,
}
