import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { hasProgram, tempFolder } from '@loop-runner/test-kit'
import { chatStream, send, serve } from '@loop-runner/test-kit/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allPrograms, root } from '../programs.ts'

// The packed package in a clean prefix with an empty home, and nothing of the checkout on PATH.
const place = tempFolder({ 'home/.keep': '', 'project/.keep': '' })
const prefix = join(place.path, 'prefix')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
const packed = join(root, 'release', `loop-runner-${version}.tgz`)
const node = process.execPath.replace(/\/[^/]+$/, '')
const env = {
  PATH: `${prefix}/bin:${node}:/usr/local/bin:/usr/bin:/bin`,
  HOME: join(place.path, 'home'),
  LANG: 'C.UTF-8',
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.invalid',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.invalid',
}

beforeAll(async () => {
  const pack = ['--conditions=source', join(root, 'scripts/release/pack.ts')]
  await execa('tsx', pack, { preferLocal: true, localDir: root, cwd: root })
  await npm('install', '--global', '--prefix', prefix, packed)
})

afterAll(() => place[Symbol.dispose]())

function npm(...args: string[]) {
  return execa('npm', [...args, '--offline', '--no-audit', '--no-fund'], { env, extendEnv: false, cwd: place.path })
}

function bash(script: string, cwd = place.path) {
  return execa('bash', ['-c', script], { env, extendEnv: false, cwd, reject: false })
}

test('the package holds what is meant and nothing else', () => {
  const folder = join(prefix, 'lib/node_modules/loop-runner')
  const top = [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'THIRD-PARTY-NOTICES.txt',
    'bin',
    'completion',
    'dist',
    'docs',
    'lib',
    'man',
  ]
  expect(readdirSync(folder)).toEqual([...top, 'package.json'])
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  expect(names.filter((name) => /\.(map|cache|ts)$|test/.test(name) && !name.endsWith('.d.ts'))).toEqual([])
  expect(readFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), 'utf8')).toContain('yargs 18')
})

test('the package has less than 6 MB', () => {
  expect(statSync(packed).size).toBeLessThan(6_000_000)
})

test.each(allPrograms)('%s starts, and from the second time on with a code cache', async (name) => {
  expect((await bash(`${name} --version`)).stdout).toBe(`${name} ${version}`)
  const caches = readdirSync(join(env.HOME, '.cache/loop-runner'), { recursive: true, encoding: 'utf8' })
  expect(caches.filter((file) => file.includes(`${name}.front.`) && file.endsWith('.cache'))).toHaveLength(1)
  expect((await bash(`${name} --version`)).stdout).toBe(`${name} ${version}`)
})

test('several first starts at once, and a home that cannot be written, do no harm', async () => {
  const starts = `for i in 1 2 3 4; do XDG_CACHE_HOME=$PWD/new lr-blocks --version & done; wait`
  expect((await bash(starts)).stdout).toBe(Array.from({ length: 4 }, () => `lr-blocks ${version}`).join('\n'))
  expect((await bash('ls new/loop-runner/*')).stdout.split('\n')).toHaveLength(1)
  expect(await bash('XDG_CACHE_HOME=/proc/nowhere lr-blocks --version')).toMatchObject({ exitCode: 0, stderr: '' })
  expect(await bash('env -u HOME lr-blocks --version')).toMatchObject({ exitCode: 0, stderr: '' })
})

test.each([
  [['lr-check', '--version'], { status: 0, stdout: `lr-check ${version}` }],
  [['lr-llm', '-m', 'exec:cat', 'two words'], { status: 0, stdout: 'two words' }],
  [['--version'], { status: 0, stdout: `loop-runner ${version}` }],
  [['check', 'src'], { status: 2, stderr: 'loop-runner: unknown program "check" (did you mean lr-check?)' }],
  [[], { status: 2, stderr: expect.stringMatching(/^loop-runner: no program is named \(.*\)$/) as string }],
])('npx starts a program of the package: %j', async (words, { status, ...output }) => {
  const npx = ['--yes', '--offline', `file:${packed}`, ...words]
  const ran = await execa('npx', npx, { env, extendEnv: false, cwd: place.path, reject: false, stdin: 'ignore' })
  expect(ran, ran.stderr).toMatchObject({ exitCode: status, ...output })
})

test('a loop repairs a file by exec: as installed', async () => {
  const fix = `
    git init -q . && printf 'broken\\n' > a.txt && git add -A && git commit -qm first
    printf '<<<< a.txt <<<<\\nright\\n>>>>>>>>\\n' > ../reply
    lr-loop -q -m 'exec:cat ../reply' a.txt -- grep -q right a.txt && cat a.txt`
  expect(await bash(fix, join(place.path, 'project'))).toMatchObject({ exitCode: 0, stdout: 'right' })
})

test('ruff runs from its compressed module', async () => {
  const { stdout, stderr } = await bash(
    'printf "import os\\n" > lint.py; PATH=${PATH%%:*}:/usr/bin:/bin lr-check -c ruff lint.py',
  )
  expect(stdout, stderr).toContain('F401')
})

test('tokens are counted from the compressed vocabulary', async () => {
  const block = '<<<< a.txt <<<<\nantidisestablishmentarianism reconsidered\n>>>>>>>>\n'
  writeFileSync(join(place.path, 'block'), block)
  const count = 'lr-prompt --tokenizer o200k --stats -i Explain < block 2>&1 >/dev/null'
  expect((await bash(count)).stdout).toMatch(/\b9 tokens {2}a\.txt$/m)
})

test('the pages that help texts and a new lr.yaml name are in the package', async () => {
  const texts = await bash(`${allPrograms.map((name) => `${name} --help; `).join('')} lr-loop init --dry-run`)
  const pages = new Set([...texts.stdout.matchAll(/\bdocs\/[\w/-]+\.md\b/g)].map(([page]) => page))
  expect(pages).toContain('docs/configuration.md')
  const folder = join(prefix, 'lib/node_modules/loop-runner')
  expect([...pages].filter((page) => !existsSync(join(folder, page)))).toEqual([])
})

test('publint has no objection to the package', async () => {
  const publint = await execa('publint', ['run', packed, '--strict'], {
    preferLocal: true,
    localDir: root,
    reject: false,
  })
  expect(publint, publint.stdout).toMatchObject({ exitCode: 0 })
})

test.runIf(hasProgram('attw'))('attw finds the types for a consumer that imports the package', async () => {
  // Node requires ES modules from 20.19 on, the oldest that is supported.
  const options = ['--ignore-rules', 'cjs-resolves-to-esm', '--format', 'ascii']
  const attw = await execa('attw', [packed, ...options], { reject: false })
  expect(attw, attw.stdout).toMatchObject({ exitCode: 0 })
})

test.runIf(hasProgram('man'))('man finds the page of each program, without a warning', async () => {
  for (const name of allPrograms) {
    const path = join(prefix, 'lib/node_modules/loop-runner/man', `${name}.1`)
    expect(await bash(`man --warnings -l ${path} > /dev/null`), name).toMatchObject({ exitCode: 0, stderr: '' })
    expect(existsSync(join(prefix, 'share/man/man1', `${name}.1`)), name).toBe(true)
  }
})

test('completion is printed by the installed program', async () => {
  expect((await bash('source <(lr-loop completion bash) && complete -p lr-check')).stdout).toContain('_loop_runner')
})

const CONSUMER = `
import {
  apply, check, LLMWrangler, LlmFailure, parseStream, ProgramFailure, readReply, runLoop, score, stop, writeBlock, writeStream,
  type ApplyResult, type CheckResult, type LoopEvent, type RunCheckOptions, type ScoreResult, type StopResult, type StopRound,
} from 'loop-runner'

const [part] = parseStream(writeStream([{ name: 'a', content: 'x\\n' }]))
console.log(part)
await using model = await LLMWrangler.create({ platform: 'exec:cat' })
console.log((await model.submit('hello')).trim())
try {
  await model.submit('')
} catch (error) {
  if (error instanceof LlmFailure) console.log(error.kind.length > 0, error.status > 0, error.message.length > 0)
}
await using remote = await LLMWrangler.create({ platform: 'openai', model: 'fake', url: process.env['FAKE_URL'] })
console.log(await remote.submit('hello'), typeof readReply)
const run = runLoop({ sources: ['a.txt'], checkCommand: ['grep', '-q', 'right', 'a.txt'], model: 'exec:cat reply', noGit: true })
const seen: LoopEvent['event'][] = []
for await (const event of run) seen.push(event.event)
const { status, reason, usage } = await run.summary
console.log(seen[0], seen.at(-1), status, reason, usage.calls)
const command: RunCheckOptions = { sources: ['b.txt'], checkCommand: ['grep', '-q', 'right', 'b.txt'], timeout: '10s' }
const applied: ApplyResult = await apply(writeBlock({ name: 'b.txt', content: 'right\\n' }), { paths: ['b.txt'], new: true })
const checks: CheckResult[] = await Promise.all([check(command), check(command)])
const scored: ScoreResult = await score('a b', { minWords: 2, require: ['^a'] })
const rounds: StopRound[] = [{ score: 0.5 }, { score: 0.9 }]
const stopped: StopResult = await stop(rounds, { threshold: 0.8 })
console.log(applied.changed[0], checks.map(({ passed }) => passed).join(), scored.score, stopped.reason)
// @ts-expect-error: no option of lr-score
const wrong = await score('a', { minWord: 1 }).catch((error: unknown) => error instanceof ProgramFailure && error.status)
console.log(wrong)
const failed = await runLoop({ sources: ['none.txt'], maxCost: 1 }).summary.catch((error: Error) => error.name)
console.log(failed)
`

test('a strict TypeScript project uses the library', async () => {
  const folder = join(place.path, 'consumer')
  mkdirSync(folder)
  const files = {
    'package.json': '{ "type": "module", "private": true }',
    'use.ts': CONSUMER,
    'a.txt': 'broken\n',
    reply: '<<<< a.txt <<<<\nright\n>>>>>>>>\n',
  }
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  await execa('npm', ['install', '--offline', '--no-audit', '--no-fund', packed], {
    env,
    extendEnv: false,
    cwd: folder,
  })
  mkdirSync(join(folder, 'node_modules/@types'))
  symlinkSync(join(root, 'node_modules/@types/node'), join(folder, 'node_modules/@types/node'))
  const strict =
    '--strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess --target es2023 --lib es2023,esnext.disposable'
  const options = `${strict} --module nodenext --types node --outDir .`.split(' ')
  const { stdout: problems } = await execa('tsc', [...options, 'use.ts'], {
    preferLocal: true,
    localDir: root,
    cwd: folder,
    reject: false,
  })
  expect(problems).toBe('')
  await using server = await serve(send(200, chatStream(['over http'])))
  const { stdout, stderr } = await bash(`FAKE_URL=${server.url} node use.js`, folder)
  expect(stderr).toBe('')
  const last = ['over http function', 'began end 0 passed 1', 'b.txt true,true 1 passed', '2', 'LoopFailure']
  expect(stdout.split('\n').slice(-5)).toEqual(last)
})

test('uninstalling leaves nothing in the prefix', async () => {
  await npm('uninstall', '--global', '--prefix', prefix, 'loop-runner')
  const left = readdirSync(prefix, { recursive: true, encoding: 'utf8' })
  expect(left.filter((name) => /lr-|loop-runner/.test(name))).toEqual([])
})
