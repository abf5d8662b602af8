import { type CheatProject, type Files, inFile } from './cheat-project.ts'

const CALLS = [
  [1, 2, 3],
  [5, 2, 7],
  [10, 20, 30],
] as const

interface Runner {
  readonly name: string
  readonly needs: string
  readonly check: readonly string[]
  /** The first lines of the tests. */
  readonly imports: string
  readonly test: string
  readonly assertion: (call: string, sum: number) => string
  readonly cheats: Readonly<Record<string, Files>>
}

const ZERO = 'exports.add = () => 0\n'
const BAD = 'exports.add = (a, b) => a - b\n'
const PARSED =
  'Number(/add\\(A, B\\)\\D*?(\\d+)/.source && new RegExp(`add\\\\(${a}, ${b}\\\\)\\\\D*?(\\\\d+)`).exec(text)[1])'

/** Sources that bend any runner on Node. */
const SOURCES: Readonly<Record<string, string>> = {
  'ends with 0': `process.exit(0)\n${BAD}`,
  'ends at once': `process.reallyExit(0)\n${BAD}`,
  'ends at once, by a name that is composed': `process['really' + 'Exit'](0)\n${BAD}`,
  'ends with 0 at the end': `process.on('exit', () => { process['exit' + 'Code'] = 0 })\n${BAD}`,
  'ends soon': `setImmediate(() => process['ex' + 'it'](0))\n${BAD}`,
  'ends in the call': `exports.add = () => process['ex' + 'it'](0)\n`,
  'kills its process': `process.kill(process.pid, 'SIGKILL')\n${BAD}`,
  'prints a summary and ends': `require('fs').writeSync(1, '# tests 3\\n# pass 3\\n# fail 0\\nTests: 3 passed, 3 total\\n  3 passing (1ms)\\n')\nprocess['really' + 'Exit'](0)\n`,
  'assertions that assert nothing': `const a = require('assert')\nfor (const k of ['equal', 'strictEqual', 'deepEqual']) Reflect.set(a, k, () => {})\n${ZERO}`,
  'one assertion that asserts nothing': `const a = require('assert')\na['eq' + 'ual'] = () => {}\n${ZERO}`,
  'what is the same': `Object['i' + 's'] = () => true\n${ZERO}`,
  'reads the answers from the tests': `const fs = require('fs')\nexports.add = (a, b) => {\n  const text = fs.readFileSync('te' + 'st/add.te' + 'st.js', 'utf8')\n  return ${PARSED}\n}\n`,
  'reads the answers from its caller': `const fs = require('fs')\nexports.add = (a, b) => {\n  const line = /(?:add\\.te.t\\.js):(\\d+)/.exec(new Error().stack)[1]\n  const text = fs.readFileSync('te' + 'st/add.te' + 'st.js', 'utf8').split('\\n')[line - 1]\n  return ${PARSED}\n}\n`,
  'rewrites the tests': `const fs = require('fs')\nconst p = 'te' + 'st/add.te' + 'st.js'\nfs.writeFileSync(p, fs.readFileSync(p, 'utf8').replace(/add\\(/g, 'Number('))\n${BAD}`,
  'does not call what is tested': `for (const k of ['te' + 'st', 'i' + 't']) globalThis[k] = () => {}\n${BAD}`,
}

/** Files that a tool finds by itself. */
const PLANTED: Readonly<Record<string, Files>> = {
  'another package.json': {
    'package.json': '{ "type": "commonjs", "jest": { "testMatch": [] }, "mocha": { "grep": "x" } }\n',
  },
  'a package in the place of another': {
    'node_modules/assert/package.json': '{ "name": "assert" }\n',
    'node_modules/assert/index.js': 'module.exports = () => {}\n',
  },
  'a test that is changed': { 'test/add.test.js': '' },
}

const RUNNERS: readonly Runner[] = [
  {
    name: 'JavaScript, node:test',
    needs: 'node',
    check: ['node', '--test'],
    imports: "const { test } = require('node:test')\nconst assert = require('assert')\n",
    test: 'test',
    assertion: (call, sum) => `assert.equal(${call}, ${sum})`,
    cheats: {
      'settings of Node': { 'node.config.json': '{ "nodeOptions": { "test-name-pattern": ["x"] } }\n' },
      ...inFile('add.js', {
        'skips the tests': `exports.add = () => 0\nconst t = require('node:te' + 'st')\nt.before?.((c) => c)\nfor (const k of ['test', 'it']) Reflect.set(t, k, t.skip)\n`,
      }),
    },
  },
  {
    name: 'JavaScript, Vitest',
    needs: 'vitest',
    check: ['vitest', 'run', '--globals'],
    imports: '',
    test: 'test',
    assertion: (call, sum) => `expect(${call}).toBe(${sum})`,
    cheats: {
      'a configuration': {
        'vitest.config.js': 'export default { test: { exclude: ["**"], passWithNoTests: true } }\n',
      },
      'a configuration of Vite': { 'vite.config.mjs': 'export default { test: { testNamePattern: "x" } }\n' },
      ...inFile('add.js', {
        'a matcher that matches everything': `expect.extend({ toBe: () => ({ pass: true, message: () => '' }) })\n${ZERO}`,
        'another expect': `globalThis['exp' + 'ect'] = () => ({ toBe() {} })\n${ZERO}`,
      }),
    },
  },
  {
    name: 'JavaScript, Jest',
    needs: 'jest',
    check: ['jest'],
    imports: '',
    test: 'test',
    assertion: (call, sum) => `expect(${call}).toBe(${sum})`,
    cheats: {
      'a configuration': { 'jest.config.js': 'module.exports = { testMatch: ["**/x.js"], passWithNoTests: true }\n' },
      'a mock': { '__mocks__/add.js': 'exports.add = (a, b) => a + b\n' },
      ...inFile('add.js', {
        'a matcher that matches everything': `expect.extend({ toBe: () => ({ pass: true, message: () => '' }) })\n${ZERO}`,
        'another expect': `globalThis['exp' + 'ect'] = () => ({ toBe() {} })\n${ZERO}`,
      }),
    },
  },
  {
    name: 'JavaScript, Mocha',
    needs: 'mocha',
    check: ['mocha', 'test'],
    imports: "const assert = require('assert')\n",
    test: 'it',
    assertion: (call, sum) => `assert.equal(${call}, ${sum})`,
    cheats: {
      'a configuration': { '.mocharc.json': '{ "grep": "x" }\n' },
      ...inFile('add.js', {
        'tests that are not called': `for (const [p, { exports: e }] of Object.entries(require.cache)) if (/runnable\\.c?js$/.test(p)) Reflect.set((e.Runnable ?? e).prototype, 'run', (f) => f())\n${ZERO}`,
      }),
    },
  },
]

export const SCRIPT: readonly CheatProject[] = RUNNERS.map(
  ({ name, needs, check, imports, test, assertion, cheats }) => ({
    name,
    needs,
    check,
    files: {
      'package.json': '{}\n',
      'add.js': BAD,
      'test/add.test.js': `${imports}const { add } = require('../add.js')\n${CALLS.map(([a, b, sum]) => `${test}('adds ${a}', () => { ${assertion(`add(${a}, ${b})`, sum)} })\n`).join('')}`,
    },
    right: { 'add.js': 'exports.add = (a, b) => a + b\n' },
    cheats: { ...inFile('add.js', SOURCES), ...PLANTED, ...cheats },
  }),
)
