/**
 * Reporters that run inside the process of a test runner, from a folder of their own, and write beside themselves. The
 * first line tells that the runner has loaded them; the last one that the run came to its end.
 */

/** For `node --test-reporter`: it prints nothing itself. */
export const NODE_REPORTER = `
import { appendFileSync } from 'node:fs'
const file = new URL('./report.jsonl', import.meta.url)
const write = (line) => appendFileSync(file, JSON.stringify(line) + '\\n')
export default async function* (source) {
  write({ start: true })
  const names = []
  for await (const { type, data } of source) {
    if (type === 'test:start') names[data.nesting] = data.name
    if (type !== 'test:pass' && type !== 'test:fail') continue
    const isSuite = data.details?.type === 'suite'
    const isSkipped = data.skip !== undefined || data.todo !== undefined
    if (isSuite && (type === 'test:pass' || isSkipped)) continue
    const name = [...names.slice(0, data.nesting), data.name].join(' > ')
    const isFile = data.nesting === 0 && data.file && (data.file === data.name || data.file.endsWith('/' + data.name))
    if (isFile && type === 'test:pass') continue
    const isBroken = isSuite || isFile
    const outcome = isSkipped ? 'skipped' : type === 'test:pass' ? 'passed' : isBroken ? 'broken' : 'failed'
    const error = data.details?.error
    const message = outcome === 'failed' ? String(error?.cause?.stack ?? error?.stack ?? error) : undefined
    write({ name, file: data.file, outcome, message })
  }
  write({ end: true })
}
`

/** For \`mocha --require\`: it listens to the runner, whatever reporter prints. */
export const MOCHA_HOOK = `
const { appendFileSync } = require('node:fs')
const { join } = require('node:path')
const file = join(__dirname, 'report.jsonl')
const write = (line) => appendFileSync(file, JSON.stringify(line) + '\\n')
for (const name of ['runner.js', 'runner.cjs']) {
  const path = Object.keys(require.cache).find((key) => key.endsWith(join('mocha', 'lib', name)))
  if (!path) continue
  const loaded = require.cache[path].exports
  const Runner = [loaded, loaded.Runner, loaded.default].find((one) => one && one.prototype && one.prototype.run)
  if (!Runner) continue
  const run = Runner.prototype.run
  Runner.prototype.run = function (...args) {
    const line = (test, outcome, error) => {
      const message = error && String(error.stack || error)
      write({ name: test.fullTitle(), file: test.file, outcome, message })
    }
    this.on('pass', (test) => line(test, 'passed'))
    this.on('fail', (test, error) => line(test, test.type === 'hook' ? 'broken' : 'failed', error))
    this.on('pending', (test) => line(test, 'skipped'))
    this.on('end', () => write({ end: true }))
    write({ start: true })
    return run.apply(this, args)
  }
}
`

/** In the place of \`python -m unittest\` and \`python -m doctest\`: the same, and a report. */
export const PYTHON_RUNNER = `
import json, os, sys

_file = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'report.jsonl')
_pid = os.getpid()


def _write(line):
    with open(_file, 'a') as out:
        out.write(json.dumps(line) + '\\n')


def _run_unittest():
    import unittest

    class Result(unittest.TextTestResult):
        def _lr(self, test, outcome, err=None):
            name = test.id()
            known = isinstance(test, unittest.TestCase) and not name.startswith('unittest.loader._FailedTest')
            line = {'name': name, 'outcome': outcome if known or outcome != 'failed' else 'broken'}
            if err is not None:
                line['message'] = self._exc_info_to_string(err, test)
            _write(line)

        def addSuccess(self, test):
            super().addSuccess(test)
            self._lr(test, 'passed')

        def addError(self, test, err):
            super().addError(test, err)
            self._lr(test, 'failed', err)

        def addFailure(self, test, err):
            super().addFailure(test, err)
            self._lr(test, 'failed', err)

        def addSkip(self, test, reason):
            super().addSkip(test, reason)
            self._lr(test, 'skipped')

        def addExpectedFailure(self, test, err):
            super().addExpectedFailure(test, err)
            self._lr(test, 'skipped')

        def addUnexpectedSuccess(self, test):
            super().addUnexpectedSuccess(test)
            self._lr(test, 'failed')

        def addSubTest(self, test, subtest, err):
            super().addSubTest(test, subtest, err)
            if err is not None:
                self._lr(test, 'failed', err)

    class Runner(unittest.TextTestRunner):
        resultclass = Result

        def run(self, test):
            result = super().run(test)
            _write({'end': True})
            return result

    sys.argv[0] = os.path.basename(sys.executable) + ' -m unittest'
    unittest.main(module=None, testRunner=Runner)


def _run_doctest():
    import doctest

    counts = [0, 0]

    def counted(function):
        def call(*args, **named):
            result = function(*args, **named)
            counts[0] += result.failed
            counts[1] += result.attempted
            return result

        return call

    doctest.testmod = counted(doctest.testmod)
    doctest.testfile = counted(doctest.testfile)
    code = doctest._test()
    for number in range(counts[1]):
        _write({'name': 'example %d' % (number + 1), 'outcome': 'failed' if number < counts[0] else 'passed'})
    if counts[1] > counts[0]:
        passed = counts[1] - counts[0]
        print('%d example%s passed' % (passed, '' if passed == 1 else 's'))
    _write({'end': True})
    sys.exit(code)


if __name__ == '__main__':
    sys.path[0] = os.getcwd()
    _write({'start': True})
    MODULE = sys.argv.pop(1)
    _run_unittest() if MODULE == 'unittest' else _run_doctest()
`
