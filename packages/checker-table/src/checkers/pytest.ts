import type { TableEntry } from '../table-entry.ts'

/** The last line that pytest prints: `=== 1 failed, 3 passed in 0.12s ===`. */
const SUMMARY_START = String.raw`(?:=+ )?(?:\d+ \w+, ){0,9}`

const SUMMARY_END = String.raw`(?:, \d+ \w+){0,9} in \d`

const SKIPS = ['skipped', 'xfailed', 'xpassed'].map(
  (word) => new RegExp(`^(?:=+ )?(?=.* in \\d).*?\\b(\\d+) ${word}\\b`, 'gm'),
)

export const pytest: TableEntry = {
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
  guard: {
    suppressions: [
      {
        name: 'skipping tests',
        pattern: /\bpytest\.(?:skip|xfail|exit|importorskip)\s*\(|\bSkipTest\b|\.skipTest\s*\(/g,
      },
      {
        name: 'handling the test framework',
        pattern:
          /\b_pytest\b|\bPYTEST_CURRENT_TEST\b|\bsys\.modules\b.{0,20}(?:pytest|unittest)|['"](?:pytest|unittest)['"] (?:not )?in sys\.modules|\bTestCase\.\w+ *=(?!=)/g,
      },
    ],
    settings: ['conftest.py', 'pytest.ini', '.pytest.ini'],
    summary: {
      // An error may belong to a test that is counted already; deselected tests did not run.
      tests: [/^(?:=+ )?(?=.* in \d).*?\b(\d+) passed\b/gm, /^(?:=+ )?(?=.* in \d).*?\b(\d+) failed\b/gm, ...SKIPS],
      skipped: SKIPS,
    },
  },
}
