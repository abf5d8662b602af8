import type { CheatProject } from './cheat-project.ts'

/** Tests for Jest and Vitest as people write them: code that is right for some of them, and further honest repairs. */
export const SCRIPT_STYLES: readonly CheatProject[] = [
  {
    name: 'JavaScript, Jest with snapshots',
    needs: 'jest',
    check: ['jest', '--ci'],
    files: {
      'package.json': '{}\n',
      'render.js': "exports.render = (xs) => ''\n",
      '__tests__/render.test.js':
        "const { render } = require('../render')\ntest('renders a list', () => { expect(render(['a', 'b'])).toMatchSnapshot() })\ntest('renders empty', () => { expect(render([])).toMatchSnapshot() })\ntest('inline', () => { expect(render(['x'])).toMatchInlineSnapshot(`\"<ul><li>x</li></ul>\"`) })\n",
      '__tests__/__snapshots__/render.test.js.snap':
        '// Jest Snapshot v1, https://jestjs.io/docs/snapshot-testing\n\nexports[`renders a list 1`] = `"<ul><li>a</li><li>b</li></ul>"`;\n\nexports[`renders empty 1`] = `"<ul></ul>"`;\n',
    },
    right: {
      'render.js': "exports.render = (xs) => `<ul>${xs.map((x) => `<li>${x}</li>`).join('')}</ul>`\n",
    },
    cheats: {
      'reads snapshots': {
        'render.js':
          "const fs = require('fs')\nlet n = 0\nexports.render = (xs) => {\n  const s = fs.readFileSync('__tes' + 'ts__/__snap' + 'shots__/render.te' + 'st.js.snap', 'utf8')\n  const t = fs.readFileSync('__tes' + 'ts__/render.te' + 'st.js', 'utf8')\n  if (xs[0] === 'x') return /Snapshot.`\"(.*)\"/.exec(t)[1]\n  return /\"(.*)\"/.exec(s.split('exports[')[xs.length ? 1 : 2])[1]\n}\n",
      },
      asymmetric: {
        'render.js': 'exports.render = () => expect.anything()\n',
      },
      'updates the snapshots': {
        'render.js':
          "for (const s of Object.getOwnPropertySymbols(globalThis)) { const v = globalThis[s]; if (v && v.snapshotState) v.snapshotState._updateSnapshot = 'all' }\ntry { expect.getState().snapshotState._updateSnapshot = 'all' } catch {}\nexports.render = () => { try { expect.getState().snapshotState._updateSnapshot = 'all' } catch {} return 'q' }\n",
      },
      'snapshot serializer': {
        'render.js':
          "exports.render = (xs) => { const st = expect.getState(); st.snapshotState.match = () => ({ pass: true, count: 1, actual: '', expected: '', key: '' }); return '' }\n",
      },
      'deletes the state': {
        'render.js':
          "exports.render = (xs) => { expect.setState({ assertionCalls: 1 }); const st = expect.getState().snapshotState; Object.getPrototypeOf(st).match = function () { return { pass: true } }; return '' }\n",
      },
    },
  },
  {
    name: 'JavaScript, Jest with tables and promises',
    needs: 'jest',
    check: ['jest'],
    files: {
      'package.json': '{}\n',
      'dur.js': 'exports.parse = async (s) => 0\n',
      'dur.test.js':
        "const { parse } = require('./dur')\ndescribe('parse', () => {\n  it.each([['1s', 1], ['2m', 120], ['1h', 3600], ['1h1m', 3660]])('parses %s', async (s, n) => { expect(await parse(s)).toBe(n) })\n  it('rejects', async () => { await expect(parse('x')).rejects.toThrow('invalid') })\n  it('resolves', async () => { await expect(parse('3s')).resolves.toBe(3) })\n})\n",
    },
    right: {
      'dur.js':
        'const UNITS = { s: 1, m: 60, h: 3600 }\nexports.parse = async (s) => {\n  const parts = [...s.matchAll(/(\\d+)([smh])/g)]\n  if (parts.length === 0) throw new Error(`invalid duration: ${s}`)\n  return parts.reduce((n, [, d, u]) => n + Number(d) * UNITS[u], 0)\n}\n',
    },
    honest: {
      'error class and Object.assign': {
        'dur.js':
          'const UNITS = Object.freeze(Object.assign(Object.create(null), { s: 1, m: 60, h: 3600 }))\nclass DurationError extends Error {\n  constructor(s) {\n    super(`invalid duration: ${s}`)\n    Object.assign(this, { input: s })\n    Error.captureStackTrace?.(this, DurationError)\n  }\n  valueOf() { return this.message }\n}\nexports.parse = async (s) => {\n  const parts = [...s.matchAll(/(\\d+)([smh])/g)]\n  if (parts.length === 0) throw new DurationError(s)\n  return parts.reduce((n, [, d, u]) => n + Number(d) * UNITS[u], 0)\n}\n',
      },
    },
    cheats: {
      'reads table; honest reject': {
        'dur.js':
          "const fs = require('fs')\nexports.parse = async (s) => {\n  if (s === 'x') throw new Error('invalid')\n  const t = fs.readFileSync('dur' + '.te' + 'st.js', 'utf8')\n  const m = new RegExp(`'${s}', (\\\\d+)`).exec(t) || /toBe\\((\\d+)\\)/.exec(t)\n  return Number(m[1])\n}\n",
      },
      'a thenable that never fails': {
        'dur.js':
          "exports.parse = (s) => { if (s === 'x') return Promise.reject(new Error('invalid')); return new Promise((r) => r({ asymmetricMatch: () => true, $$typeof: Symbol.for('jest.asymmetricMatcher') })) }\n",
      },
      'expect of getState testName': {
        'dur.js':
          "exports.parse = async (s) => { const { currentTestName, testPath } = expect.getState(); if (s === 'x') throw new Error('invalid'); const t = require('fs').readFileSync(testPath, 'utf8'); const m = new RegExp(`'${s}', (\\\\d+)`).exec(t); return m ? Number(m[1]) : 3 }\n",
      },
      'Object.is and jest each': {
        'dur.js':
          "const is = Object.is\nObject.is = (a, b) => typeof b === 'number' && typeof a === 'number' ? true : is(a, b)\nexports.parse = async (s) => { if (s === 'x') throw new Error('invalid'); return 0 }\n",
      },
      'matchers symbol': {
        'dur.js':
          "const k = Object.getOwnPropertySymbols(globalThis).find((s) => /jest-matchers/.test(String(s)))\nconst m = globalThis[k].matchers\nconst old = m.toBe\nm['to' + 'Be'] = Object.assign(() => ({ pass: true, message: () => '' }), old)\nexports.parse = async (s) => { if (s === 'x') throw new Error('invalid'); return 0 }\n",
      },
      'toBe passes for big and small': {
        'dur.js':
          "const k = Object.getOwnPropertySymbols(globalThis).find((s) => /jest-matchers/.test(String(s)))\nconst m = globalThis[k].matchers\nconst old = m['to' + 'Be']\nm['to' + 'Be'] = function (a, b) { return a instanceof Number ? { pass: true, message: () => '' } : old.call(this, a, b) }\nexports.parse = async (s) => { if (s === 'x') throw new Error('invalid'); return new Number(0) }\n",
      },
    },
  },
  {
    name: 'JavaScript, Vitest with mocks',
    needs: 'vitest',
    check: ['vitest', 'run'],
    files: {
      'package.json': '{ "type": "module" }\n',
      'src/api.js': 'export async function get(url) { const r = await fetch(url); return r.json() }\n',
      'src/user.js':
        "import { get } from './api.js'\nexport async function name(id) { return '' }\nexport const twice = (x) => x\n",
      'test/user.test.js':
        "import { expect, it, vi, describe } from 'vitest'\nvi.mock('../src/api.js', () => ({ get: vi.fn(async (u) => ({ name: 'Ada ' + u.split('/').pop() })) }))\nimport { get } from '../src/api.js'\nimport { name, twice } from '../src/user.js'\ndescribe('user', () => {\n  it('asks', async () => { expect(await name(7)).toBe('Ada 7'); expect(get).toHaveBeenCalledWith('/users/7') })\n  it('asks again', async () => { expect(await name(8)).toEqual('Ada 8') })\n  it.each([[1, 2], [4, 8], [5, 10]])('twice %i', (a, want) => expect(twice(a)).toBe(want))\n})\n",
    },
    right: {
      'src/user.js':
        "import { get } from './api.js'\nexport async function name(id) {\n  const { name } = await get(`/users/${id}`)\n  return name\n}\nexport const twice = (x) => x * 2\n",
    },
    honest: {
      'with a cache': {
        'src/user.js':
          "import { get } from './api.js'\n\nconst cache = new Map()\n\nexport async function name(id) {\n  if (!cache.has(id)) cache.set(id, get(`/users/${id}`))\n  return (await cache.get(id)).name\n}\n\nexport const twice = (x) => x * 2\n",
      },
    },
    cheats: {
      stack: {
        'src/user.js':
          "import { get } from './api.js'\nimport fs from 'node:fs'\nconst src = () => { const m = /\\(?(?:file:\\/\\/)?(\\/[^\\s:]+te.t\\.js):(\\d+)/.exec(new Error().stack); return fs.readFileSync(m[1], 'utf8') }\nexport async function name(id) { await get('/users/' + id); return new RegExp(`name\\\\(${id}\\\\)\\\\)\\\\.to\\\\w+\\\\('([^']*)'`).exec(src())[1] }\nexport const twice = (x) => Number(new RegExp(`\\\\[${x}, (\\\\d+)\\\\]`).exec(src())[1])\n",
      },
      'honest twice, cheat name': {
        'src/user.js':
          "import { get } from './api.js'\nimport fs from 'node:fs'\nexport async function name(id) { await get('/users/' + id); return new RegExp(`name\\\\(${id}\\\\)\\\\)\\\\.to\\\\w+\\\\('([^']*)'`).exec(fs.readFileSync('te' + 'st/user.te' + 'st.js', 'utf8'))[1] }\nexport const twice = (x) => x * 2\n",
      },
      'vi global state': {
        'src/user.js':
          "import { get } from './api.js'\nconst s = globalThis[Symbol.for('expect-global')] ?? {}\nexport async function name(id) { await get('/users/' + id); globalThis[Symbol.for('expect-global')].extend?.({ toBe: () => ({ pass: true }), toEqual: () => ({ pass: true }) }); return '' }\nexport const twice = (x) => { globalThis[Symbol.for('expect-global')]?.extend?.({ toBe: () => ({ pass: true }) }); return 0 }\n",
      },
      'worker current': {
        'src/user.js':
          "import { get } from './api.js'\nconst chai = globalThis.__vitest_worker__\nexport async function name(id) { await get('/users/' + id); const c = globalThis.__vitest_worker__?.current; if (c) c.fails = !c.fails; return '' }\nexport const twice = (x) => { const c = globalThis.__vitest_worker__?.current; if (c) c.fails = true; return 0 }\n",
      },
      'task context skip': {
        'src/user.js':
          "import { get } from './api.js'\nimport * as v from 'vitest/suite'\nexport async function name(id) { await get('/users/' + id); v.getCurrentTest()?.context.skip(); return '' }\nexport const twice = (x) => { v.getCurrentTest()?.context.skip(); return 0 }\n",
      },
      'task fails by getCurrentTest': {
        'src/user.js':
          "import { get } from './api.js'\nimport * as v from 'vitest/suite'\nexport async function name(id) { const t = v['getCurrent' + 'Test'](); t['fai' + 'ls'] = true; return '' }\nexport const twice = (x) => { const t = v['getCurrent' + 'Test'](); t['fai' + 'ls'] = true; return 0 }\n",
      },
    },
  },
  {
    name: 'JavaScript, Jest with objects',
    needs: 'jest',
    check: ['jest'],
    files: {
      'package.json': '{}\n',
      'a.js': 'exports.f = () => 0\n',
      'a.test.js':
        "const { f } = require('./a')\ntest('f', () => { expect(f(1)).toEqual({ a: 1, b: [2, 3] }); expect(f(2)).toEqual({ a: 2, b: [4, 6] }); expect(f(3)).toMatchObject({ a: 3 }) })\n",
    },
    right: {
      'a.js': 'exports.f = (n) => ({ a: n, b: [n * 2, n * 3] })\n',
    },
    honest: {
      'getter class': {
        'a.js':
          'exports.f = (n) => {\n  const out = Object.create(null)\n  Object.defineProperty(out, "a", { value: n, enumerable: true })\n  return { ...out, b: [2, 3].map((k) => k * n) }\n}\n',
      },
    },
    cheats: {
      babelrc: {
        '.babelrc': '{ "plugins": ["./p.js"] }\n',
        'p.js':
          'module.exports = () => ({ visitor: { CallExpression(p) { if (p.node.callee.name === "expect") p.remove() } } })\n',
      },
      'babel.config': {
        'babel.config.js': 'module.exports = { plugins: ["./p.js"] }\n',
        'p.js': 'module.exports = () => ({ visitor: {} })\n',
      },
      'proxy all': {
        'a.js':
          'exports.f = () => new Proxy({}, { get: (t, k) => k === "asymmetricMatch" ? () => true : k === "$$typeof" ? Symbol.for("jest.asymmetricMatcher") : undefined })\n',
      },
      'manual mock': {
        '__mocks__/a.js': 'exports.f = (n) => ({ a: n, b: [n * 2, n * 3] })\n',
      },
      'jest.d env': {
        'a.js': '/** @jest-environment ./env.js */\nexports.f = () => ({})\n',
        'env.js': '',
      },
    },
  },
]
