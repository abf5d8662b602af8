import type { Table } from './situations.ts'

const BINARY = Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 0xff, 0xfe])
const CLEAN = 'export function add(left, right) {\n  return left + right\n}\n'
const FINDINGS = 'export function f(x) {\n  debugger\n  if (x === NaN) return 1\n  return 2\n}\n'
const BROKEN = 'export function f( {\n'
const ESLINT_CONFIG = {
  'eslint.config.mjs': 'export default [{ files: ["**/*.js"], rules: { "no-debugger": "error" } }]\n',
}
const TSCONFIG = { 'tsconfig.json': '{ "compilerOptions": { "strict": true, "noEmit": true }, "include": ["*.ts"] }\n' }

const test = (body: string) => `const test = require('node:test')\nconst assert = require('node:assert')\n${body}\n`
const OK = "test('adds', () => assert.equal(1, 1))"
const BAD = "test('subtracts', () => assert.equal(1, 2))"
const NODE_TEST = ['-c', 'node-test', 'a.test.js']
const VITEST = ['--', 'vitest', 'run', '--globals', '--no-cache']
const JEST = ['--', 'jest', '--rootDir=.']
const REFERENCES = {
  'a/a.ts': "export const a: number = 'x'\n",
  'tsconfig.json': '{ // as Vite makes it\n  "files": [], "references": [{ "path": "./tsconfig.app.json" }],\n}\n',
  'tsconfig.app.json': '{ "compilerOptions": { "noEmit": true }, "include": ["a"] }\n',
}
const NPM_TEST = '{ "scripts": { "test": "node --test" } }\n'
const PACKAGE = { 'package.json': '{ "name": "x", "private": true }\n' }

const each = (body: string, extra: Readonly<Record<string, string>> = {}) => ({ 'a.test.js': body, ...extra })

export const JAVASCRIPT_SITUATIONS: readonly Table[] = [
  {
    checker: 'node-syntax',
    program: 'node',
    rows: [
      ['pass', { 'a.mjs': CLEAN }, ['-c', 'node-syntax', 'a.mjs'], 'pass'],
      ['syntax error', { 'a.mjs': BROKEN }, ['-c', 'node-syntax', 'a.mjs'], 'fail'],
      ['missing file', {}, ['--', 'node', '--check', 'nope.js'], 'error'],
      ['bad option', { 'a.mjs': CLEAN }, ['--', 'node', '--check', '--no-such-option', 'a.mjs'], 'error'],
      ['binary file', { 'a.js': BINARY }, ['-c', 'node-syntax', 'a.js'], 'fail'],
    ],
  },
  {
    checker: 'node-test',
    program: 'node',
    rows: [
      ['pass', each(test(OK)), NODE_TEST, 'pass'],
      ['findings', each(test(`${OK}\n${BAD}`)), NODE_TEST, 'fail'],
      ['syntax error', each('function f( {\n'), NODE_TEST, 'fail'],
      ['broken import', each("require('./nope')\n"), NODE_TEST, 'fail'],
      ['process.exit(0)', each(test("test('a', () => process.exit(0))")), NODE_TEST, 'fail'],
      [
        'process.exit(0) beside a pass',
        { 'a.test.js': test(OK), 'b.test.js': test("test('a', () => process.exit(0))") },
        ['-c', 'node-test', '.'],
        'fail',
      ],
      ['a script without tests', each('console.log(1)\n'), NODE_TEST, 'none'],
      [
        'a helper beside the tests',
        { 'test/a.test.js': test(OK), 'test/helper.js': 'exports.isA = (x) => /a/.test(x)\n' },
        ['--', 'node', '--test'],
        'pass',
      ],
      [
        'process.exit(0) beside a pass, told in the form that people read',
        { 'a.test.js': test(OK), 'b.test.js': test("test('a', () => process.exit(0))") },
        ['--', 'node', '--test', '--test-reporter=spec'],
        'fail',
      ],
      ['all skipped', each(test("test('a', { skip: true }, () => {})")), NODE_TEST, 'none'],
      ['crash', each(test("test('a', () => process.kill(process.pid, 'SIGSEGV'))")), NODE_TEST, 'fail'],
      ['endless loop', each(test("test('a', () => { for (;;); })")), ['--timeout', '2s', ...NODE_TEST], 'timeout'],
      ['no tests', PACKAGE, ['--', 'node', '--test'], 'none'],
      ['missing file', {}, ['--', 'node', '--test', 'nope.js'], 'error'],
      ['bad option', each(test(OK)), ['--', 'node', '--test', '--no-such-option'], 'error'],
    ],
  },
  {
    checker: 'oxlint',
    program: 'oxlint',
    rows: [
      ['pass', { 'a.js': CLEAN }, ['-c', 'oxlint', 'a.js'], 'pass'],
      ['findings', { 'a.js': FINDINGS }, ['-c', 'oxlint', 'a.js'], 'fail'],
      ['syntax error', { 'a.js': BROKEN }, ['-c', 'oxlint', 'a.js'], 'fail'],
      ['as a command, warnings only', { 'a.js': FINDINGS }, ['--', 'oxlint', '-D', 'no-debugger', 'a.js'], 'fail'],
      ['missing file', {}, ['--', 'oxlint', 'nope.js'], 'none'],
      ['bad option', { 'a.js': CLEAN }, ['--', 'oxlint', '--no-such-option', 'a.js'], 'error'],
      ['bad configuration', { 'a.js': CLEAN, '.oxlintrc.json': '{ "rules": 7 }' }, ['-c', 'oxlint', 'a.js'], 'error'],
      ['binary file', { 'a.js': BINARY }, ['-c', 'oxlint', 'a.js'], 'fail'],
      ['empty folder', { 'x/.keep': '' }, ['--', 'oxlint', 'x'], 'none'],
    ],
  },
  {
    checker: 'eslint',
    program: 'eslint',
    rows: [
      ['pass', { 'a.js': CLEAN, ...ESLINT_CONFIG }, ['-c', 'eslint', 'a.js'], 'pass'],
      ['findings', { 'a.js': FINDINGS, ...ESLINT_CONFIG }, ['-c', 'eslint', 'a.js'], 'fail'],
      ['syntax error', { 'a.js': BROKEN, ...ESLINT_CONFIG }, ['-c', 'eslint', 'a.js'], 'fail'],
      ['file that no configuration takes', { 'a.ts': CLEAN, ...ESLINT_CONFIG }, ['-c', 'eslint', 'a.ts'], 'none'],
      [
        'file that no configuration takes, no warnings allowed',
        { 'a.ts': CLEAN, ...ESLINT_CONFIG },
        ['--', 'eslint', '--max-warnings', '0', 'a.ts'],
        'none',
      ],
      ['no configuration', { 'a.js': CLEAN }, ['-c', 'eslint', 'a.js'], 'error'],
      ['bad configuration', { 'a.js': CLEAN, 'eslint.config.mjs': 'nope(\n' }, ['-c', 'eslint', 'a.js'], 'error'],
      ['missing file', ESLINT_CONFIG, ['--', 'eslint', 'nope.js'], 'error'],
      ['bad option', { 'a.js': CLEAN, ...ESLINT_CONFIG }, ['--', 'eslint', '--no-such-option', 'a.js'], 'error'],
      ['empty folder', { 'x/.keep': '', ...ESLINT_CONFIG }, ['--', 'eslint', 'x'], 'none'],
    ],
  },
  {
    checker: 'biome',
    program: 'biome',
    rows: [
      ['pass', { 'a.js': CLEAN }, ['-c', 'biome', 'a.js'], 'pass'],
      ['findings', { 'a.js': FINDINGS }, ['-c', 'biome', 'a.js'], 'fail'],
      ['syntax error', { 'a.js': BROKEN }, ['-c', 'biome', 'a.js'], 'fail'],
      ['missing file', {}, ['--', 'biome', 'lint', 'nope.js'], 'error'],
      ['bad option', { 'a.js': CLEAN }, ['--', 'biome', 'lint', '--no-such-option', 'a.js'], 'error'],
      ['empty folder', { 'x/.keep': '' }, ['--', 'biome', 'lint', 'x'], 'none'],
    ],
  },
  {
    checker: 'tsc',
    program: 'tsc',
    rows: [
      ['pass', { 'a.ts': 'export const a: number = 1\n', ...TSCONFIG }, ['-c', 'tsc', 'a.ts'], 'pass'],
      ['findings', { 'a.ts': "export const a: number = 'x'\n", ...TSCONFIG }, ['-c', 'tsc', 'a.ts'], 'fail'],
      ['findings without a project', { 'a.ts': "export const a: number = 'x'\n" }, ['-c', 'tsc', 'a.ts'], 'fail'],
      [
        'findings in a project below',
        { 'b/a.ts': "export const a: number = 'x'\n", 'b/tsconfig.json': TSCONFIG['tsconfig.json'] },
        ['-c', 'tsc', 'b'],
        'fail',
      ],
      ['findings in a referenced project', REFERENCES, ['-c', 'tsc', '.'], 'fail'],
      ['a project of references only', REFERENCES, ['--', 'tsc', '--noEmit', '-p', '.'], 'none'],
      ['a project of references, built', REFERENCES, ['--', 'tsc', '-b', '--noEmit'], 'fail'],
      ['syntax error', { 'a.ts': 'export const a: = \n', ...TSCONFIG }, ['-c', 'tsc', 'a.ts'], 'fail'],
      ['missing file', {}, ['--', 'tsc', '--noEmit', 'nope.ts'], 'error'],
      ['bad option', { 'a.ts': 'export {}\n' }, ['--', 'tsc', '--noSuchOption', 'a.ts'], 'error'],
      [
        'bad configuration',
        { 'a.ts': 'export {}\n', 'tsconfig.json': '{ "compilerOptions": { "nope": 1 } }' },
        ['-c', 'tsc', 'a.ts'],
        'error',
      ],
      ['folder', { 'x/a.ts': '', ...TSCONFIG }, ['--', 'tsc', '--noEmit', 'x'], 'error'],
      ['no inputs', { 'x.txt': '', ...TSCONFIG }, ['--', 'tsc', '--noEmit'], 'none'],
      ['binary file', { 'a.ts': BINARY, ...TSCONFIG }, ['-c', 'tsc', 'a.ts'], 'fail'],
    ],
  },
  {
    checker: 'vitest',
    program: 'vitest',
    rows: [
      ['pass', each("test('adds', () => expect(1).toBe(1))\n", PACKAGE), VITEST, 'pass'],
      ['findings', each("test('adds', () => expect(1).toBe(2))\n", PACKAGE), VITEST, 'fail'],
      ['syntax error', each('function f( {\n', PACKAGE), VITEST, 'fail'],
      ['process.exit(0)', each("test('a', () => process.exit(0))\n", PACKAGE), VITEST, 'fail'],
      ['no tests in the file', each('export {}\n', PACKAGE), VITEST, 'fail'],
      ['all skipped', each("test.skip('a', () => {})\n", PACKAGE), VITEST, 'none'],
      ['no test files', PACKAGE, VITEST, 'none'],
      ['bad option', each("test('a', () => {})\n", PACKAGE), [...VITEST, '--no-such-option'], 'error'],
    ],
  },
  {
    checker: 'node-test',
    program: 'npm',
    rows: [
      ['by npm, pass', { 'a.test.js': test(OK), 'package.json': NPM_TEST }, ['--', 'npm', 'test'], 'pass'],
      ['by npm, findings', { 'a.test.js': test(BAD), 'package.json': NPM_TEST }, ['--', 'npm', 'test'], 'fail'],
      [
        'by npm, process.exit(0)',
        { 'a.test.js': test("test('a', () => process.exit(0))"), 'package.json': NPM_TEST },
        ['--', 'npm', 'test'],
        'fail',
      ],
    ],
  },
  {
    checker: 'jest',
    program: 'jest',
    rows: [
      ['pass', each("test('adds', () => expect(1).toBe(1))\n", PACKAGE), JEST, 'pass'],
      ['findings', each("test('adds', () => expect(1).toBe(2))\n", PACKAGE), JEST, 'fail'],
      ['syntax error', each('function f( {\n', PACKAGE), JEST, 'fail'],
      ['process.exit(0)', each("test('a', () => process.exit(0))\n", PACKAGE), JEST, 'fail'],
      ['all skipped', each("test.skip('a', () => {})\n", PACKAGE), JEST, 'none'],
      ['no test files', PACKAGE, JEST, 'none'],
      ['option that it passes over', each("test('a', () => {})\n", PACKAGE), [...JEST, '--no-such-option'], 'pass'],
    ],
  },
]
