import type { Plan, ReportKind } from '@loop-runner/checkers'

/** How tests of our own that must fail, one for each usual assertion, are added to a file of tests. */
export interface Canary {
  /** Which files of tests it fits. */
  readonly files: RegExp
  /** The text with the tests, whose names hold `name`; undefined if they do not fit. */
  readonly addTo: (text: string, name: string) => string | undefined
  /** For runners without a report of their own: the command that prints the names of tests. */
  readonly show?: (argv: readonly string[]) => readonly string[] | undefined
  /** Whether the runner has no option to select tests within a file. */
  readonly runsAll?: boolean
}

const SCRIPT = /\.[cm]?[jt]sx?$/
const PYTHON = /(?:^|\/)test[^/]*\.py$|_test\.py$/
/** An assertion of a test that is a coroutine. */
const AWAITED = 'Equal(0, 1)'
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/** By kind of report: functions that pytest collects, calls of globals of the runner or of its own module. */
const BY_REPORT: Readonly<Partial<Record<ReportKind, Canary>>> = {
  pytest: appended(PYTHON, pytestStatements(), (name, statement) => {
    return `\n\ndef test_${name}():\n    ${statement}\n`
  }),
  unittest: appended(PYTHON, unittestAssertions(), (name, assertion) => {
    const [kind, keyword] = assertion === AWAITED ? ['IsolatedAsyncioTestCase', 'async def'] : ['TestCase', 'def']
    return `\n\nimport unittest as unittest_${name}\n\nclass Test_${name}(unittest_${name}.${kind}):\n    ${keyword} test_${name}(self):\n        self.assert${assertion}\n`
  }),
  // A Node without it throws here, and that fails as well.
  node: appended(SCRIPT, nodeAssertions(), (name, assertion) => {
    return `\n;process.getBuiltinModule('node:test').test('${name}', () => process.getBuiltinModule('node:assert').${assertion})\n`
  }),
  vitest: appended(SCRIPT, expectations(), (name, assertion) => {
    return `\nimport { test as test_${name}, expect as expect_${name} } from 'vitest'\ntest_${name}('${name}', () => expect_${name}${assertion})\n`
  }),
  jest: appended(SCRIPT, expectations(), (name, assertion) => `\n;test('${name}', () => expect${assertion})\n`),
  mocha: appended(SCRIPT, [...nodeAssertions(), ''], (name, assertion) => {
    const failing =
      assertion === '' ? "{ throw new Error('fails') }" : `process.getBuiltinModule('node:assert').${assertion}`
    return `\n;it('${name}', () => ${failing})\n`
  }),
}

/** By program, for runners that print the names of tests. */
const BY_PROGRAM: Readonly<Record<string, Canary>> = {
  bats: appended(/\.bats$/, batsCommands(), (name, assertion) => {
    return `\n@test "${name}" {\n  ${assertion}\n}\n`
  }),
  prove: {
    files: /\.t$/,
    addTo: addToPerl,
    runsAll: true,
    show: (argv) => {
      const at = argv.findIndex((word) => /(?:^|\/)prove$/.test(word))
      return at < 0 ? undefined : [...argv.slice(0, at + 1), '--verbose', '--nocolor', ...argv.slice(at + 1)]
    },
  },
}

/** The canary for the test runner of a run; undefined if the runner has no canary. */
export function canaryOf({ checker }: Plan): Canary | undefined {
  if (checker?.report !== undefined) return BY_REPORT[checker.report]
  const [program = ''] = checker?.command ?? []
  return Object.hasOwn(BY_PROGRAM, program) ? BY_PROGRAM[program] : undefined
}

function appended(
  files: RegExp,
  assertions: readonly string[],
  write: (name: string, assertion: string) => string,
): Canary {
  const tests = (name: string) => assertions.map((assertion, index) => write(`${name}${LETTERS[index]}`, assertion))
  return { files, addTo: (text, name) => text + tests(name).join('') }
}

function pytestStatements(): string[] {
  const values = ['1 == 2', 'not 1', '[1] == [2]', '"1" == "2"', '1 > 2', '1 in []']
  const builtins = ['all([False])', 'any([False])', 'isinstance(1, str)', 'len([1]) == 2', 'sorted([2, 1]) == [2, 1]']
  const raised = ['raises', 'warns'].map((name) => `with __import__("pytest").${name}(Warning): int("1")`)
  return [...[...values, ...builtins].map((value) => `assert ${value}`), ...raised]
}

function unittestAssertions(): string[] {
  const values = ['Equal(1, 2)', 'True(False)', 'ListEqual([1], [2])', 'AlmostEqual(1.0, 2.0)', 'In(1, [])']
  const others = ['Is(1, None)', 'IsNotNone(None)', 'IsInstance(1, str)', 'NotEqual(1, 1)', 'False(True)']
  const bounds = ['Greater(1, 2)', 'Less(2, 1)', 'GreaterEqual(1, 2)', 'LessEqual(2, 1)', 'Regex("a", "b")']
  return [
    ...values,
    ...others,
    ...bounds,
    'Raises(ValueError, int, "1")',
    'RaisesRegex(ValueError, "a", int, "1")',
    AWAITED,
  ]
}

/** An assertion about a promise returns one, which the test waits for. */
function nodeAssertions(): string[] {
  const values = ['equal', 'strictEqual', 'deepEqual', 'deepStrictEqual', 'strict.equal', 'strict.deepEqual']
  const texts = ['"a".includes("b")', '"a".startsWith("b")', '/a/.test("b")', '[1].includes(2)']
  const others = [
    'notEqual(1, 1)',
    'notStrictEqual(1, 1)',
    'match("a", /b/)',
    'throws(() => {})',
    'rejects(async () => {})',
  ]
  return [...values.map((name) => `${name}(1, 2)`), ...['false', ...texts].map((value) => `ok(${value})`), ...others]
}

function expectations(): string[] {
  const values = ['(1).toBe(2)', '(1).toEqual(2)', '([1]).toStrictEqual([2])', '(0).toBeTruthy()', '(1).not.toBe(1)']
  const texts = [
    '("a").toContain("b")',
    '("a").toMatch(/b/)',
    '("a".includes("b")).toBe(true)',
    '("a").toHaveLength(2)',
  ]
  const bounds = ['(1).toBeGreaterThan(2)', '(2).toBeLessThan(1)', '(1).toBeCloseTo(2)', '(undefined).toBeDefined()']
  const thrown = ['(() => {}).toThrow()', '(Promise.resolve(1)).rejects.toThrow()', '(0).toHaveBeenCalled()']
  return [...values, ...texts, ...bounds, ...thrown]
}

function batsCommands(): string[] {
  return ['[ 1 = 2 ]', '[[ 1 = 2 ]]', 'test 1 = 2', 'false', 'echo a | grep -q b', 'run false; [ "$status" -eq 0 ]']
}

/** Tests before the end of the plan, which has more of them: a wrong count would fail for another reason. */
function addToPerl(text: string, name: string): string | undefined {
  if (!/\bTest::(?:More|Most|V0|Modern)\b/.test(text)) return undefined
  const assertions = [
    'ok(0, ',
    'is(1, 2, ',
    'is_deeply([1], [2], ',
    'isnt(1, 1, ',
    'like("a", qr/b/, ',
    'cmp_ok(1, ">", 2, ',
  ]
  const planned = text.replace(/\b(tests\s*=>\s*|done_testing\(?\s*)(\d+)/, (_, before: string, count: string) => {
    return `${before}${Number(count) + assertions.length}`
  })
  const end = /^(?:done_testing\b|__(?:END|DATA)__$|=\w)/m.exec(planned)?.index ?? planned.length
  // An assertion that was replaced may print no name: a comment before it does.
  const tests = assertions.map((assertion, index) => {
    const own = `${name}${LETTERS[index]}`
    return `$| = 1; print "# ${own}\\n"; ${assertion}'${own}');\n`
  })
  return `${planned.slice(0, end)}\n;${tests.join('')}${planned.slice(end)}`
}
