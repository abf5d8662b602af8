import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run, tempFolder } from '@loop-runner/test-kit'

const SUM = `const test = require('node:test')
const assert = require('node:assert')
const add = require('../src/add.js')
`
/** Of 12 old tests each third fails. */
const OLD = `${SUM}${Array.from({ length: 12 }, (_, n) => `test('old ${n}', () => assert.ok(${n} % 3))\n`).join('')}`
const NEW = `${SUM}for (const n of [1, 2, 3]) test('new ' + n, () => assert.equal(add(n, 1), n + 1))\n`
const RIGHT = '<<<< src/add.js <<<<\nmodule.exports = (a, b) => a + b\n>>>>>>>>\nIt adds.\n'
const CHECK = ['--', 'node', '--test']

function project(files: Readonly<Record<string, string>>) {
  const folder = tempFolder({ 'tree/src/add.js': 'module.exports = (a) => a\n', 'replies/1.txt': RIGHT, ...files })
  const cwd = join(folder.path, 'tree')
  return {
    folder,
    run: (program: string, ...args: string[]) => run(program, args, { cwd, env: { XDG_STATE_HOME: folder.path } }),
    async loop(...args: string[]) {
      const options = ['--no-git', '--json', '-i1', '-m', 'replay:../replies']
      const { status, stdout, stderr } = await this.run('lr-loop', ...options, ...args)
      const { known, iterations } = JSON.parse(stdout || '{}') as { known?: number; iterations?: number }
      const prompt = await this.run('lr-loop', 'show', '--prompt=1')
      return { status, known, iterations, stderr, asked: prompt.stdout.match(/^FAILED .*/gm) ?? [] }
    },
    async write(path: string, text: string) {
      await run('bash', ['-c', 'printf %s "$1" > "$2"', 'bash', text, path], { cwd })
    },
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  }
}

const NEW_ONES = [1, 2, 3].map((n) => `FAILED test/new.test.js: new ${n}`)

test('3 new failures among old ones: only they are in the prompt, and the run passes with them', async () => {
  using tree = project({ 'tree/test/old.test.js': OLD })
  await tree.run('lr-check', '--known=../known.json', 'src', ...CHECK)
  await tree.write('test/new.test.js', NEW)
  expect(await tree.loop('--known=../known.json', 'src', ...CHECK)).toMatchObject({
    status: 0,
    known: 4,
    iterations: 1,
    asked: NEW_ONES,
  })
})

test('a known test that vanishes fails the run', async () => {
  using tree = project({ 'tree/test/old.test.js': OLD })
  await tree.run('lr-check', '--known=../known.json', 'src', ...CHECK)
  await tree.write('test/old.test.js', OLD.replace(/^test\('old 4'.*\n/m, ''))
  expect(await tree.loop('--known=../known.json', 'src', ...CHECK)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('old 4": known, but missing now'),
  })
})

test('--only-new: what fails at the first check does not count, and a task can be done', async () => {
  using tree = project({ 'tree/test/old.test.js': OLD })
  expect(await tree.loop('--only-new', 'src', ...CHECK)).toMatchObject({ status: 0, iterations: 0, known: 4 })
  const options = ['--only-new', '--instructions=Add numbers.']
  expect(await tree.loop(...options, 'src', ...CHECK)).toMatchObject({ status: 0, iterations: 1, known: 4 })
})

test('--fix-known takes the next failures of an earlier run', async () => {
  using tree = project({ 'tree/test/new.test.js': NEW, 'tree/test/old.test.js': OLD })
  expect(await tree.loop('--keep=last', 'src', ...CHECK)).toMatchObject({ status: 1, known: 0 })
  const { stdout } = await tree.run('lr-loop', 'runs', '--json')
  const { run: earlier } = JSON.parse(stdout) as { run: string }
  await tree.write('src/add.js', 'module.exports = (a) => a\n')
  const taken = await tree.loop('--known-from', earlier, '--fix-known=2', 'src', ...CHECK)
  expect(taken).toMatchObject({ status: 0, known: 4, asked: NEW_ONES.slice(0, 2) })
})

test('what fails first after a reply is not known', async () => {
  using tree = project({ 'tree/test/old.test.js': OLD, 'tree/test/new.test.js': NEW.replace('n + 1', 'n') })
  const options = ['--only-new', '--keep=last', '--instructions=Add numbers.', 'src', ...CHECK]
  expect(await tree.loop(...options)).toMatchObject({ status: 1, iterations: 1 })
})

test.each([
  ['--known=none.json', 'none.json: not found'],
  ['--known-from=none', 'none: no such run'],
  ['--only-new --check=true', 'needs lr-check'],
  ['--known=src/add.js --known-from=src', 'exclude each other'],
])('refused before anything is made: %s', async (options, message) => {
  using tree = project({})
  const { status, stderr } = await tree.loop(...options.split(' '), 'src', ...CHECK)
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(message) as string })
})
