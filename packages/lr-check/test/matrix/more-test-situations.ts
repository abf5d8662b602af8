import type { Table } from './situations.ts'

const BATS = (line: string) => `@test "adds" {\n  ${line}\n}\n`
const PERL = (line: string) => `use Test::More tests => 1;\n${line}\n`
const DOCTEST = (value: string) => `def f(x):\n    """\n    >>> f(1)\n    ${value}\n    """\n    return x\n`
const MOCHA = (body: string) => ({ 'test/a.test.js': `it('adds', () => { ${body} })\n`, 'package.json': '{}\n' })

/** Test runners beyond those of Python, Node, Go and Rust. */
export const MORE_TEST_SITUATIONS: readonly Table[] = [
  {
    checker: 'doctest',
    program: 'python3',
    rows: [
      ['pass', { 'a.py': DOCTEST('1') }, ['-c', 'doctest', 'a.py'], 'pass'],
      ['findings', { 'a.py': DOCTEST('2') }, ['-c', 'doctest', 'a.py'], 'fail'],
      ['as a command, findings', { 'a.py': DOCTEST('2') }, ['--', 'python3', '-m', 'doctest', 'a.py'], 'fail'],
      ['syntax error', { 'a.py': 'def f(:\n' }, ['-c', 'doctest', 'a.py'], 'fail'],
    ],
  },
  {
    checker: 'bats',
    program: 'bats',
    rows: [
      ['pass', { 'a.bats': BATS('true') }, ['-c', 'bats', 'a.bats'], 'pass'],
      ['findings', { 'a.bats': BATS('false') }, ['-c', 'bats', 'a.bats'], 'fail'],
      ['no tests', { 'a.bats': '# none\n' }, ['-c', 'bats', 'a.bats'], 'none'],
    ],
  },
  {
    checker: 'prove',
    program: 'prove',
    rows: [
      ['pass', { 'a.t': PERL('ok(1);') }, ['-c', 'prove', 'a.t'], 'pass'],
      ['findings', { 'a.t': PERL('ok(0);') }, ['-c', 'prove', 'a.t'], 'fail'],
      ['exit at import', { 'a.t': PERL('exit 0;') }, ['-c', 'prove', 'a.t'], 'fail'],
      ['syntax error', { 'a.t': 'use Test::More tests => 1; ok(' }, ['-c', 'prove', 'a.t'], 'fail'],
      ['missing file', {}, ['--', 'prove', 'nope.t'], 'error'],
    ],
  },
  {
    checker: 'mocha',
    program: 'mocha',
    rows: [
      ['pass', MOCHA(''), ['--', 'mocha', 'test'], 'pass'],
      ['findings', MOCHA('throw new Error("x")'), ['--', 'mocha', 'test'], 'fail'],
      ['missing file', {}, ['--', 'mocha', 'nope.js'], 'none'],
      ['no tests', { 'test/a.test.js': '\n' }, ['--', 'mocha', 'test'], 'none'],
    ],
  },
  {
    checker: 'tape',
    program: 'tape',
    rows: [
      ['missing file', {}, ['--', 'tape', 'nope.js'], 'error'],
      ['no tests', { 'a.js': 'console.log(1)\n' }, ['--', 'tape', 'a.js'], 'none'],
    ],
  },
  {
    checker: 'ava',
    program: 'ava',
    rows: [['no tests', { 'package.json': '{ "name": "x", "type": "module" }\n' }, ['--', 'ava'], 'none']],
  },
]
