import { type Outcome, writeScore } from '@loop-runner/stage-protocol'
import { describe, expect, test } from 'vitest'
import { BUILT_IN_CHECKERS, readFindings, shapeText } from '@loop-runner/checkers'
import { judge } from '../../src/running/judge.ts'
import { scoreOf } from '../../src/running/score.ts'

interface Said {
  readonly status?: number
  readonly stdout?: string
  readonly stderr?: string
  readonly signal?: NodeJS.Signals
  readonly startError?: string
  readonly timedOut?: boolean
}

function ended(argv: readonly string[], { status = 0, stdout = '', stderr = '', signal, startError, timedOut }: Said) {
  return { argv, stdout, stderr, textOf: () => '', result: { status, signal, startError, timedOut: timedOut ?? false } }
}

/** What programs that cannot be installed everywhere print, as recorded. */
const RECORDED: readonly (readonly [string, readonly string[], Said, Outcome])[] = [
  ['ruff', ['ruff', 'check', 'a.py'], { stdout: 'All checks passed!\n' }, 'pass'],
  ['ruff', ['ruff', 'check', '-q', 'a.py'], {}, 'pass'],
  ['ruff', ['ruff', 'check', 'a.py'], {}, 'none'],
  [
    'ruff',
    ['ruff', 'check', 'a.py'],
    { status: 1, stdout: 'a.py:1:8: F401 [*] `os` imported but unused\nFound 1 error.\n' },
    'fail',
  ],
  ['ruff', ['ruff', 'check', 'a.py'], { status: 1, stdout: 'a.py:1:7: SyntaxError: Expected an expression\n' }, 'fail'],
  [
    'ruff',
    ['ruff', 'check', 'n.py'],
    { status: 1, stdout: 'n.py:1:1: E902 No such file or directory (os error 2)\nFound 1 error.\n' },
    'error',
  ],
  ['ruff', ['ruff', 'check', '--nope'], { status: 2, stderr: "error: unexpected argument '--nope' found\n" }, 'error'],
  [
    'ruff',
    ['ruff', 'check', 'x'],
    { stdout: 'All checks passed!\n', stderr: 'warning: No Python files found under the given path(s)\n' },
    'none',
  ],
  [
    'tsc',
    ['tsc'],
    { status: 2, stdout: "a.ts(1,7): error TS2322: Type 'string' is not assignable to type 'number'.\n" },
    'fail',
  ],
  [
    'tsc',
    ['tsc'],
    { status: 1, stdout: "a.ts(1,7): error TS2322: Type 'string' is not assignable to type 'number'.\n" },
    'fail',
  ],
  ['tsc', ['tsc'], { status: 1, stdout: "error TS5023: Unknown compiler option '--nope'.\n" }, 'error'],
  ['node-test', ['node', '--test'], { stdout: '✔ adds (0.5ms)\nℹ tests 1\nℹ pass 1\nℹ fail 0\n' }, 'pass'],
  ['node-test', ['node', '--test'], { stdout: '✔ a.test.js (50.1ms)\nℹ tests 1\nℹ pass 1\nℹ fail 0\n' }, 'none'],
  [
    'flake8',
    ['python3', '-m', 'flake8'],
    { status: 1, stderr: '/usr/bin/python3: No module named flake8\n' },
    'missing',
  ],
  ['flake8', ['flake8', 'a.py'], { status: 1 }, 'error'],
  [
    'eslint',
    ['npx', 'eslint'],
    { status: 1, stderr: 'npm error npx canceled due to missing packages and no YES option: ["eslint@10.0.0"]\n' },
    'missing',
  ],
  [
    'script',
    ['npx', '--no', 'nope'],
    { status: 1, stderr: 'npm error code E404\nnpm error 404 Not Found\n' },
    'missing',
  ],
  ['pylint', ['pylint'], { status: 137, stderr: 'Killed\n' }, 'killed'],
  ['pylint', ['pylint'], { startError: 'ENOENT', status: 127 }, 'missing'],
  ['pylint', ['pylint'], { startError: 'E2BIG', status: 126 }, 'error'],
  ['pylint', ['pylint'], { timedOut: true, status: 124 }, 'timeout'],
]

test.each(RECORDED)('%s: %j %j is %s', (name, argv, said, outcome) => {
  expect(judge(ended(argv, said), BUILT_IN_CHECKERS[name])).toBe(outcome)
})

test.each<[Said, Outcome]>([
  [{ status: 0 }, 'pass'],
  [{ status: 1 }, 'fail'],
  [{ status: 139 }, 'fail'],
  [{ status: 126 }, 'missing'],
  [{ status: 127 }, 'missing'],
  [{ status: 139, signal: 'SIGSEGV' }, 'killed'],
  [{ status: 124, timedOut: true }, 'timeout'],
])('any script: %j is %s', (said, outcome) => {
  expect(judge(ended(['./check.sh'], said), undefined)).toBe(outcome)
})

/** As the version managers print them for a command of their own name, or for the program that they stand before. */
test.each([
  "error: rustup could not choose a version of cargo to run, because one wasn't specified explicitly, and no default is configured.",
  "error: toolchain 'nightly-x86_64-unknown-linux-gnu' is not installed",
  "error: 'cargo-clippy' is not installed for the toolchain '1.70-x86_64-unknown-linux-gnu'.",
  "pyenv: version `3.12.9' is not installed (set by /home/me/.python-version)",
  'pyenv: pytest: command not found',
  "rbenv: version `3.3.0' is not installed (set by /home/me/.ruby-version)",
  'No version is set for command node',
  'No preset version installed for command node',
  'mise ERROR No version is set for shim: node',
  'Volta error: Node is not available.',
  'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
])('a version manager that starts nothing: %s', (line) => {
  expect(judge(ended(['./check.sh'], { status: 1, stderr: `${line}\n` }), undefined)).toBe('missing')
})

test.each(Object.entries(BUILT_IN_CHECKERS))('%s is judged in no time, whatever is printed', (_name, checker) => {
  const lines = [
    '.'.repeat(300_000),
    ' '.repeat(300_000),
    'a.py:1: in x\n'.repeat(20_000),
    'E   File "a.py", line 1\n'.repeat(20_000),
  ]
  for (const stdout of [...lines, 'ERROR: a (unittest.loader._FailedTest\n'.repeat(5000)]) {
    const run = ended(['x'], { stdout })
    scoreOf(run, judge(run, checker), checker)
    readFindings(run, checker, { cwd: '/work/x', folder: '.', isFile: () => true })
    shapeText(stdout, '/work/x', checker)
  }
})

describe('score', () => {
  test.each<[string, Said, Outcome, string]>([
    ['pytest', { stdout: '1 failed, 3 passed, 2 skipped in 0.1s\n' }, 'fail', '0.75\n'],
    ['pytest', { stdout: '4 passed in 0.1s\n' }, 'pass', '1\n'],
    ['pytest', { stdout: '1 error in 0.1s\n' }, 'fail', '0\n'],
    ['pytest', { stdout: '4 passed in 0.1s\n' }, 'timeout', '0\n'],
    ['unittest', { stderr: 'Ran 4 tests in 0.1s\n\nFAILED (failures=1, errors=2)\n' }, 'fail', '0.25\n'],
    ['node-test', { stdout: '# pass 2\n# fail 1\n# cancelled 0\n' }, 'fail', '0.6666\n'],
    ['pylint', { stdout: 'Your code has been rated at 8.57/10\n' }, 'fail', '0.857\n'],
    ['pylint', { stdout: 'Your code has been rated at -3.00/10\n' }, 'fail', '0\n'],
    ['vitest', { stdout: '      Tests  1 failed | 3 passed (4)\n' }, 'fail', '0.75\n'],
    ['jest', { stdout: '', stderr: 'Tests:       1 failed, 3 passed, 4 total\n' }, 'fail', '0.75\n'],
    ['flake8', { stdout: 'score: 1\n' }, 'fail', '0\n'],
    ['script', { stdout: 'score: 0.5\n' }, 'fail', '0.5\n'],
    ['script', { stderr: '  Score: 80% two links are dead\n' }, 'fail', '0.8\ntwo links are dead\n'],
    ['script', { stdout: 'score: 3/4\nscore: 1/4 too long\n' }, 'pass', '0.5\ntoo long\n'],
    ['script', { stdout: 'score: 85\nscore: nan\n' }, 'fail', '0\n'],
    ['script', { stdout: 'score: 1e-3\n' }, 'fail', '0.001\n'],
    ['script', { stdout: 'score: 0.99999\n' }, 'fail', '0.9999\n'],
  ])('%s %j %s: %j', (name, said, outcome, score) => {
    expect(writeScore(scoreOf(ended([], said), outcome, BUILT_IN_CHECKERS[name]))).toBe(score)
  })

  test.each([
    ['tests that failed', ['failed', 'passed'], 0, '0.5\n'],
    ['a file that cannot be loaded', ['passed'], 1, '0.5\n'],
    ['nothing that failed', ['passed'], 0, '0.99\n'],
  ] as const)('is at most what the report of the runner says: %s', (_, outcomes, otherFailures, score) => {
    const report = { tests: outcomes.map((outcome, at) => ({ name: `${at}`, outcome })), otherFailures }
    const printed = ended([], { stdout: '1 failed, 99 passed in 0.1s\n' })
    expect(writeScore(scoreOf(printed, 'fail', BUILT_IN_CHECKERS['pytest'], report))).toBe(score)
  })
})
