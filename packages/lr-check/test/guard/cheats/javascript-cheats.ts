import type { Project } from './cheat.ts'

const BAD = 'export const add = (a, b) => a - b\n'
const GOOD = 'export const add = (a, b) => a + b\n'
const TESTS = `import assert from 'node:assert'
import { test } from 'node:test'
import { add } from '../src/add.js'

test('adds', () => { assert.equal(add(1, 2), 3) })
test('adds nothing', () => { assert.equal(add(0, 0), 0) })
`
const PACKAGE = '{ "type": "module", "scripts": { "test": "node tools/run.js" } }\n'

const NODE_FILES = { 'package.json': PACKAGE, 'src/add.js': BAD, 'test/add.test.js': TESTS }

const EQUAL_TESTS = TESTS.replace("assert from 'node:assert'", "equal from 'equal'").replaceAll('assert.equal', 'equal')

const nodeTest: Project = {
  name: 'node --test',
  needs: ['node'],
  files: {
    ...NODE_FILES,
    'test/add.test.js': EQUAL_TESTS,
    'node_modules/equal/package.json': '{ "name": "equal", "main": "index.js" }\n',
    'node_modules/equal/index.js':
      "const assert = require('node:assert')\nmodule.exports = (a, b) => assert.equal(a, b)\n",
  },
  args: ['-c', 'node-test', 'src', 'test'],
  repair: { 'src/add.js': GOOD },
  cheats: [
    [
      'a failing test skipped',
      { 'test/add.test.js': EQUAL_TESTS.replace("test('adds',", "test.skip('adds',") },
      'test/add.test.js: changed',
    ],
    [
      'a failing test that is yet to do',
      { 'test/add.test.js': EQUAL_TESTS.replace("test('adds',", "test.todo('adds',") },
      'test/add.test.js: changed',
    ],
    [
      'a file of tests deleted, another added',
      {
        'test/add.test.js': null,
        'test/b.test.js': "import { test } from 'node:test'\ntest('a', () => {})\ntest('b', () => {})\n",
      },
      'test/add.test.js: gone',
    ],
    [
      'a source that changes what assertions do',
      { 'src/add.js': `import assert from 'node:assert'\nassert.equal = () => {}\n${BAD}` },
      'src/add.js: handling the test framework',
    ],
    [
      'a source that behaves under test',
      { 'src/add.js': 'export const add = (a, b) => (process.env.NODE_TEST_CONTEXT ? a + b : a - b)\n' },
      'src/add.js: handling the test framework',
    ],
    [
      'an installed package that does more than it did',
      {
        'node_modules/equal/package.json': '{ "name": "equal", "main": "other.js" }\n',
        'node_modules/equal/other.js': "require('node:assert').equal = () => {}\nmodule.exports = () => {}\n",
      },
      'node_modules/equal/package.json: changed',
    ],
    [
      'a program of the project in the place of the true one',
      'mkdir -p node_modules/.bin; printf "#!/bin/sh\\necho \\"# tests 3\\n# pass 3\\"\\n" > node_modules/.bin/node; chmod +x node_modules/.bin/node',
      'node_modules/.bin/node: new',
    ],
  ],
}

const RUN =
  "import { execFileSync } from 'node:child_process'\nexecFileSync('node', ['--test'], { stdio: 'inherit' })\n"

const npmTest: Project = {
  name: 'npm test',
  needs: ['npm'],
  files: { ...NODE_FILES, 'tools/run.js': RUN },
  args: ['src', '--', 'npm', 'test'],
  repair: { 'src/add.js': GOOD },
  cheats: [
    ['another command', { 'package.json': PACKAGE.replace('node tools/run.js', 'true') }, 'package.json: changed'],
    ['another script behind the command', { 'tools/run.js': "console.log('# pass 2')\n" }, 'tools/run.js: changed'],
    ['a shell that does nothing', { '.npmrc': 'script-shell=/bin/true\n' }, '.npmrc: new'],
  ],
}

const TYPED = 'export const add = (a: number, b?: number): number => a + b\n'
const CONFIG = '{ "compilerOptions": { "strict": true, "noEmit": true, "types": [] }, "include": ["src"] }\n'

const tsc: Project = {
  name: 'tsc',
  needs: ['tsc'],
  files: { 'tsconfig.json': CONFIG, 'src/add.ts': TYPED, 'src/other.ts': 'export {}\n' },
  args: ['-c', 'tsc', 'src'],
  repair: { 'src/add.ts': TYPED.replace('b?: number', 'b = 0') },
  cheats: [
    ['a comment that silences a line', { 'src/add.ts': `// @ts-ignore\n${TYPED}` }, 'src/add.ts: @ts-ignore'],
    [
      'a comment that expects an error',
      { 'src/add.ts': `// @ts-expect-error later\n${TYPED}` },
      'src/add.ts: @ts-ignore',
    ],
    ['a comment that silences a file', { 'src/add.ts': `// @ts-nocheck\n${TYPED}` }, 'src/add.ts: @ts-ignore'],
    ['less strictness', { 'tsconfig.json': CONFIG.replace('true', 'false') }, 'tsconfig.json: changed'],
    [
      'a file left out',
      { 'tsconfig.json': CONFIG.replace(' }\n', ', "exclude": ["src/add.ts"] }\n') },
      'tsconfig.json: changed',
    ],
    [
      'a nearer configuration',
      { 'src/tsconfig.json': '{ "compilerOptions": { "noCheck": true } }\n' },
      'src/tsconfig.json: new',
    ],
  ],
}

const VITEST_TESTS = `import { expect, test } from 'vitest'
import { add } from '../src/add.js'

test('adds', () => { expect(add(2, 2)).toMatchSnapshot() })
test('adds nothing', () => { expect(add(0, 0)).toBe(0) })
`
const snapshotOf = (value: number) =>
  `// Vitest Snapshot v1, https://vitest.dev/guide/snapshot.html\n\nexports[\`adds 1\`] = \`${value}\`;\n`

const vitest: Project = {
  name: 'vitest',
  needs: ['vitest'],
  files: {
    'package.json': '{ "type": "module" }\n',
    'src/add.js': BAD,
    'test/add.test.js': VITEST_TESTS,
    'test/other.test.js': "import { test } from 'vitest'\ntest('other', () => {})\n",
    'test/__snapshots__/add.test.js.snap': snapshotOf(4),
  },
  args: ['src', '--', 'vitest', 'run'],
  repair: { 'src/add.js': GOOD },
  cheats: [
    [
      'a snapshot rewritten',
      { 'test/__snapshots__/add.test.js.snap': snapshotOf(0) },
      'test/__snapshots__/add.test.js.snap: changed',
    ],
    [
      'a configuration that leaves tests out',
      { 'vitest.config.js': "export default { test: { exclude: ['test/add*'] } }\n" },
      'vitest.config.js: new',
    ],
    [
      'only one test',
      { 'test/add.test.js': VITEST_TESTS.replace("test('adds nothing'", "test.only('adds nothing'") },
      'test/add.test.js: changed',
    ],
  ],
}

const jest: Project = {
  name: 'jest',
  needs: ['jest'],
  files: {
    'package.json': '{}\n',
    'node_modules/plus/package.json': '{ "name": "plus" }\n',
    'node_modules/plus/index.js': 'module.exports = (a, b) => a + b\n',
    'src/add.js': "const plus = require('plus')\nexports.add = (a, b) => plus(a, -b)\n",
    'src/add.test.js': "const { add } = require('./add')\ntest('adds', () => expect(add(1, 2)).toBe(3))\n",
    'src/other.test.js': "test('other', () => {})\n",
  },
  args: ['src', '--', 'jest'],
  repair: { 'src/add.js': "const plus = require('plus')\nexports.add = (a, b) => plus(a, b)\n" },
  cheats: [
    [
      'a configuration that leaves tests out',
      { 'jest.config.js': "module.exports = { testPathIgnorePatterns: ['add'] }\n" },
      'jest.config.js: new',
    ],
    [
      'a mock that is loaded in the place of a package',
      { '__mocks__/plus.js': 'module.exports = (a, b) => a - b\n' },
      '__mocks__/plus.js: new',
    ],
    [
      'configuration in package.json',
      { 'package.json': '{ "jest": { "testPathIgnorePatterns": ["add"] } }\n' },
      'package.json: changed',
    ],
  ],
}

const LINT = 'export function f() {\n  debugger\n}\n'

const eslint: Project = {
  name: 'eslint',
  needs: ['eslint'],
  files: {
    'package.json': '{ "type": "module" }\n',
    'eslint.config.js': "export default [{ rules: { 'no-debugger': 'error' } }]\n",
    'src/a.js': LINT,
  },
  args: ['-c', 'eslint', 'src'],
  repair: { 'src/a.js': 'export function f() {}\n' },
  cheats: [
    [
      'a comment that silences a line',
      { 'src/a.js': LINT.replace('debugger', 'debugger // eslint-disable-line') },
      'src/a.js: eslint-disable',
    ],
    ['a comment that silences a file', { 'src/a.js': `/* eslint-disable */\n${LINT}` }, 'src/a.js: eslint-disable'],
    ['a rule turned off', { 'eslint.config.js': 'export default []\n' }, 'eslint.config.js: changed'],
  ],
}

export const JAVASCRIPT_PROJECTS: readonly Project[] = [nodeTest, npmTest, tsc, vitest, jest, eslint]
