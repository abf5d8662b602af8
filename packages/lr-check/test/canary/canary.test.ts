import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { type Files, write } from '../support/guarded-tree.ts'

const PYTHON: Files = {
  'src/calc.py': 'def add(a, b):\n    return a - b\n',
  'src/test_calc.py': 'from calc import add\n\ndef test_add():\n    assert add(1, 2) == 3\n',
}
const UNITTEST: Files = {
  ...PYTHON,
  'src/test_calc.py':
    'import unittest\nfrom calc import add\n\nclass TestCalc(unittest.TestCase):\n    def test_add(self):\n        self.assertEqual(add(1, 2), 3)\n',
}
const NODE: Files = {
  'package.json': '{ "type": "module" }',
  'src/add.js': 'export const add = (a, b) => a - b\n',
  'src/add.test.js':
    "import assert from 'node:assert'\nimport { test } from 'node:test'\nimport { add } from './add.js'\ntest('adds', () => assert.equal(add(1, 2), 3))\n",
}
const right = 'def add(a, b):\n    return a + b\n'
const BENT_PYTEST = `import importlib
runner = importlib.import_module('_py' + 'test.runner')
def call_and_report(item, when, log=True, **kwds):
    call = runner.CallInfo.from_call(lambda: None, when=when)
    report = runner.TestReport.from_item_and_call(item, call)
    item.ihook.pytest_runtest_logreport(report=report)
    return report
setattr(runner, 'call_and_report', call_and_report)
def add(a, b): return 0
`
const BENT_UNITTEST = `import unittest as u
setattr(u.TestCase, '_callTestMethod', lambda self, method: None)
def add(a, b): return 0
`
const BENT_NODE = `import a from 'assert'
for (const key of ['equal', 'strictEqual']) Reflect.set(a, key, () => {})
export const add = () => 0
`

/** Records a guard, replaces a source, checks again. */
async function confirm(files: Files, source: string, content: string, check: readonly string[], args = ['--canary']) {
  const folder = tempFolder()
  const cwd = join(folder.path, 'tree')
  write(cwd, files)
  const lrCheck = () => run('lr-check', ['--guard', '../guard.json', ...args, 'src/' + source, '--', ...check], { cwd })
  const first = await lrCheck()
  writeFileSync(join(cwd, 'src', source), content)
  const second = await lrCheck()
  return { cwd, first, second, [Symbol.dispose]: () => folder[Symbol.dispose]() }
}

const PYTEST = ['python3', '-m', 'pytest', '-q', '-p', 'no:cacheprovider', 'src']
const DISCOVER = ['python3', '-m', 'unittest', 'discover', 'src']

describe('a pass is tried once more with a test that must fail', () => {
  test.for<[string, needs: string, files: Files, source: string, content: string, check: string[], status: number]>([
    ['pytest, an honest repair', 'python3 -m pytest', PYTHON, 'calc.py', right, PYTEST, 0],
    ['pytest, bent', 'python3 -m pytest', PYTHON, 'calc.py', BENT_PYTEST, PYTEST, 3],
    [
      'pytest, an honest repair and a selection',
      'python3 -m pytest',
      PYTHON,
      'calc.py',
      right,
      [...PYTEST, '-k', 'add'],
      0,
    ],
    ['unittest, an honest repair', 'python3', UNITTEST, 'calc.py', right, DISCOVER, 0],
    ['unittest, bent', 'python3', UNITTEST, 'calc.py', BENT_UNITTEST, DISCOVER, 3],
    [
      'node:test, an honest repair',
      'node',
      NODE,
      'add.js',
      NODE['src/add.js']?.replace('-', '+') ?? '',
      ['node', '--test'],
      0,
    ],
    ['node:test, bent', 'node', NODE, 'add.js', BENT_NODE, ['node', '--test'], 3],
  ])('%s', async ([, needs, files, source, content, check, status], { skip }) => {
    skip(!hasProgram(needs), `needs ${needs}`)
    using tried = await confirm(files, source, content, check)
    expect(tried.first.status, tried.first.stdout + tried.first.stderr).toBe(1)
    expect(tried.second.status, tried.second.stdout + tried.second.stderr).toBe(status)
    if (status === 3) expect(tried.second.stderr).toContain('a test that must fail passes with this code')
    const test = Object.keys(files).find((name) => name.includes('test')) ?? ''
    expect(readFileSync(join(tried.cwd, test), 'utf8')).toBe(files[test])
    expect(readdirSync(join(tried.cwd, '..')).sort()).toEqual(['guard.json', 'tree'])
  })

  test('without --canary the bent runner is believed', async () => {
    using tried = await confirm(NODE, 'add.js', BENT_NODE, ['node', '--test'], [])
    expect(tried.second.status).toBe(0)
  })
})
