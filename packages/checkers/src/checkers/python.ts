import type { Checker } from './checker.ts'

/** A checker written in Python that broke: it says so with a traceback of its own. */
const BROKE = { stderr: '^Traceback \\(most recent call last\\):', is: 'error' } as const

/** The innermost frame of a traceback, and what was raised there. */
const TRACEBACK = String.raw`^ *File "(?<path>[^"\n]+)", line (?<line>\d+).*\n(?: .*\n){0,8}(?<message>[A-Za-z_][\w.]*(?:Error|Exception|Exit|Interrupt)\b.*)$`

const ruff: Checker = {
  kind: 'lint',
  types: ['python'],
  // Folders are expanded before it sees them; what its settings exclude stays excluded.
  command: ['ruff', 'check', '--output-format=concise', '--no-cache', '--force-exclude', '{files}'],
  withArguments: ['check'],
  rules: [
    { output: '\\bE902\\b.*(?:No such file|Is a directory|Permission denied)', is: 'error' },
    { output: '^warning: No Python files found', is: 'none' },
    {
      status: [0],
      lacks: '^All checks passed!|^Found \\d+ error.*fixed',
      unless: ['-q', '--quiet', '-s', '--silent'],
      is: 'none',
    },
  ],
  exit: { pass: [0], fail: [1] },
  findings: [
    String.raw`^(?<path>[^\s:][^:\n]*):(?<line>\d+):(?<column>\d+): (?<code>[A-Z]+\d+|SyntaxError|invalid-syntax):? (?:\[\*\] )?(?<message>.*)$`,
    String.raw`^(?<code>[A-Z]+\d+|invalid-syntax):? (?:\[\*\] )?(?<message>.*)\n *--> (?<path>[^\n]+):(?<line>\d+):(?<column>\d+)$`,
  ],
  fix: ['ruff', 'check', '--fix', '--quiet', '--no-cache', '--force-exclude', '{files}'],
  cache: ['*.toml', '~/.config/ruff/ruff.toml', '~/.config/ruff/.ruff.toml', '~/.config/ruff/pyproject.toml'],
  install: 'pip install ruff',
  builtIn: 'ruff',
}

const pylint: Checker = {
  kind: 'lint',
  types: ['python'],
  command: ['pylint', '--output-format=text', '--score=yes', '--persistent=no', '{files}'],
  rules: [
    BROKE,
    { output: '\\b(?:E0013: Plugin|E0015: Unrecognized option|F0010: error while code parsing)', is: 'error' },
    { bits: 33, is: 'error' },
    {
      status: [0],
      lacks: '^Your code has been rated at',
      unless: ['-sn', '-sno', '--score=n', '--score=no', '-E', '--errors-only'],
      is: 'none',
    },
    // Without a mark and with warnings only (4), refactorings (8) and conventions (16) it still has something to say.
    { bits: 30, stdout: '^.+:\\d+:\\d+: [A-Z]\\d{4}: |^[\\[{]', is: 'fail' },
  ],
  exit: { pass: [0] },
  rating: { pattern: '^Your code has been rated at (-?[\\d.]+)/10', best: 10 },
  // The rule above the mark is as long as the mark and what is said of the run before.
  masks: ['^Your code has been rated at [-\\d.]+/10( \\(previous run: .*\\))', '^-{20}(-+)$'],
  findings: [
    String.raw`^(?<path>[^\s:][^:\n]*):(?<line>\d+):(?<column>\d+): (?<code>(?<severity>[A-Z])\d{4}): (?<message>.*)$`,
  ],
  columnsFromZero: true,
  install: 'pip install pylint, or apt-get install pylint',
}

const flake8: Checker = {
  kind: 'lint',
  types: ['python'],
  command: ['flake8', '{files}'],
  rules: [BROKE, { output: '\\bE902 (?:FileNotFound|IsADirectory|Permission|OS|IO)Error', is: 'error' }],
  exit: { pass: [0], fail: [1] },
  findings: [
    String.raw`^(?<path>[^\s:][^:\n]*):(?<line>\d+):(?<column>\d+): (?<code>(?<severity>[A-Z])[A-Z]*\d+) (?<message>.*)$`,
  ],
  cache: ['.flake8', 'setup.cfg', 'tox.ini'],
  install: 'pip install flake8, or apt-get install flake8',
}

const mypy: Checker = {
  kind: 'type',
  types: ['python'],
  command: [
    'mypy',
    '--no-pretty',
    '--show-column-numbers',
    '--no-color-output',
    '--check-untyped-defs',
    '--cache-dir=/dev/null',
    '{files}',
  ],
  rules: [
    BROKE,
    { status: [2], stdout: '^.+:\\d+: .*\\[syntax\\]$|^.+:\\d+(?::\\d+)?: error: [Ii]nvalid syntax', is: 'fail' },
    { status: [0], lacks: '^Success: ', unless: ['--no-error-summary'], is: 'none' },
  ],
  exit: { pass: [0], fail: [1] },
  findings: [
    String.raw`^(?<path>[^\s:][^:\n]*):(?<line>\d+)(?::(?<column>\d+))?: (?<severity>error|warning|note): (?<message>.*?)(?: +\[(?<code>[\w-]+)\])?$`,
  ],
  config: ['mypy.ini', '.mypy.ini', 'pyproject.toml[tool.mypy]', 'setup.cfg[mypy]'],
  install: 'pip install mypy, or apt-get install mypy',
}

/** The last line that pytest prints: `=== 1 failed, 3 passed in 0.12s ===`. */
const SUMMARY_START = String.raw`(?:=+ )?(?:\d+ \w+, ){0,9}`
const SUMMARY_END = String.raw`(?:, \d+ \w+){0,9} in \d`

const pytest: Checker = {
  kind: 'test',
  report: 'pytest',
  types: ['python'],
  files: ['test_*.py', '*_test.py'],
  command: ['pytest', '-q', '--tb=short', '-p', 'no:cacheprovider', '{files}'],
  alsoNamed: ['pytest-3', 'py.test'],
  rules: [
    // Exit 0 without a passed test: all were skipped, or the code under test ended the process (os._exit).
    {
      status: [0],
      lacks: '\\b[1-9]\\d* (?:passed|xfailed|xpassed)\\b|^(?=[sxX]*\\.)[.sxX]{1,300} +\\[100%\\]$',
      is: 'none',
    },
    { status: [2], output: '^!+ KeyboardInterrupt !+', is: 'fail' },
    {
      output: '^INTERNALERROR> (?:SystemExit|KeyboardInterrupt)\\b|^mainloop caught unexpected SystemExit',
      is: 'fail',
    },
    { status: [2], output: '^E  +\\S|^_+ ERROR collecting', is: 'fail' },
    { status: [4], output: '^ImportError while loading conftest|^E  +\\S', is: 'fail' },
  ],
  exit: { pass: [0], fail: [1], none: [5] },
  pathVariable: 'PYTHONPATH',
  // An endless loop is found by where it is when time is nearly up.
  environment: { PYTEST_ADDOPTS: '-o faulthandler_timeout={soon}' },
  noise: [
    '^  File "(?:.*/(?:_pytest|pytest|pluggy|importlib)/.*|.*/bin/(?:py\\.?test)|<frozen .*>)", line \\d+ in .*\\n',
    '^(?:/.*/(?:_pytest|pluggy|importlib)/.*|<frozen importlib.*>):\\d+: in .*\\n(?:    .*\\n)*',
  ],
  counts: {
    passed: String.raw`^${SUMMARY_START}(\d+) passed${SUMMARY_END}`,
    failed: [
      String.raw`^${SUMMARY_START}(\d+) failed${SUMMARY_END}`,
      String.raw`^${SUMMARY_START}(\d+) errors?${SUMMARY_END}`,
    ],
  },
  masks: [
    '\\bin (\\d+(?:\\.\\d+)?s(?: \\(\\d+:\\d\\d:\\d\\d\\))?)',
    '(?:setup|call|teardown) +(\\d+\\.\\d+s)|^(\\d+\\.\\d+s) (?:setup|call|teardown)',
  ],
  findings: [
    String.raw`^(?<path>[^\s:]+):(?<line>\d+): in .*\n(?: .*\n){0,20}E +(?<message>\S.*)$`,
    String.raw`^E +(?<message>\S.*)\n(?:E.*\n){0,60}\n(?<path>[^\s:]+):(?<line>\d+): \w+`,
    String.raw`^E +File "(?<path>[^"\n]+)", line (?<line>\d+)\n(?:E.*\n){0,8}?E +(?<message>\w*Error: .*)$`,
  ],
  install: 'pip install pytest, or apt-get install python3-pytest',
}

const unittest: Checker = {
  kind: 'test',
  report: 'unittest',
  types: ['python'],
  files: ['test_*.py', '*_test.py'],
  command: ['python3', '-m', 'unittest', '{files}'],
  rules: [
    { stderr: '^NO TESTS RAN|^Ran 0 tests|^Ran (\\d+) tests? in .*\\n\\nOK \\(skipped=\\1\\)', is: 'none' },
    // A test file that is not there reads like one whose import fails, but for the name.
    {
      stderr:
        "^ERROR: ([\\w.]+) \\(unittest\\.loader\\._FailedTest[^]{0,4000}?^ModuleNotFoundError: No module named '(?:[\\w.]*\\.)?\\1'$",
      is: 'error',
    },
    // It always prints how many ran, unless the process is ended in a test.
    { status: [0], lacks: '^Ran \\d+ tests? in |^usage: ', is: 'fail' },
    { status: [0], lacks: '^Ran [1-9]\\d* tests? in .*\\n\\nOK', is: 'none' },
    { status: [1], lacks: '^Ran \\d+ tests? in', output: '^.*: error: ', is: 'error' },
  ],
  exit: { pass: [0], fail: [1], none: [5] },
  pathVariable: 'PYTHONPATH',
  counts: { total: '^Ran (\\d+) tests?', failed: ['\\bfailures=(\\d+)', '\\berrors=(\\d+)'] },
  masks: ['^Ran \\d+ tests? in (\\d+\\.\\d+s)'],
  findings: [TRACEBACK],
  install: 'comes with Python: apt-get install python3',
}

const bandit: Checker = {
  kind: 'lint',
  types: ['python'],
  command: [
    'bandit',
    '--quiet',
    '--format=custom',
    '--msg-template={relpath}:{line}:{col}: {severity}: {test_id} {msg}',
    '{files}',
  ],
  rules: [
    BROKE,
    { output: '^usage: bandit|\\[main\\]\\s+ERROR', is: 'error' },
    { output: '^Files skipped \\([1-9]', is: 'error' },
  ],
  exit: { pass: [0], fail: [1] },
  findings: [
    String.raw`^(?<path>[^\s:][^:\n]*):(?<line>\d+):(?<column>\d+): (?<severity>LOW|MEDIUM|HIGH): (?<code>B\d+) (?<message>.*)$`,
    String.raw`^>> Issue: \[(?<code>B\d+):[^\]]*\] (?<message>.*)\n(?:   .*\n){0,6}?   Location: (?<path>[^\s:]+):(?<line>\d+):(?<column>\d+)`,
  ],
  columnsFromZero: true,
  install: 'pip install bandit',
}

const coverage: Checker = {
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
}

const pythonSyntax: Checker = {
  kind: 'syntax',
  types: ['python'],
  command: ['python3', '-m', 'py_compile', '{files}'],
  exit: { pass: [0], fail: [1] },
  findings: [TRACEBACK],
  install: 'apt-get install python3',
}

export const pythonCheckers = {
  ruff,
  pylint,
  flake8,
  mypy,
  pytest,
  unittest,
  bandit,
  coverage,
  'python-syntax': pythonSyntax,
}
