import type { Checker } from './checker.ts'
import { TAP_FAILURE } from './more-tests.ts'

const SCRIPT = ['javascript', 'jsx']
const ALL = [...SCRIPT, 'typescript', 'tsx']
const TEST_FILES = ['*.test.*', '*.spec.*', '*-test.*', '*_test.*', 'test-*']

const eslint: Checker = {
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
}

const oxlint: Checker = {
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
}

const biome: Checker = {
  kind: 'lint',
  types: ALL,
  command: ['biome', 'lint', '--reporter=concise', '--colors=off', '--error-on-warnings', '{files}'],
  withArguments: [],
  rules: [
    { output: ' (?:fs/cantRead|internalError/\\w+) |is not expected in this context', is: 'error' },
    { output: 'No files were processed|Checked 0 files', is: 'none' },
    { status: [0], lacks: '^Checked [1-9]\\d* files?', is: 'none' },
    { status: [1], lacks: '^Checked [1-9]\\d* files?', is: 'error' },
  ],
  exit: { pass: [0], fail: [1] },
  masks: ['^Checked \\d+ files? in (\\S+?)\\.'],
  findings: [String.raw`^. (?<path>[^\s:][^:\n]*):(?<line>\d+):(?<column>\d+): (?<code>[\w/]+): (?<message>.*)$`],
  fix: ['biome', 'lint', '--reporter=concise', '--colors=off', '--write', '{files}'],
  install: 'npm install --save-dev @biomejs/biome',
}

const tsc: Checker = {
  kind: 'type',
  types: ['typescript', 'tsx'],
  command: ['tsc', '--noEmit', '--pretty', 'false', '{project}'],
  target: 'project',
  project: 'tsconfig.json',
  projectArguments: ['-p', '{folder}'],
  projectReferences: true,
  rules: [
    { output: '^error TS18003:', is: 'none' },
    // What a referenced project has to have built first is not there.
    { output: 'error TS6305:', is: 'error' },
    // A message without a place is about the command line or the configuration; versions differ in their statuses.
    { output: '^error TS\\d+:|^.+\\.json\\(\\d+,\\d+\\): error TS(?:5|6|18)\\d{3}:', is: 'error' },
    { status: [1, 2], output: '^.+\\(\\d+,\\d+\\): error TS\\d+:|^.+:\\d+:\\d+ - error', is: 'fail' },
  ],
  exit: { pass: [0] },
  findings: [
    String.raw`^(?<path>[^\s(][^(\n]*)\((?<line>\d+),(?<column>\d+)\): (?<severity>error|warning) (?<code>TS\d+): (?<message>.*)$`,
  ],
  install: 'npm install --save-dev typescript',
}

const nodeSyntax: Checker = {
  kind: 'syntax',
  types: ['javascript'],
  command: ['node', '--check', '{files}'],
  withArguments: ['--check'],
  target: 'each',
  rules: [{ stderr: "^Error: Cannot find module|code: 'MODULE_NOT_FOUND'", is: 'error' }],
  exit: { pass: [0], fail: [1] },
  findings: [String.raw`^(?<path>[^\s:].*):(?<line>\d+)\n(?:.*\n){0,8}?(?<message>SyntaxError: .*)$`],
  cache: ['package.json'],
  install: 'https://nodejs.org',
}

/** How node --test names a file that has ended without a test: as if it were one. */
const FILE = String.raw`(?:/.*|\S+)\.[cm]?[jt]sx?(?: \([\d.…]+(?:ms)?\))?$`

const nodeTest: Checker = {
  kind: 'test',
  report: 'node',
  types: SCRIPT,
  files: TEST_FILES,
  command: ['node', '--test', '{files}'],
  withArguments: ['--test'],
  rules: [
    { stderr: '^Could not find ', is: 'error' },
    // A file counts as a passed test when its process ends with 0, whatever ran in it: one that holds tests ended early,
    // any other is a helper that is among them.
    {
      status: [0],
      output: String.raw`^(?:ok \d+ - |✔ )(?=(?<path>.*\.[cm]?[jt]sx?))${FILE}`,
      fileHolds: String.raw`\bnode:test\b|(?<![.\w])(?:test|it|describe|suite)(?:\.\w+)?\s*\(`,
      is: 'fail',
    },
    { output: '^(?:#|ℹ) tests 0$', is: 'none' },
    { status: [0], lacks: '^(?:#|ℹ) pass [1-9]', is: 'none' },
    { status: [0], lacks: String.raw`^ *(?:ok \d+ - |✔ )(?!${FILE})`, is: 'none' },
    { status: [1], lacks: '^(?:#|ℹ) fail \\d', is: 'error' },
  ],
  exit: { pass: [0], fail: [1] },
  counts: { passed: '^(?:#|ℹ) pass (\\d+)', failed: ['^(?:#|ℹ) fail (\\d+)', '^(?:#|ℹ) cancelled (\\d+)'] },
  findings: [
    String.raw`^ *not ok \d+ - (?<code>.*)\n *---\n(?: .*\n){0,20}? *location: '(?<path>.*):(?<line>\d+):(?<column>\d+)'\n(?: .*\n){0,20}? *error: (?:\|-\n +)?(?<message>.*)$`,
    String.raw`^# (?<path>/.*):(?<line>\d+)\n(?:#.*\n){0,8}?# (?<message>\w*Error: .*)$`,
  ],
  install: 'https://nodejs.org',
}

const vitest: Checker = {
  kind: 'test',
  report: 'vitest',
  types: ALL,
  files: TEST_FILES,
  command: ['vitest', 'run', '--reporter=default', '{files}'],
  rules: [
    { output: '^No test (?:files|suite) found', is: 'none' },
    { status: [0], lacks: '^\\s*Tests .*\\b[1-9]\\d* passed', is: 'none' },
    { status: [1], lacks: '^\\s*(?:Tests|Test Files) ', is: 'error' },
  ],
  exit: { pass: [0], fail: [1] },
  counts: { passed: '^\\s*Tests .*?(\\d+) passed', failed: ['^\\s*Tests .*?(\\d+) failed'] },
  findings: [
    String.raw`^ *FAIL +(?<code>.*)\n(?<message>.*)\n(?:.*\n){0,60}? ❯ (?:.* )?(?<path>[^\s:]+):(?<line>\d+):(?<column>\d+)$`,
  ],
  install: 'npm install --save-dev vitest',
}

const jest: Checker = {
  kind: 'test',
  report: 'jest',
  types: ALL,
  files: TEST_FILES,
  command: ['jest', '{files}'],
  rules: [
    { output: '^No tests found', is: 'none' },
    { status: [0], lacks: '^Tests: .*\\b[1-9]\\d* passed', is: 'none' },
    { status: [1], lacks: '^(?:Tests|Test Suites): ', is: 'error' },
  ],
  exit: { pass: [0], fail: [1] },
  counts: { passed: '^Tests: .*?(\\d+) passed', failed: ['^Tests: .*?(\\d+) failed'] },
  masks: ['\\((\\d+(?:\\.\\d+)? m?s)\\)$'],
  findings: [
    String.raw`^  ● (?<code>.*)\n\n *(?<message>.*)\n(?:.*\n){0,60}?      at (?:.*\()?(?<path>[^\s:(]+):(?<line>\d+):(?<column>\d+)\)?$`,
  ],
  install: 'npm install --save-dev jest',
}

const mocha: Checker = {
  kind: 'test',
  report: 'mocha',
  types: ALL,
  files: TEST_FILES,
  command: ['mocha', '{files}'],
  alsoNamed: ['_mocha'],
  rules: [
    { output: '^Error: No test files found', is: 'none' },
    { stderr: '^Error: Cannot find any files matching pattern|^Unknown (?:argument|option)', is: 'error' },
    { status: [0], lacks: '^\\s*[1-9]\\d* passing', is: 'none' },
  ],
  // The number of failed tests.
  exit: { pass: [0], fail: Array.from({ length: 127 }, (_, n) => n + 1) },
  counts: { passed: '^\\s*(\\d+) passing', failed: ['^\\s*(\\d+) failing'] },
  masks: ['^\\s*\\d+ passing \\((\\d+m?s)\\)$', '\\((\\d+m?s)\\)$'],
  install: 'npm install --save-dev mocha',
}

const ava: Checker = {
  kind: 'test',
  types: ALL,
  files: TEST_FILES,
  command: ['ava', '--tap', '{files}'],
  rules: [
    { output: 'Couldn.t find any files to test|No tests found in ', is: 'none' },
    { status: [0], output: TAP_FAILURE, is: 'fail' },
    { status: [0], lacks: '^\\s*[1-9]\\d* tests? passed|^ok \\d', is: 'none' },
  ],
  exit: { pass: [0], fail: [1] },
  counts: {
    passed: '^(?:# pass |\\s*)(\\d+)(?: tests? passed)?$',
    failed: ['^# fail (\\d+)$', '^\\s*(\\d+) tests? failed'],
  },
  install: 'npm install --save-dev ava',
}

const tape: Checker = {
  kind: 'test',
  types: SCRIPT,
  files: TEST_FILES,
  command: ['tape', '{files}'],
  rules: [
    { output: '^No test files found', is: 'none' },
    { stderr: String.raw`requireStack: \[ '.*/tape/bin/tape' \]`, is: 'error' },
    { status: [0], output: TAP_FAILURE, is: 'fail' },
    { status: [0], lacks: '^ok \\d', is: 'none' },
    { status: [1], lacks: '^TAP version ', is: 'error' },
  ],
  exit: { pass: [0], fail: [1] },
  counts: { passed: '^# pass +(\\d+)$', failed: ['^# fail +(\\d+)$'] },
  install: 'npm install --save-dev tape',
}

export const javascriptCheckers = {
  eslint,
  oxlint,
  biome,
  tsc,
  'node-syntax': nodeSyntax,
  'node-test': nodeTest,
  vitest,
  jest,
  mocha,
  ava,
  tape,
}
