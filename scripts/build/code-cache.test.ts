import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run, tempFolder } from '@loop-runner/test-kit'
import { afterAll, expect, test } from 'vitest'
import { CACHE_PROBE } from './cache-probe.ts'
import { allPrograms, root } from '../programs.ts'

test.each(allPrograms.flatMap((name) => [[name, '--help'], [name, '--version'], [name, '--show-config'], [name]]))(
  '%s %s starts with the code cache of the build',
  async (name = '', ...args) => {
    using folder = tempFolder({ 'probe.cjs': CACHE_PROBE })
    const env = { NODE_OPTIONS: `--require=${join(folder.path, 'probe.cjs')}` }
    const { stderr } = await run(name, args, { cwd: folder.path, env })
    // A program that starts another has its line, too.
    expect(stderr.match(/cache: .*/g)?.join()).toMatch(/^cache: accepted(,(cache: )?accepted)*$/)
  },
)

test('what programs share is loaded with a code cache, too: to read an lr.yaml, and to start a process', async () => {
  using folder = tempFolder({ 'probe.cjs': CACHE_PROBE, 'lr.yaml': 'check: { timeout: 60s }\n' })
  const env = { NODE_OPTIONS: `--require=${join(folder.path, 'probe.cjs')}` }
  const { stderr } = await run('lr-check', ['--', 'true'], { cwd: folder.path, env })
  expect(stderr).toMatch(/cache: accepted,accepted,accepted$/)
})

test.each(allPrograms)('%s has a cache for texts and one for work, of this Node version', (name) => {
  const version = `${process.versions.v8}-${process.arch}`
  for (const kind of ['', 'front.']) {
    expect(existsSync(join(root, 'dist', `${name}.${kind}${version}.cache`)), kind).toBe(true)
  }
})

test.each(['12.22.12', '18.20.4', '20.18.3'])('Node %s is refused in one line', async (version) => {
  const env = { NODE_OPTIONS: `--require=${pretend(version)}` }
  expect(await run('lr-loop', ['--version'], { env })).toEqual({
    status: 3,
    stdout: '',
    stderr: `lr-loop: Node ${version} is too old (install Node 20.19 or newer)\n`,
  })
})

test.each(['20.19.0', '21.0.0', '22.1.0'])('Node %s is not refused', async (version) => {
  const env = { NODE_OPTIONS: `--require=${pretend(version)}` }
  expect(await run('lr-loop', ['--version'], { env })).toMatchObject({ status: 0, stderr: '' })
})

test('the oldest Node of the launcher is that of the package', () => {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { engines: { node: string } }
  const [, oldest] = /OLDEST = '(.*)'/.exec(readFileSync(join(root, 'bin/launch.cjs'), 'utf8')) ?? []
  expect(`>=${oldest}`).toBe(engines.node)
})

test('the first start of a build removes caches that got nothing for a month, and nothing else', async () => {
  using folder = tempFolder({
    'home/.cache/loop-runner/code-0123/lr-stop.cache': '',
    'home/.cache/loop-runner/code-4567/lr-stop.cache': '',
    'home/.cache/loop-runner/other/file': '',
  })
  const caches = join(folder.path, 'home/.cache/loop-runner')
  const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 3600_000)
  utimesSync(join(caches, 'code-0123'), daysAgo(31), daysAgo(31))
  utimesSync(join(caches, 'code-4567'), daysAgo(29), daysAgo(29))
  utimesSync(join(caches, 'other'), daysAgo(99), daysAgo(99))
  mkdirSync(join(folder.path, 'bin'))
  mkdirSync(join(folder.path, 'dist'))
  const files = ['bin/launch.cjs', 'bin/start-bundle.cjs', 'bin/package.json', 'bin/lr-stop', 'dist/lr-stop.cjs']
  for (const file of [...files, 'dist/build-id']) copyFileSync(join(root, file), join(folder.path, file))
  const env = { HOME: join(folder.path, 'home') }
  expect(await run(join(folder.path, 'bin/lr-stop'), ['--version'], { env })).toMatchObject({ status: 0, stderr: '' })
  const id = readFileSync(join(root, 'dist/build-id'), 'utf8')
  expect(readdirSync(caches).sort()).toEqual([`code-${id}`, 'code-4567', 'other'].sort())
})

const fakes = tempFolder({})
afterAll(() => fakes[Symbol.dispose]())

/** A file for `node --require` that changes the version that Node tells. */
function pretend(version: string): string {
  const file = join(fakes.path, `${version}.cjs`)
  const versions = `{ ...process.versions, node: '${version}' }`
  writeFileSync(file, `Object.defineProperty(process, 'versions', { value: ${versions} })\n`)
  return file
}
