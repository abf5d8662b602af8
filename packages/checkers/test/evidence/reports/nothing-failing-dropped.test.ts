import { array, assert, boolean, constantFrom, integer, property, record } from 'fast-check'
import { expect, test } from 'vitest'
import { shapeText } from '../../../src/evidence/shape.ts'

interface Case {
  readonly fails: boolean
  /** Lines of its message. */
  readonly size: number
  /** Whether it prints something, if it passes. */
  readonly prints: boolean
}

const id = (index: number) => `case${index}end`
const message = ({ size }: Case, index: number, margin: string) =>
  Array.from(
    { length: size },
    (_, line) => `${margin}reason ${line} of ${index * 7919} ${'x'.repeat(line % 90)}\n`,
  ).join('')
const number = (cases: readonly Case[], fails: boolean) => cases.filter((one) => one.fails === fails).length
const each = (cases: readonly Case[], write: (one: Case, index: number) => string) => cases.map(write).join('')
const failing = (cases: readonly Case[], write: (one: Case, index: number) => string) =>
  each(cases, (one, index) => (one.fails ? write(one, index) : ''))

/** Reports as runners write them. */
const WRITERS: Readonly<Record<string, (cases: readonly Case[]) => string>> = {
  tap: (cases) =>
    `TAP version 13\n${each(cases, (one, index) =>
      one.fails
        ? `not ok ${index} ${id(index)}\n  ---\n  error: |-\n${message(one, index, '    ')}  ...\n`
        : `ok ${index} throws an error for ${id(index)}\n`,
    )}1..${cases.length}\n`,
  'tap with comments (bats, prove -v)': (cases) =>
    `1..${cases.length}\n${each(cases, (one, index) =>
      one.fails
        ? `not ok ${index + 1} ${id(index)}\n# (in test file a.bats, line ${index})\n#   reason\n`
        : `ok ${index + 1} throws an error for ${id(index)}\n`,
    )}`,
  'tap in subtests': (cases) =>
    `TAP version 14\n${each(cases, (one, index) =>
      one.fails
        ? `# Subtest: ${id(index)}\n    not ok 1 - assertion\n      ---\n      message: x\n      ...\n    1..1\nnot ok ${index} - ${id(index)}\n`
        : `# Subtest: ${id(index)}\n    ok 1 - assertion\n    1..1\nok ${index} - ${id(index)}\n`,
    )}1..${cases.length}\n`,
  mocha: (cases) =>
    `${each(cases, (one, index) => (one.fails ? `    ${index + 1}) ${id(index)}\n` : `    ✔ ${id(index)}\n`))}\n  ${number(cases, false)} passing (1s)\n  ${number(cases, true)} failing\n\n${failing(cases, (one, index) => `  ${index + 1}) suite\n       ${id(index)}:\n\n      Error: no\n${message(one, index, '      ')}\n`)}`,
  jest: (cases) =>
    `FAIL a.test.js\n${each(cases, (one, index) => `  ${one.fails ? '✕' : '✓'} ${id(index)} (1 ms)\n`)}\n${failing(cases, (one, index) => `  ● ${id(index)}\n\n    Error: no\n${message(one, index, '    ')}\n`)}Test Suites: 1 failed, 1 total\nTests:       ${number(cases, true)} failed, ${number(cases, false)} passed, ${cases.length} total\n`,
  vitest: (cases) =>
    `${each(cases, (one, index) => ` ${one.fails ? '×' : '✓'} ${id(index)} 1ms\n`)}\n⎯⎯⎯⎯ Failed Tests 1 ⎯⎯⎯⎯\n\n${failing(cases, (one, index) => ` FAIL  a.test.js > ${id(index)}\nError: no\n${message(one, index, '')}\n⎯⎯⎯⎯⎯⎯[${index}/9]⎯\n\n`)} Test Files  1 failed (1)\n      Tests  ${number(cases, true)} failed | ${number(cases, false)} passed (${cases.length})\n`,
  pytest: (cases) =>
    `${each(cases, (one, index) => `t.py::${id(index)} ${one.fails ? 'FAILED' : 'PASSED'} [ 1%]\n`)}\n${'='.repeat(30)} FAILURES ${'='.repeat(30)}\n${failing(cases, (one, index) => `${'_'.repeat(20)} ${id(index)} ${'_'.repeat(20)}\n\n>   assert no\nE   assert no\n${message(one, index, 'E   ')}\nt.py:1: AssertionError\n`)}${'='.repeat(20)} ${number(cases, true)} failed, ${number(cases, false)} passed in 0.10s ${'='.repeat(20)}\n`,
  unittest: (cases) =>
    `${each(cases, (one, index) => `${id(index)} (t.T.x) ... ${one.fails ? 'FAIL' : 'ok'}\n`)}\n${failing(cases, (one, index) => `${'='.repeat(70)}\nFAIL: ${id(index)} (t.T.x)\n${'-'.repeat(70)}\nTraceback (most recent call last):\n  File "t.py", line 1, in x\nAssertionError: no\n${message(one, index, '')}\n`)}${'-'.repeat(70)}\nRan ${cases.length} tests in 0.001s\n\nFAILED (failures=${number(cases, true)})\n`,
  go: (cases) =>
    `${each(cases, (one, index) => `=== RUN   Test_${id(index)}\n${one.fails ? message(one, index, '    t_test.go:1: ') : one.prints ? '    t_test.go:2: noted\n' : ''}--- ${one.fails ? 'FAIL' : 'PASS'}: Test_${id(index)} (0.00s)\n`)}FAIL\nFAIL\tm\t0.006s\n`,
  cargo: (cases) =>
    `running ${cases.length} tests\n${each(cases, (one, index) => `test t::${id(index)} ... ${one.fails ? 'FAILED' : 'ok'}\n`)}\nfailures:\n\n${failing(cases, (one, index) => `---- t::${id(index)} stdout ----\n\nthread 't' panicked at src/lib.rs:1:1:\n${message(one, index, '')}\n`)}\nfailures:\n${failing(cases, (_one, index) => `    t::${id(index)}\n`)}\ntest result: FAILED. ${number(cases, false)} passed; ${number(cases, true)} failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s\n`,
  'node --test': (cases) =>
    `${each(cases, (one, index) => (one.fails ? `✖ ${id(index)} (1ms)\n  Error: no\n\n` : `✔ ${id(index)} (1ms)\n`))}ℹ tests ${cases.length}\nℹ pass ${number(cases, false)}\nℹ fail ${number(cases, true)}\n\n✖ failing tests:\n\n${failing(cases, (one, index) => `test at t.js:1:1\n✖ ${id(index)} (1ms)\n  Error: no\n${message(one, index, '  ')}\n`)}`,
  GoogleTest: (cases) =>
    `[==========] Running ${cases.length} tests from 1 test suite.\n${each(cases, (one, index) => `[ RUN      ] A.${id(index)}\n${one.fails ? message(one, index, '  ') : one.prints ? 'printed\n' : ''}[ ${one.fails ? ' FAILED ' : '      OK'} ] A.${id(index)} (0 ms)\n`)}[==========] ${cases.length} tests from 1 test suite ran. (0 ms total)\n[  PASSED  ] ${number(cases, false)} tests.\n[  FAILED  ] ${number(cases, true)} tests, listed below:\n${failing(cases, (_one, index) => `[  FAILED  ] A.${id(index)}\n`)}`,
  'bun test': (cases) =>
    `bun test v1.2.0 (abc)\n\na.test.js:\n${each(cases, (one, index) => (one.fails ? `error: no\n${message(one, index, '')}(fail) ${id(index)} [0.1ms]\n` : `(pass) ${id(index)} [0.1ms]\n`))}\n ${number(cases, false)} pass\n ${number(cases, true)} fail\nRan ${cases.length} tests across 1 file. [1.00ms]\n`,
  'deno test': (cases) =>
    `running ${cases.length} tests from ./a_test.ts\n${each(cases, (one, index) => `${id(index)} ... ${one.fails ? 'FAILED' : 'ok'} (1ms)\n`)}\n ERRORS \n\n${failing(cases, (one, index) => `${id(index)} => ./a_test.ts:1:1\nerror: no\n${message(one, index, '')}\n`)} FAILURES \n\n${failing(cases, (_one, index) => `${id(index)} => ./a_test.ts:1:1\n`)}\nFAILED | ${number(cases, false)} passed | ${number(cases, true)} failed (1ms)\n`,
  CTest: (cases) =>
    `Test project /b\n${each(cases, (one, index) => `    Start ${index}: ${id(index)}\n${index}/9 Test #${index}: ${id(index)} ...${one.fails ? `***Failed    0.00 sec\n${message(one, index, '')}` : '   Passed    0.00 sec'}\n`)}\n1% tests passed, ${number(cases, true)} tests failed out of ${cases.length}\n\nThe following tests FAILED:\n${failing(cases, (_one, index) => `\t  ${index} - ${id(index)} (Failed)\n`)}`,
  'dotnet test': (cases) =>
    `Starting test execution, please wait...\n${each(cases, (one, index) => (one.fails ? `  Failed T.${id(index)} [1 ms]\n  Error Message:\n${message(one, index, '   ')}  Stack Trace:\n     at T.${id(index)}() in /src/T.cs:line 3\n` : `  Passed T.${id(index)} [1 ms]\n`))}\nFailed!  - Failed:     ${number(cases, true)}, Passed:     ${number(cases, false)}, Skipped:     0, Total:     ${cases.length}, Duration: 9 ms - T.dll (net8.0)\n`,
  'RSpec documentation': (cases) =>
    `\nMaths\n${each(cases, (one, index) => `  ${id(index)}${one.fails ? ` (FAILED - ${index})` : ''}\n`)}\nFailures:\n\n${failing(cases, (one, index) => `  ${index + 1}) Maths ${id(index)}\n     Failure/Error: no\n${message(one, index, '       ')}     # ./a_spec.rb:1:in \`block'\n\n`)}Finished in 1 second\n${cases.length} examples, ${number(cases, true)} failures\n\nFailed examples:\n\n${failing(cases, (_one, index) => `rspec ./a_spec.rb:1 # Maths ${id(index)}\n`)}`,
  'PHPUnit testdox': (cases) =>
    `PHPUnit 9.6.7 by Sebastian Bergmann and contributors.\n\nMaths\n${each(cases, (one, index) => (one.fails ? ` ✘ ${id(index)}\n   │\n${message(one, index, '   │ ')}   │\n\n` : ` ✔ ${id(index)}\n`))}\nTime: 00:00.007\n\nSummary of non-successful tests:\n\nMaths\n${failing(cases, (one, index) => ` ✘ ${id(index)}\n   │\n${message(one, index, '   │ ')}   │\n\n`)}FAILURES!\nTests: ${cases.length}, Assertions: 4, Failures: ${number(cases, true)}.\n`,
  PHPUnit: (cases) =>
    `PHPUnit 9.6.7 by Sebastian Bergmann and contributors.\n\n..F.\n\nThere were 2 failures:\n\n${failing(cases, (one, index) => `${index + 1}) MathsTest::${id(index)}\nno\n${message(one, index, '')}\n`)}FAILURES!\nTests: ${cases.length}, Assertions: 4, Failures: ${number(cases, true)}.\n`,
  XCTest: (cases) =>
    `Test Suite 'All tests' started at 1.\n${each(cases, (one, index) => `Test Case '-[T ${id(index)}]' started.\n${one.fails ? message(one, index, '/a.swift:1: error: ') : ''}Test Case '-[T ${id(index)}]' ${one.fails ? 'failed' : 'passed'} (0.001 seconds).\n`)}Test Suite 'All tests' failed at 1.\n`,
  'go test -json': (cases) =>
    each(cases, (one, index) =>
      [
        `=== RUN   Test_${id(index)}\n`,
        ...(one.fails ? message(one, index, '    t_test.go:1: ').split(/(?<=\n)/) : []),
        `--- ${one.fails ? 'FAIL' : 'PASS'}: Test_${id(index)} (0.00s)\n`,
      ]
        .map(
          (Output) =>
            `{"Time":"2026-11-29T10:55:06Z","Action":"output",${JSON.stringify({ Package: 'm', Output }).slice(1)}\n`,
        )
        .join(''),
    ),
  'JSON of Jest': (cases) =>
    `${JSON.stringify({ numFailedTests: 1, testResults: [{ name: 'a', status: 'failed', assertionResults: cases.map((one, index) => ({ fullName: id(index), status: one.fails ? 'failed' : 'passed', failureMessages: one.fails ? [message(one, index, '')] : [] })) }] })}\n`,
  'JSON of RSpec': (cases) =>
    `${JSON.stringify({ version: '3', examples: cases.map((one, index) => ({ full_description: id(index), status: one.fails ? 'failed' : 'passed', ...(one.fails ? { exception: { class: 'E', message: message(one, index, '') } } : {}) })) })}\n`,
  TeamCity: (cases) =>
    each(cases, (one, index) =>
      one.fails
        ? `##teamcity[testFailed name='${id(index)}' message='no' details='${message(one, index, '').replaceAll('\n', '|n')}']\n##teamcity[testFinished name='${id(index)}']\n`
        : `##teamcity[testFinished name='${id(index)}' duration='0']\n`,
    ),
  ...Object.fromEntries(
    [
      ['✓', '✗'],
      ['✔', '✖'],
      ['[PASS]', '[FAIL]'],
      ['[ OK ]', '[FAILED]'],
      ['PASS:', 'FAIL:'],
    ].map(([pass, fail]) => [
      `of an unknown runner with ${pass}`,
      (cases: readonly Case[]) =>
        `${pass} a\n${pass} b\n${pass} c\n${pass} d\n${pass} e\n${each(cases, (one, index) => (one.fails ? `${fail} ${id(index)}\n${message(one, index, '    ')}` : `${pass} ${id(index)}\n`))}`,
    ]),
  ),
  Maven: (cases) =>
    `[INFO] Running a.T\n[ERROR] Tests run: ${cases.length}, Failures: ${number(cases, true)}, Errors: 0, Skipped: 0, Time elapsed: 0.1 s <<< FAILURE! -- in a.T\n${failing(cases, (one, index) => `[ERROR] a.T.${id(index)} -- Time elapsed: 0.1 s <<< FAILURE!\njava.lang.AssertionError: no\n${message(one, index, '')}\tat a.T.${id(index)}(T.java:1)\n\n`)}[INFO] Results:\n[ERROR] Failures: \n${failing(cases, (_one, index) => `[ERROR]   T.${id(index)}:1 no\n`)}[INFO] \n[ERROR] Tests run: ${cases.length}, Failures: ${number(cases, true)}, Errors: 0, Skipped: 0\n`,
  'Maven without details': (cases) =>
    `Tests run: 1, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.1 s - in a.U\nFailed tests: \n${failing(cases, (_one, index) => `  T.${id(index)}:1 no\n`)}\nTests run: ${cases.length}, Failures: ${number(cases, true)}, Errors: 0, Skipped: 0\n`,
  Gradle: (cases) =>
    `> Task :test\n\n${each(cases, (one, index) => (one.fails ? `T > ${id(index)}() FAILED\n    java.lang.AssertionError: no\n${message(one, index, '    ')}\n` : `T > ${id(index)}() PASSED\n\n`))}${cases.length} tests completed, ${number(cases, true)} failed\n`,
  "JUnit's console": (cases) =>
    `├─ JUnit Jupiter ✔\n${each(cases, (one, index) => `│     ├─ ${id(index)}() ${one.fails ? '✘ no' : '✔'}\n`)}\nFailures (${number(cases, true)}):\n${failing(cases, (one, index) => `  JUnit Jupiter:T:${id(index)}()\n    => java.lang.AssertionError: no\n${message(one, index, '       ')}`)}\n[ ${number(cases, false)} tests successful ]\n[ ${number(cases, true)} tests failed ]\n`,
  ScalaTest: (cases) =>
    `[info] MSpec:\n[info] Maths\n${each(cases, (one, index) => `[info] - should ${id(index)}${one.fails ? ` *** FAILED ***\n${message(one, index, '[info]   ')}` : '\n'}`)}[info] Run completed in 250 milliseconds.\n[info] Tests: succeeded ${number(cases, false)}, failed ${number(cases, true)}, canceled 0, ignored 0, pending 0\n`,
  'dart test': (cases) =>
    `${each(cases, (one, index) => `00:01 +${index} -0: ${id(index)}\n${one.fails ? `00:01 +${index} -1: ${id(index)} [E]\n${message(one, index, '  ')}` : ''}`)}00:01 +1 -1: Some tests failed.\n`,
  'Swift Testing': (cases) =>
    `◇ Test run started.\n${each(cases, (one, index) => `◇ Test ${id(index)}() started.\n${one.fails ? `✘ Test ${id(index)}() recorded an issue at T.swift:3:5: Expectation failed: no\n${message(one, index, '↳ ')}✘ Test ${id(index)}() failed after 0.001 seconds with 1 issue.\n` : `✔ Test ${id(index)}() passed after 0.001 seconds.\n`}`)}✘ Test run with ${cases.length} tests failed after 0.1 seconds with 9 issues.\n`,
  ...Object.fromEntries(
    (
      [
        ['Meson', (name, fails) => `1/9 ${name}     ${fails ? 'FAIL    0.01s   exit status 1' : 'OK      0.01s'}`],
        ['Tasty', (name, fails) => `  throws an error for ${name}:     ${fails ? 'FAIL' : 'OK'}`],
        ['a log', (name, fails) => `${fails ? 'ERROR' : 'INFO'} test ${name} ${fails ? 'failed: no' : 'passed'}`],
        ['marks at the end', (name, fails) => `7. ${name} 4 ${fails ? '❌ no' : '✅'}`],
        ['words and colons', (name, fails) => `${fails ? 'Failed' : 'Passed'}: ${name}`],
      ] as const satisfies readonly (readonly [string, (name: string, fails: boolean) => string])[]
    ).map(([runner, write]) => [
      `of an unknown runner with the results of ${runner}`,
      (cases: readonly Case[]) =>
        `${`${write('same', false)}\n`.repeat(20 + 3 * cases.length)}${each(cases, (one, index) => `${write(id(index), one.fails)}\n${one.fails ? message({ ...one, size: 1 }, index, '    ') : ''}`)}`,
    ]),
  ),
  'JUnit XML': (cases) =>
    `<?xml version="1.0"?>\n<testsuites><testsuite>${each(cases, (one, index) => `<testcase classname="t" name="${id(index)}"${one.fails ? `><failure message="no">${message(one, index, '')}</failure></testcase>` : '/>'}\n`)}</testsuite></testsuites>\n`,
}

const cases = array(record({ fails: boolean(), size: integer({ min: 1, max: 60 }), prints: boolean() }), {
  minLength: 1,
  maxLength: 120,
  size: 'max',
}).filter((all) => all.some(({ fails }) => fails))

test('no failing test is dropped, and no passing one is named', () => {
  assert(
    property(constantFrom(...Object.keys(WRITERS)), cases, (runner, all) => {
      const shaped = shapeText(WRITERS[runner]?.(all) ?? '', '/nowhere')
      const named = (fails: boolean) =>
        all.flatMap((one, index) => (one.fails === fails && shaped.includes(id(index)) ? [index] : []))
      expect(named(true)).toHaveLength(number(all, true))
      expect(named(false)).toEqual([])
    }),
    { numRuns: 200 },
  )
})

test.each([
  ['bats', '# (in test file test/a.bats, line 3)\n#   `[ "$sum" = 5 ]\' failed\n# the sum is -1\n'],
  ['Test::More', "#   Failed test 'adds'\n#   at t/a.t line 3.\n#          got: '-1'\n#     expected: '5'\n"],
])('%s: the comments below a failing test are shown', (_runner, comments) => {
  const shaped = shapeText(`1..3\nok 1 zero\nnot ok 2 adds\n${comments}ok 3 one\n`, '/nowhere')
  expect(shaped).toBe(`not ok 2 adds\n${comments}2 passing tests are not shown\n`)
})

test('of thousands of failures the first are lines, and the rest is a count', () => {
  const all = Array.from({ length: 3000 }, () => ({ fails: true, size: 3, prints: false }))
  for (const write of Object.values(WRITERS)) {
    const shaped = shapeText(write(all), '/nowhere')
    expect(shaped).toContain(id(209))
    expect(shaped).toContain('\n2790 more failures\n')
    expect(shaped.length).toBeLessThan(45_000)
  }
})
