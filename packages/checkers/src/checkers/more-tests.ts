import type { Checker } from './checker.ts'

/** The lines of the Test Anything Protocol: a failed test is `not ok`, unless it is marked as one to do or to skip. */
export const TAP_FAILURE = String.raw`^not ok\b(?!.*#\s*(?:TODO|SKIP))`
const TAP_PASS = String.raw`^ok\b(?!.*#\s*(?:TODO|SKIP))`

const bats: Checker = {
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

const prove: Checker = {
  kind: 'test',
  types: ['perl'],
  files: ['*.t'],
  command: ['prove', '{files}'],
  rules: [
    { output: "^Cannot detect source of '", is: 'error' },
    { output: '^Result: NOTESTS', is: 'none' },
    { status: [0], lacks: '^Result: PASS', is: 'none' },
    { lacks: '^Result: ', is: 'error' },
  ],
  exit: { pass: [0], fail: [1, 2, 255] },
  masks: ['^Files=\\d+, Tests=\\d+, ( *.*)$'],
  install: 'apt-get install perl',
}

const doctest: Checker = {
  kind: 'test',
  report: 'doctest',
  types: ['python'],
  command: ['python3', '-m', 'doctest', '{files}'],
  rules: [
    {
      stderr: String.raw`^.*: error: |^    m = __import__\(filename\[:-3\]\)\n(?: .*\n)?ModuleNotFoundError: |^FileNotFoundError: \[Errno 2\] .*\n(?![^])`,
      is: 'error',
    },
  ],
  exit: { pass: [0], fail: [1] },
  counts: { passed: '^(\\d+) examples? passed', failed: ['^\\*\\*\\*Test Failed\\*\\*\\* (\\d+) failures?'] },
  findings: [
    String.raw`^File "(?<path>[^"\n]+)", line (?<line>\d+), in (?<code>.*)\nFailed example:\n(?<message> .*)$`,
  ],
  install: 'comes with Python: apt-get install python3',
}

export const moreTestCheckers = { bats, prove, doctest }
