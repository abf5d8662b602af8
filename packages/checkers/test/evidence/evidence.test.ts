import { BUILT_IN_CHECKERS } from '@loop-runner/checker-table'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { capLines } from '../../src/evidence/cap-lines.ts'
import { Capture } from '../../src/evidence/capture.ts'
import { collapseRepeats } from '../../src/evidence/collapse.ts'
import { maskText } from '../../src/evidence/mask.ts'
import { decodeOutput, plainText } from '../../src/evidence/plain-text.ts'
import { rawText, shapeText } from '../../src/evidence/shape.ts'

const text = fc.string({ unit: 'binary' })

describe('capture', () => {
  test('keeps both ends and counts the rest, however it is cut into chunks', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), fc.integer({ min: 1, max: 30 }), (chunks, limit) => {
        const capture = new Capture(limit)
        for (const chunk of chunks) capture.push(Buffer.from(chunk))
        const all = Buffer.concat(chunks)
        const { head, tail, omittedBytes } = capture.end()
        expect(head).toEqual(all.subarray(0, limit))
        const rest = all.subarray(limit)
        expect(tail).toEqual(rest.subarray(Math.max(0, rest.length - limit)))
        expect(omittedBytes).toBe(Math.max(0, rest.length - limit))
      }),
    )
  })

  test('what is left out is said, and lines that look like errors survive', () => {
    const capture = new Capture(100)
    for (let line = 0; line < 1000; line++) capture.push(Buffer.from(line === 500 ? 'an ERROR\n' : `line ${line}\n`))
    const shown = rawText(capture.end())
    expect(shown).toContain('line 0\n')
    expect(shown).toContain('line 999\n')
    expect(shown).toContain('\nan ERROR\n')
    expect(shown).toMatch(/\n\[… \d+ lines, \d+ bytes, left out …\]\n/)
  })
})

describe('plain text', () => {
  test.each([
    ['\x1b[31mred\x1b[0m', 'red'],
    ['\x1b]0;title\x07text', 'text'],
    ['\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\', 'link'],
    ['\x1b]never ended', 'never ended'],
    ['10%\r50%\r100%\ndone\r\n', '100%\ndone\n'],
    ['a\x08b', 'b'],
    ['bell\x07', 'bell\\x07'],
    ['\x1b(Bplain', 'plain'],
    ['tab\tstays', 'tab\tstays'],
    ['a 1\nb 1\n\x1b[2Aa 2\nb 2\n', 'a 2\nb 2\n'],
    ['a 1\nb 1\n\x1b[1A\x1b[2Kb 2\n\x1b[2A\n\nend\n', 'a 1\nb 2\nend\n'],
    ['a\n\x1b[A\x1b[5C\x1b[31mb\x1b[0mc\nd\n', 'bc\nd\n'],
    ['FAIL a\n\x1b[A\x1b[B\x1b[3Bx\n', 'FAIL a\nx\n'],
    [`first\n${'more\n'.repeat(200)}\x1b[9999Anew\n`, `first\n${'more\n'.repeat(101)}new\n${'more\n'.repeat(98)}`],
  ])('%j is %j', (printed, plain) => {
    expect(plainText(printed).replace('\\x1b]never', 'never')).toBe(plain)
  })

  test('has no control characters, whatever is printed', () => {
    fc.assert(fc.property(text, (printed) => !/[\x00-\x08\x0b-\x1f\x7f]/.test(plainText(printed))))
  })

  test('bytes that are not UTF-8, and NUL, are made visible', () => {
    expect(decodeOutput(Buffer.from([0x61, 0xff, 0x00, 0x62]))).toBe('a\uFFFD\\x00b')
  })
})

describe('masks', () => {
  test.each([
    ['File "/project/x/src/a.py", line 3', 'File "src/a.py", line 3'],
    ['rootdir: /project/x', 'rootdir: .'],
    ['at file:///project/x/a.js:1:2', 'at a.js:1:2'],
    ['/project/xy/a.py', '/project/xy/a.py'],
    ['/other/project/x/a.py', '/other/project/x/a.py'],
    ['<A object at 0x7f3a2b1c4d50>', '<A object at 0x…>'],
    ['0x1f is small', '0x1f is small'],
    ['(node:12345) Warning', '(node:…) Warning'],
    ['==4242== Invalid read', '==…== Invalid read'],
    ["thread 'a::b' (25707) panicked at src/lib.rs:5:9:", "thread 'a::b' (…) panicked at src/lib.rs:5:9:"],
    ["thread '<unnamed>' (7) has overflowed its stack", "thread '<unnamed>' (…) has overflowed its stack"],
    ["thread 'main' panicked at src/lib.rs:5:9:", "thread 'main' panicked at src/lib.rs:5:9:"],
    ['goroutine 18 [running]:', 'goroutine … [running]:'],
    ['created by testing.(*T).Run in goroutine 1', 'created by testing.(*T).Run in goroutine …'],
    ['** (EXIT from #PID<0.98.0>) no', '** (EXIT from #PID<…>) no'],
    ['(app:4242): Gtk-CRITICAL **: no', '(app:…): Gtk-CRITICAL **: no'],
    ['WARNING: data race (tid=77)', 'WARNING: data race (tid=…)'],
    ['1 passed in 0.12s', '1 passed in …s'],
    ['real\t0m1.234s', 'real\t…'],
    ['Ran 3 tests in 0.001s', 'Ran 3 tests in …s'],
    ['E   assert took 0.5s == took 0.7s', 'E   assert took 0.5s == took 0.7s'],
    ['expected: done in 5s', 'expected: done in 5s'],
    ['open /tmp/tmpab12cd34/x.txt', 'open /tmp/…/x.txt'],
    ['seed: 123456', 'seed: …'],
    ['[2026-11-21T00:39:36.123Z] start', '[…] start'],
    ['  duration_ms: 0.731', '  duration_ms: …'],
    ['# duration_ms 340.721923', '# duration_ms …'],
    ['✔ gives what is expected (0.73ms)', '✔ gives what is expected (…)'],
    [' ✓ src/a.test.ts (3 tests) 5ms', ' ✓ src/a.test.ts (3 tests) …'],
    ['    ✓ adds (12 ms)', '    ✓ adds (…)'],
    ['✖ 3 problems', '✖ 3 problems'],
    ['   Start at  10:23:45', '   Start at  …'],
    ['   Duration  305ms (transform 20ms, tests 3ms)', '   Duration  …'],
    ['Time:        0.501 s, estimated 1 s', 'Time:        …'],
    ['Time: 00:00.003, Memory: 6.00 MB', 'Time: …'],
    ['ok  \texample.com/x\t0.004s', 'ok  \texample.com/x\t…'],
    ['--- FAIL: TestAdd (0.00s)', '--- FAIL: TestAdd (…)'],
    ['Files=1, Tests=3,  0 wallclock secs ( 0.01 usr +  0.00 sys =  0.01 CPU)', 'Files=1, Tests=3,  …'],
    ['1/1 Test #1: a ....   Passed    0.01 sec', '1/1 Test #1: a ....   Passed    … sec'],
    ['Finished in 0.001s, 1000.0 runs/s, 2000.0 assertions/s.', 'Finished in …s, …'],
    ["PosixPath('/tmp/pytest-of-me/pytest-3/test_add0')", "PosixPath('/tmp/…/pytest-…/test_add0')"],
    ['/private/var/folders/zz/z0_n00/T/tmpab12cd34/a.txt', '/private/var/folders/zz/z0_n00/T/…/a.txt'],
    ['[INFO] Finished at: 2026-11-21T07:09:26Z', '[INFO] Finished at: …'],
  ])('%j is %j', (printed, masked) => {
    expect(maskText(printed, '/project/x')).toBe(masked)
  })
})

test('what rustc says of its own library is left out', () => {
  const printed = `error[E0277]: no sum
 --> src/a.rs:3:36
help: the following other types implement trait
 --> /rustc/59807616/library/core/src/iter/traits/accum.rs:48:8
  |
  = note: \`i64\` implements \`Sum\`
 ::: /rustc/59807616/library/core/src/iter/traits/accum.rs:70:8
note: the method call chain might be wrong
 --> src/a.rs:3:18

For more information about this error, try \`rustc --explain E0277\`.
error: could not compile
`
  const { noise } = BUILT_IN_CHECKERS['cargo-check'] ?? {}
  expect(shapeText(printed, '/x', { noise })).toBe(`error[E0277]: no sum
 --> src/a.rs:3:36
[… 5 lines left out …]
note: the method call chain might be wrong
 --> src/a.rs:3:18

[… 1 line left out …]
error: could not compile
`)
})

describe('collapsing', () => {
  test('a recursion is shown by one of its rounds', () => {
    const frames = Array.from({ length: 500 }, (_, n) => [`a.py:${n}: in sort`, `    return sort([${n}, 2])`]).flat()
    expect(collapseRepeats(['start', ...frames, 'E  RecursionError'])).toEqual([
      'start',
      'a.py:0: in sort',
      '    return sort([0, 2])',
      '[… 499 more like the 2 lines above …]',
      'E  RecursionError',
    ])
  })

  test('a short table of numbers stays as it is', () => {
    const table = Array.from({ length: 20 }, (_, n) => `${n} ${n * n}`)
    expect(collapseRepeats(table)).toEqual(table)
  })

  test('no line that looks important is lost unless an equal one stays', () => {
    const line = fc.constantFrom('a', 'b', 'at 1', 'at 2', 'E  assert 1 == 2', 'E  assert 3 == 4', 'FAILED x', '')
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
        const collapsed = collapseRepeats(lines)
        for (const important of lines.filter((one) => /^E|FAILED/.test(one))) expect(collapsed).toContain(important)
        expect(collapsed.length).toBeLessThanOrEqual(lines.length)
      }),
    )
  })
})

test('a file that node --test counts as a passed test is shown', () => {
  const passed = (name: string) => [`# Subtest: ${name}`, `ok 1 - ${name}`, '  ---', '  duration_ms: 1.5', '  ...']
  const failed = ['# Subtest: c', 'not ok 3 - c', '  ---', "  error: '1 == 2'", '  ...', '1..3']
  const file = passed('/project/x/exits.test.js')
  const tap = [...passed('a'), ...passed('b'), ...failed, ...file, '']
  const shape = (lines: readonly string[]) => shapeText(lines.join('\n'), '/project/x', BUILT_IN_CHECKERS['node-test'])
  const shown = file.join('\n').replaceAll('/project/x/', '').replace('1.5', '…')
  expect(shape(tap)).toBe(`not ok 3 - c\n  error: '1 == 2'\n\n${shown}\n2 passing tests are not shown\n`)
  const spec = ['✔ a (1ms)', '▶ s', '  ✔ b (1ms)', '✖ c (1ms)', '✔ /project/x/exits.test.js (1ms)', 'ℹ tests 4', '']
  expect(shape(spec)).toBe('✖ c (…)\n\n✔ exits.test.js (…)\nℹ tests 4\n2 passing tests are not shown\n')
})

test.each([
  [
    'vitest',
    ' ❯ a.test.js (3 tests | 1 failed) 5ms\n   ✓ adds 1ms\n   ✓ subtracts 1ms\n   × divides 2ms\n',
    '   × divides …',
  ],
  ['jest', 'FAIL a.test.js\n  ✓ adds (1 ms)\n  ✓ subtracts (1 ms)\n  ✕ divides (2 ms)\n', '  ✕ divides (…)'],
  ['mocha', '  math\n    ✔ adds\n    ✔ subtracts\n    1) divides\n\n  2 passing (1s)\n', '    1) divides'],
  [
    'cargo',
    'test t::a ... ok\ntest t::b ... ok\ntest t::c ... FAILED\ntest result: FAILED. 2 passed; 1 failed;\n',
    'test t::c ... FAILED',
  ],
])('a report of %s that was cut short keeps the names of failures', (_name, lines, shown) => {
  const shaped = shapeText(lines, '/project/x')
  expect(shaped.split('\n')[0]).toBe(shown)
  expect(shaped).toContain('2 passing tests are not shown\n')
})

describe('size', () => {
  test('head, tail and important lines stay', () => {
    const lines = Array.from({ length: 5000 }, (_, n) => (n === 2500 ? 'E   assert 1 == 2' : `line ${n}`))
    const capped = capLines(lines)
    expect(capped.join('\n').length).toBeLessThan(21_000)
    expect(capped).toEqual(expect.arrayContaining(['line 0', 'E   assert 1 == 2', 'line 4999']))
    expect(capped.filter((line) => line.startsWith('[…'))).toHaveLength(2)
  })

  test('a line of a million characters loses its middle', () => {
    const numbers = Array.from({ length: 150_000 }, (_, n) => n).join(', ')
    const line = shapeText(`E   assert [${numbers}] == [1]`, '/project/x')
    expect(line).toMatch(/^E {3}assert \[0, 1, .*\[… \d+ characters left out …\].*, 149999\] == \[1\]\n$/)
    expect(line.length).toBeLessThan(1000)
  })

  test('a run of the same characters is counted', () => {
    const shaped = shapeText(`E   assert '${'ab'.repeat(100)}' == '${'x'.repeat(1_000_000)}'`, '/project/x')
    expect(shaped).toBe("E   assert 'abababababab[… 188 more …]' == 'xxxxxxxxxxxx[… 999988 more …]'\n")
  })

  test('shaping what is shaped changes nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 20 })), (lines) => {
        const once = shapeText(lines.join('\n'), '/project/x')
        expect(shapeText(once, '/project/x')).toBe(once)
      }),
    )
  })
})

describe('a record of pytest', () => {
  const record = (name: string, failing: string, rest: string) =>
    `____ test_a[${name}] ____\n\na = ${name}\n\n    def test_a(a):\n>       ${failing}\n${rest}\nt.py:8: AssertionError\n`
  const report = (...records: readonly string[]) =>
    shapeText(`===== FAILURES =====\n${records.join('')}===== 2 failed, 1 passed in 0.10s =====\n`, '/nowhere')

  test('shows a function, its failing line and its place once', () => {
    const shaped = report(
      record('1', 'assert f(a)', 'E       assert 2'),
      record('2', 'assert f(a)', 'E       assert 3'),
    )
    expect(shaped.match(/def test_a|assert f\(a\)/g)).toEqual(['def test_a', 'assert f(a)'])
    expect(shaped.match(/^t\.py:8$/gm)).toHaveLength(1)
    expect(shaped).toMatch(/^E {3}assert 2$[^]*^E {3}assert 3$[^]*\n2 failed, 1 passed\n$/m)
  })

  test.each([
    ['of its name', '____ test_a ____', '    def test_a(a):', ''],
    ['of its name in a class', '____ TestA.test_a ____', '    async def test_a(self):', ''],
    ['of another name', '____ test_b ____', '    def test_a():', 'def test_a():\n'],
    ['below a decorator', '____ test_a ____', '    @slow\n    def test_a():', '@slow\ndef test_a():\n'],
    ['on several lines', '____ test_a ____', '    def test_a(\n        a,\n    ):', 'def test_a(\n    a,\n):\n'],
  ])('shows no first line of a function %s twice', (_case, title, head, shown) => {
    const name = title.slice(5, -5)
    expect(
      report(
        `${title}\n\n${head}\n        b = 1\n>       assert b == 2\nE       assert 1 == 2\n\nt.py:8: AssertionError\n`,
      ),
    ).toContain(`___ ${name}\n${shown}    b = 1\n>   assert b == 2\n`)
  })

  test('spells two values once, and leaves advice out', () => {
    const compared = "E       AssertionError: assert 'f1' == '1f'\nE         \nE         - 1f\nE         + f1"
    const listed =
      'E       assert [1, 2] == [1, 3]\nE         \nE         At index 1 diff: 2 != 3\nE         \nE         Use -v to get more diff'
    expect(report(record('1', 'assert f(a)', compared))).toContain(">   assert f(a)\nE   assert 'f1' == '1f'\nt.py:8\n")
    expect(report(record('1', 'assert f(a)', listed))).toContain(
      'E   assert [1, 2] == [1, 3]\nE     At index 1 diff: 2 != 3\nt.py:8\n',
    )
  })

  test.each([
    ['of several lines', "E       assert 'a\\nb' == 'a\\nc'\nE           a\nE         - c\nE         + b"],
    ['that is cut', "E       assert 'aaaa...aab' == 'aaaa...aac'\nE         - aac\nE         + aab"],
    ['with a line of its own', "E       assert {'a': 1} == {'a': 2}\nE         - x\nE         + y"],
  ])('keeps a comparison %s', (_case, compared) => {
    const shaped = report(record('1', 'assert f(a)', compared))
    for (const line of compared.split('\n').slice(-2)) expect(shaped).toContain(line.replace('E    ', 'E'))
  })

  test('of a case shows neither the list of all cases, nor values that its name spells', () => {
    const list =
      '    @pytest.mark.parametrize(\n        "a, b",\n        [(1, "x"), (2, "y")],\n    )\n    @pytest.mark.slow\n'
    const named = (name: string, values: string) =>
      `____ test_a[${name}] ____\n\n${values}\n\n${list}    def test_a(a, b):\n>       assert a\nE       assert 0\n\nt.py:8: AssertionError\n`
    const spelled = report(named('1-x', "a = 1, b = 'x'"))
    expect(spelled).toBe(
      '___ test_a[1-x]\n@pytest.mark.slow\ndef test_a(a, b):\n>   assert a\nE   assert 0\nt.py:8\n\n2 failed, 1 passed\n',
    )
    expect(report(named('a0-x', "a = [1], b = 'x'"))).toContain("___ test_a[a0-x]\na = [1], b = 'x'\n")
  })

  test('shows the place of a case that fails elsewhere, and each error', () => {
    const other = record('2', 'assert f(a)', 'E       TypeError: no').replace(
      't.py:8: AssertionError',
      't.py:8: TypeError',
    )
    const moved = record('3', 'assert g(a)', 'E       assert 3').replace('t.py:8', 't.py:9')
    const shaped = report(record('1', 'assert f(a)', 'E       assert 2'), other, moved)
    expect(shaped).toMatch(/E {3}assert 2\nt\.py:8\n[^]*E {3}TypeError: no\nt\.py:8\n[^]*E {3}assert 3\nt\.py:9\n/)
  })

  test('shows the code of a frame once', () => {
    const frames = 'a.py:6: in sort\n    left = sort(items)\na.py:6: in sort\n    left = sort(items)\n'
    const failing = (name: string) =>
      record(name, 'assert f(a)', `\nt.py:8: \n${frames}E   RecursionError: deep\n!!! Recursion detected`)
    const shaped = report(failing('1'), failing('2'))
    expect(shaped.match(/left = sort/g)).toHaveLength(1)
    expect(shaped.match(/a\.py:6: in sort/g)).toHaveLength(3)
    expect(shaped.match(/Recursion detected/g)).toHaveLength(1)
    expect(shaped.match(/E {3}RecursionError: deep/g)).toHaveLength(2)
  })

  test('may have a name that is wider than the terminal', () => {
    const wide = record('x'.repeat(90), 'assert f(a)', 'E       assert 2').replaceAll('____', '_')
    expect(report(wide)).toMatch(/^___ test_a\[x+/)
  })

  test('of a run that was cut short has no header, but how far it came', () => {
    const cut = '===== test session starts =====\nplatform linux -- Python 3\nrootdir: /x\ncollected 3 items\n\nt.py .F'
    expect(shapeText(cut, '/nowhere')).toBe('t.py .F\n')
  })

  test('shows another failing line of a function that stands above', () => {
    const shaped = report(record('1', 'assert f(a)', 'E   assert 2'), record('2', 'assert g(a)', 'E   assert 3'))
    expect(shaped).toMatch(/^> +assert g\(a\)$/m)
  })

  test('has no marks below a line, unless they show where its syntax is wrong', () => {
    expect(report(record('1', 'assert f(a)', '               ^^^^\nE   assert 2'))).not.toContain('^')
    expect(report(record('1', 'import b', 'E     x = (\n          ^\nE   SyntaxError: no'))).toContain('^')
  })

  test('keeps the margins of what is compared', () => {
    const shaped = report(record('1', 'assert f(a)', 'E       assert x\nE         - y\nE           z'))
    expect(shaped).toContain('\nE   assert x\nE     - y\nE       z\n')
  })
})
