import { TRACEBACK } from '../shared.ts'
import type { TableEntry } from '../table-entry.ts'

export const unittest: TableEntry = {
  kind: 'test',
  report: 'unittest',
  types: ['python'],
  files: ['test_*.py', '*_test.py'],
  command: ['python3', '-m', 'unittest', '{files}'],
  rules: [
    { stderr: '^NO TESTS RAN|^Ran 0 tests|^Ran (\\d+) tests? in .*\\n\\nOK \\(skipped=\\1\\)', is: 'none' },
    // A test file that is not there reads like one whose import fails, except for the name.
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
  guard: {
    summary: {
      tests: [/^Ran (\d+) tests? in /gm],
      skipped: [/^(?:OK|FAILED) \(.*?\bskipped=(\d+)/gm, /^(?:OK|FAILED) \(.*?expected failures=(\d+)/gm],
    },
  },
}
