import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { bash, hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import type { TrialResult } from '../src/trial-result.ts'

const suite = fileURLToPath(new URL('../../../examples/suite', import.meta.url))
const model = (skill: string) => `exec:${suite}/model.mjs ${skill} ${suite}/answers`
const cases = ['slug-js', 'clamp-js'].map((name) => join(suite, 'cases', name))
const parse = (text: string) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as TrialResult)
/** Without what differs each time. */
const steady = (results: readonly TrialResult[]) =>
  results.map((result) => ({ ...result, seconds: 0 })).toSorted((a, b) => a.case.localeCompare(b.case))

test.each([
  { skill: 'right', verdict: 'fixed', calls: 1, status: 0 },
  { skill: 'second', verdict: 'fixed', calls: 2, status: 0 },
  { skill: 'shallow', verdict: 'lied', calls: 1, status: 1 },
  { skill: 'never', verdict: 'failed', calls: 2, status: 1 },
])('a model of skill "$skill" is $verdict after $calls calls', async ({ skill, verdict, calls, status }) => {
  const ran = await run('lr-eval', ['run', '-i', '2', '-m', model(skill), ...cases])
  expect(ran.status, ran.stderr).toBe(status)
  expect(parse(ran.stdout)).toMatchObject([
    { case: 'slug-js', verdict, calls, fixed: verdict === 'fixed' },
    { case: 'clamp-js', verdict, calls, fixed: verdict === 'fixed' },
  ])
  expect(parse(ran.stdout)[0]?.promptBytes).toBeGreaterThan(500)
})

test('names of cases come from standard input', async () => {
  const ran = await run('lr-eval', ['run', '-m', model('right')], { stdin: `${cases.join('\n')}\n` })
  expect(parse(ran.stdout).map((result) => result.case)).toEqual(['slug-js', 'clamp-js'])
})

test('the same results come from several processes at a time, and after a kill', async () => {
  using folder = tempFolder()
  const words = `-q -i 2 --vary 'iterations=1,2' -m '${model('second')}'`
  const names = cases.map((name) => `'${name}'`).join(' ')
  const file = (name: string) => parse(readFileSync(join(folder.path, name), 'utf8'))
  await bash(`lr-eval run ${words} -o alone ${names}`, { cwd: folder.path })
  await bash(`printf '%s\\n' ${names} | xargs -P 2 -n 1 lr-eval run ${words} -o together`, { cwd: folder.path })
  const [first = '', second = ''] = readFileSync(join(folder.path, 'alone'), 'utf8').split('\n')
  writeFileSync(join(folder.path, 'killed'), `${first}\n${second.slice(0, 60)}`)
  const resumed = await bash(`lr-eval run ${words.replace('-q', '')} -o killed ${names}`, { cwd: folder.path })
  expect(steady(file('alone'))).toHaveLength(4)
  expect(steady(file('together'))).toEqual(steady(file('alone')))
  expect(resumed.stderr).toContain('killed: line 2: not a result, ignored')
  const lines = readFileSync(join(folder.path, 'killed'), 'utf8').split('\n')
  expect(lines[0]).toBe(first)
  const { stdout } = await run('lr-eval', ['table', '--by', 'case,iterations', 'killed'], { cwd: folder.path })
  expect(stdout).toBe(
    (await run('lr-eval', ['table', '--by', 'case,iterations', 'alone'], { cwd: folder.path })).stdout,
  )
})

test('a trial that cannot be made is an error with its message, and is tried again', async () => {
  using folder = tempFolder()
  const args = ['run', '-m', 'nowhere/x', '-o', 'results', cases[0] ?? '']
  const ran = await run('lr-eval', args, { cwd: folder.path })
  expect(ran.status).toBe(3)
  const [result] = parse(readFileSync(join(folder.path, 'results'), 'utf8'))
  expect(result).toMatchObject({ verdict: 'error', fixed: false })
  expect(result?.message).toContain('nowhere')
  expect((await run('lr-eval', args, { cwd: folder.path })).stderr).toContain('slug-js')
})

describe('a case', () => {
  const TREE = { 'a.txt': 'one\n' }
  const reply = '<<<< a.txt <<<<\ntwo\n>>>>>>>>\n'
  const loop = (path: string, ...args: string[]) =>
    run('lr-eval', ['run', '--set', `llm=cat ${path}/reply`, 'case', ...args], {
      cwd: path,
      env: { GROQ_API_KEY: 'secret' },
    })

  test('without repo/ is its own repository, and the check stands on the command line', async () => {
    using folder = tempFolder({ 'case/lr.yaml': 'sources: [a.txt]\n', 'case/a.txt': TREE['a.txt'], reply })
    const ran = await loop(folder.path, '--', 'grep', '-q', 'two', 'a.txt')
    expect(parse(ran.stdout), ran.stderr).toMatchObject([{ verdict: 'fixed', reason: 'passed' }])
    expect(readFileSync(join(folder.path, 'case/a.txt'), 'utf8')).toBe('one\n')
  })

  test.each([
    { check: 'grep -q two a.txt', verdict: 'fixed' },
    { check: 'grep -q three a.txt', verdict: 'lied' },
    { check: 'kill -KILL $$', verdict: 'lied' },
    { check: 'test -z "$GROQ_API_KEY"', verdict: 'fixed' },
    { check: 'no-such-program a.txt', verdict: 'error' },
    { check: 'exec env -i /no/such/interpreter a.txt', verdict: 'error' },
  ])('has the verdict $verdict if its program hidden/check is "$check"', async ({ check, verdict }) => {
    using folder = tempFolder({
      'case/repo/a.txt': TREE['a.txt'],
      'case/lr.yaml': 'sources: [a.txt]\ncheck-command: grep -q two a.txt\n',
      'case/hidden/check': `#!/bin/sh\n${check}\n`,
      reply,
    })
    await bash('chmod +x case/hidden/check', { cwd: folder.path })
    const ran = await loop(folder.path)
    expect(parse(ran.stdout), ran.stderr).toMatchObject([{ verdict, fixed: verdict === 'fixed', exitCode: 0 }])
    expect(parse(ran.stdout)[0]?.message === null).toBe(verdict !== 'error')
  })

  test.each([
    { command: 'grep -q three a.txt', verdict: 'lied' },
    { command: 'no-such-program', verdict: 'error' },
  ])('whose hidden lr.yaml checks by "$command" has the verdict $verdict', async ({ command, verdict }) => {
    using folder = tempFolder({
      'case/repo/a.txt': TREE['a.txt'],
      'case/lr.yaml': 'sources: [a.txt]\ncheck-command: grep -q two a.txt\n',
      'case/hidden/lr.yaml': `sources: [a.txt]\ncheck-command: ${command}\n`,
      reply,
    })
    const ran = await loop(folder.path)
    expect(parse(ran.stdout), ran.stderr).toMatchObject([{ verdict, exitCode: 0 }])
  })

  test('may have links to its parts', async () => {
    using folder = tempFolder({
      'shared/repo/a.txt': TREE['a.txt'],
      'shared/lr.yaml': 'sources: [a.txt]\ncheck-command: grep -q two a.txt\n',
      'shared/hidden/check': '#!/bin/sh\ngrep -q three a.txt\n',
      'case/.keep': '',
      reply,
    })
    await bash('chmod +x shared/hidden/check && ln -s ../shared/repo ../shared/hidden ../shared/lr.yaml case', {
      cwd: folder.path,
    })
    const ran = await loop(folder.path)
    expect(parse(ran.stdout), ran.stderr).toMatchObject([{ case: 'case', verdict: 'lied' }])
  })

  test.each([
    {
      what: 'whose hidden check is not executable',
      args: ['a/case'],
      says: 'a/case/hidden/check: not executable (chmod +x)',
    },
    {
      what: 'with the name of another one',
      args: ['b/case', './b/../c/case'],
      says: './b/../c/case: a second case of this name (the first: b/case)',
    },
  ])('$what is refused before any trial', async ({ args, says }) => {
    using folder = tempFolder({ 'a/case/hidden/check': '#!/bin/sh\n', 'b/case/a.txt': '', 'c/case/a.txt': '' })
    expect(await run('lr-eval', ['run', ...args], { cwd: folder.path })).toMatchObject({
      status: 2,
      stdout: '',
      stderr: `lr-eval: ${says}\n`,
    })
  })

  test('without git is tried all the same', async () => {
    using folder = tempFolder({
      'case/lr.yaml': 'sources: [a.txt]\n',
      'case/a.txt': TREE['a.txt'],
      reply,
      'bin/.keep': '',
    })
    await bash('for program in sh cat grep env node; do ln -s "$(command -v "$program")" bin/; done', {
      cwd: folder.path,
    })
    const args = ['run', '--set', `llm=cat ${folder.path}/reply`, 'case', '--', 'grep', '-q', 'two', 'a.txt']
    const ran = await run('lr-eval', args, { cwd: folder.path, env: { PATH: join(folder.path, 'bin') } })
    expect(parse(ran.stdout), ran.stderr).toMatchObject([{ verdict: 'fixed' }])
  })
})

test.each([
  { file: 'none/results', reason: 'no such file or directory' },
  { file: '.', reason: 'is a directory' },
])('-o $file is refused before any trial', async ({ file, reason }) => {
  using folder = tempFolder({ 'case/lr.yaml': 'sources: [a.txt]\n' })
  const args = ['run', '-o', file, 'case', '--', 'touch', join(folder.path, 'tried')]
  const { status, stderr } = await run('lr-eval', args, { cwd: folder.path })
  expect({ status, stderr }).toEqual({ status: 3, stderr: `lr-eval: ${file}: ${reason}\n` })
  expect(existsSync(join(folder.path, 'tried'))).toBe(false)
})

test.each([
  { signal: 'INT', status: 130 },
  { signal: 'TERM', status: 143 },
])(
  'an interrupt (SIG$signal) leaves neither files nor a result, and starts no further trial',
  async ({ signal, status }) => {
    using folder = tempFolder({ 'case/lr.yaml': 'sources: [a.txt]\n', 'case/a.txt': '', 'tmp/.keep': '' })
    // A background command of a shell without job control ignores SIGINT: hence set -m.
    const script = `set -m; mkfifo called
    lr-eval run -o results --repeat 2 --set "llm=echo called >> ../../../called; exec sleep 600" case -- false &
    read -r line < called; kill -${signal} $!; wait $!; echo $?; cat results; ls tmp`
    const ran = await bash(script, { cwd: folder.path, env: { TMPDIR: join(folder.path, 'tmp') } })
    expect(ran.stdout, ran.stderr).toBe(`${status}\n`)
  },
)

test('a full disk is an error', async () => {
  using folder = tempFolder({ 'case/lr.yaml': 'sources: [a.txt]\n', 'case/a.txt': '' })
  const args = ['run', '-o', '/dev/full', 'case', '--', 'true']
  const { status, stderr } = await run('lr-eval', args, { cwd: folder.path })
  expect({ status, stderr }).toEqual({ status: 3, stderr: 'lr-eval: /dev/full: no space left on device\n' })
})

test.each([
  { what: 'a folder that does not exist', args: ['none'], message: 'none: not a folder' },
  { what: 'no case', args: [], message: 'no case (name its folder)' },
  {
    what: 'an option of its own',
    args: ['--set', 'json=true', '.'],
    message: '"json=true": lr-eval sets --json itself',
  },
])('$what is invalid usage', async ({ args, message }) => {
  const { status, stderr } = await run('lr-eval', ['run', ...args])
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(`lr-eval: ${message}`) as string })
})

test.skipIf(!hasProgram('git'))("the user's runs are not listed with trials", async () => {
  using state = tempFolder()
  const env = { XDG_STATE_HOME: state.path }
  await run('lr-eval', ['run', '-m', model('right'), cases[0] ?? ''], { env })
  expect(await run('lr-loop', ['runs'], { env })).toMatchObject({ status: 1, stdout: '' })
})
