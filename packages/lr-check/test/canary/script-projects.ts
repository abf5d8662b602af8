import type { Files } from '../support/guarded-tree.ts'
import { ANY_VALUE, BENT, type Project } from './project.ts'

/** Tests of a function in JavaScript. */
function scriptTests(imports: string, line: (call: string, expected: number) => string): string {
  return `${imports}
test('adds', () => {
  ${line('add(1, 2)', 3)}
  ${line('add(5, 2)', 7)}
})
test('adds more', () => { ${line('add(10, 20)', 30)} })
`
}

const SCRIPT: Files = { 'package.json': '{ "type": "module" }', 'src/add.js': 'export const add = (a, b) => a - b\n' }
const SCRIPT_RIGHT = 'export const add = (a, b) => a + b\n'
const COMMON: Files = { 'package.json': '{}', 'src/add.js': 'exports.add = (a, b) => a - b\n' }
const COMMON_RIGHT = 'exports.add = (a, b) => a + b\n'
const READS_SCRIPT_TESTS = `const fs = process.getBuiltinModule('fs')
const text = () => fs.readFileSync('src/add.te' + 'st.js', 'utf8')
`
const FOUND = 'Number(new RegExp(`add\\\\(${a}, ${b}\\\\)\\\\D*?(\\\\d+)`).exec(text())[1])'
const EXTENDED = "{ toBe: () => ({ pass: true, message: () => '' }) }"

const node: Project = {
  needs: 'node',
  files: {
    ...SCRIPT,
    'src/add.test.js': scriptTests(
      "import assert from 'node:assert'\nimport { test } from 'node:test'\nimport { add } from './add.js'",
      (call, expected) => `assert.equal(${call}, ${expected})`,
    ),
  },
  source: 'add.js',
  check: ['node', '--test'],
  right: SCRIPT_RIGHT,
  bent: {
    'assertions that assert nothing': [
      "import a from 'assert'\nfor (const key of ['equal', 'strictEqual']) Reflect.set(a, key, () => {})\nexport const add = () => 0\n",
      BENT,
    ],
    'one assertion that asserts nothing': [
      "import a from 'assert'\nReflect.set(a, 'equal', () => {})\nexport const add = () => 0\n",
      BENT,
    ],
    'what the tests expect, read from them': [
      `${READS_SCRIPT_TESTS}export const add = (a, b) => ${FOUND}\n`,
      ANY_VALUE,
    ],
  },
}

const rejecting: Project = {
  ...node,
  files: {
    'package.json': '{ "type": "module" }',
    'src/add.js': 'export const parse = async () => 0\n',
    'src/add.test.js': `import assert from 'node:assert'
import { test } from 'node:test'
import { parse } from './add.js'

test('rejects', () => assert.rejects(parse('x')))
test('contains', async () => assert.ok(String(await parse('12').catch(() => '')).includes('12')))
`,
  },
  right: 'export const parse = async (s) => {\n  if (!/^\\d+$/.test(s)) throw new Error(s)\n  return Number(s)\n}\n',
  bent: {
    'rejects nothing, contains everything': [
      "import a from 'assert'\nReflect.set(a, 'rejects', async () => {})\nString.prototype.includes = () => true\nexport const parse = async () => 0\n",
      BENT,
    ],
  },
}

const vitest: Project = {
  needs: 'vitest',
  files: {
    ...SCRIPT,
    'vitest.config.js': 'export default {}\n',
    'src/add.test.js': scriptTests(
      "import { expect, test } from 'vitest'\nimport { add } from './add.js'",
      (call, expected) => `expect(${call}).toBe(${expected})`,
    ),
  },
  source: 'add.js',
  check: ['vitest', 'run'],
  right: SCRIPT_RIGHT,
  bent: {
    'a matcher that matches everything': [
      `import { expect } from 'vitest'\nexpect.extend(${EXTENDED})\nexport const add = () => 0\n`,
      BENT,
    ],
    'what the tests expect, read from them': [
      `${READS_SCRIPT_TESTS}export const add = (a, b) => ${FOUND}\n`,
      ANY_VALUE,
    ],
  },
}

const jest: Project = {
  needs: 'jest',
  files: {
    ...COMMON,
    'src/add.test.js': scriptTests(
      "const { add } = require('./add.js')",
      (call, expected) => `expect(${call}).toBe(${expected})`,
    ),
  },
  source: 'add.js',
  check: ['jest'],
  right: COMMON_RIGHT,
  bent: {
    'a matcher that matches everything': [`expect.extend(${EXTENDED})\nexports.add = () => 0\n`, BENT],
    'what the tests expect, read from them': [
      `const text = () => require('fs').readFileSync('src/add.te' + 'st.js', 'utf8')\nexports.add = (a, b) => ${FOUND}\n`,
      ANY_VALUE,
    ],
  },
}

const mocha: Project = {
  needs: 'mocha',
  files: {
    ...COMMON,
    'src/add.test.js': scriptTests(
      "const assert = require('assert')\nconst { add } = require('./add.js')",
      (call, expected) => `assert.equal(${call}, ${expected})`,
    ).replaceAll('test(', 'it('),
  },
  source: 'add.js',
  check: ['mocha', 'src/*.test.js'],
  right: COMMON_RIGHT,
  bent: {
    'tests that are not called': [
      `for (const [path, { exports: loaded }] of Object.entries(require.cache))
  if (/runnable\\.c?js$/.test(path)) Reflect.set((loaded.Runnable ?? loaded).prototype, 'run', (done) => done())
exports.add = () => 0
`,
      BENT,
    ],
    'what the tests expect, read from them': [
      `const text = () => require('fs').readFileSync('src/add.te' + 'st.js', 'utf8')\nexports.add = (a, b) => ${FOUND}\n`,
      ANY_VALUE,
    ],
  },
}

export const SCRIPT_PROJECTS: Readonly<Record<string, Project>> = {
  'node:test': node,
  'assert.rejects': rejecting,
  vitest,
  jest,
  mocha,
}
