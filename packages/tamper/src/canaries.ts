import type { ReportKind } from '@loop-runner/checkers'

/** A test of our own that must fail, as text to be added to a file of tests. */
interface Canary {
  /** Which files of tests it fits. */
  readonly files: RegExp
  readonly write: (name: string) => string
}

const SCRIPT = /\.[cm]?[jt]sx?$/
const PYTHON = /(?:^|\/)test[^/]*\.py$|_test\.py$/

/** By kind of runner: a function that pytest collects, a call of what the runner makes global or of its own module. */
export const CANARIES: Readonly<Partial<Record<ReportKind, Canary>>> = {
  pytest: { files: PYTHON, write: (name) => `\n\ndef test_${name}():\n    assert 1 == 2\n` },
  unittest: {
    files: PYTHON,
    write: (name) =>
      `\n\nimport unittest as unittest_${name}\n\nclass Test_${name}(unittest_${name}.TestCase):\n    def test_${name}(self):\n        self.assertEqual(1, 2)\n`,
  },
  node: {
    files: SCRIPT,
    // A Node without it throws here, and that fails as well.
    write: (name) =>
      `\n;process.getBuiltinModule('node:test').test('${name}', () => process.getBuiltinModule('node:assert').strictEqual(1, 2))\n`,
  },
  vitest: {
    files: SCRIPT,
    write: (name) =>
      `\nimport { test as test_${name}, expect as expect_${name} } from 'vitest'\ntest_${name}('${name}', () => { expect_${name}(1).toBe(2) })\n`,
  },
  jest: { files: SCRIPT, write: (name) => `\n;test('${name}', () => { expect(1).toBe(2) })\n` },
  mocha: {
    files: SCRIPT,
    write: (name) => `\n;it('${name}', () => { if (1 !== 2) throw new Error('1 is not 2') })\n`,
  },
}
