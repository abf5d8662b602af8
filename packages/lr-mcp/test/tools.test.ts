import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bash, hasProgram, run } from '@loop-runner/test-kit'
import { ALLOWED, BROKEN, CHECK, type Connection, environmentIn, MODEL, project, start } from './support/connect.ts'

test('a loop fixes a file; its run is listed, described, shown as a diff, and undone', async () => {
  using folder = project()
  await using server = await start(folder.path, [ALLOWED, MODEL], { home: folder.home })
  const { client, call } = server
  expect(await call('check')).toMatchObject({ isError: false, report: { exitCode: 1, passed: false } })
  const progress: string[] = []
  const asked = { check: CHECK, sources: ['a.txt'], noGit: true, iterations: 3 }
  const fixed = await call('fix', asked, { onProgress: (message) => progress.push(message) })
  const { run: name } = fixed.report
  expect(fixed).toMatchObject({
    isError: false,
    report: { exitCode: 0, passed: true, reason: 'passed', iterations: 1, scores: [0, 1], check: CHECK.join(' ') },
  })
  expect(fixed.report['budget']).toEqual({ calls: 3, seconds: 1800 })
  expect(progress[0]).toBe(`run ${String(name)}`)
  expect(progress).toContain('check passes (score 1)')
  expect(progress.at(-1)).toBe('ended: passed')
  expect((await call('check')).report).toMatchObject({ exitCode: 0, passed: true, runs: [{ outcome: 'pass' }] })
  expect((await call('runs')).report).toMatchObject({
    exitCode: 0,
    runs: [{ run: name, state: 'passed', sources: ['a.txt'] }],
  })
  mkdirSync(join(folder.path, 'sub'))
  expect((await call('runs', { directory: folder.path })).report).toMatchObject({ runs: [{ run: name }] })
  expect((await call('runs', { directory: 'sub' })).report).toEqual({ exitCode: 1, runs: [] })
  expect((await call('show', { run: name })).report).toMatchObject({ exitCode: 0, run: name, score: 1 })
  expect((await call('show', { run: name, reply: 1 })).text).toContain(BROKEN['.reply'])
  const diff = 'diff --git a/a.txt b/a.txt\n--- a/a.txt\n+++ b/a.txt\n@@ -1,1 +1,1 @@\n-broken\n+right\n'
  expect((await call('diff', { run: name })).text).toBe(diff)
  const { resources } = await client.listResources()
  expect(resources.map(({ uri }) => uri)).toEqual([`run://${String(name)}/report`, `run://${String(name)}/diff`])
  const [report, changes] = await Promise.all(resources.map(({ uri }) => client.readResource({ uri })))
  expect(report?.contents[0]).toMatchObject({ text: expect.stringContaining('passed') as string })
  expect(changes?.contents[0]).toMatchObject({ text: diff })
  expect((await call('undo', { run: name })).report).toMatchObject({ exitCode: 0, undone: 1 })
  expect(readFileSync(join(folder.path, 'a.txt'), 'utf8')).toBe('broken\n')
  expect(await call('undo', { run: name })).toMatchObject({ isError: false, report: { exitCode: 1, undone: 0 } })
})

test.skipIf(!hasProgram('git')).each([true, false])(
  'only replies of the run that is named are undone (git; without: %j)',
  async (noGit) => {
    const files = { 'a.txt': 'broken\n', '.reply': '<<<< a.txt <<<<\nright\n>>>>>>>>\n' }
    using folder = project({ ...files, '.gitignore': '.reply\n' })
    const text = () => readFileSync(join(folder.path, 'a.txt'), 'utf8')
    await bash('git init -q && git add -A && git -c user.name=t -c user.email=t@t commit -qm start', {
      cwd: folder.path,
    })
    writeFileSync(join(folder.home, '.gitconfig'), '[user]\n\tname = t\n\temail = t@t\n')
    await using server = await start(folder.path, [ALLOWED, '--allow-check=grep -q more a.txt', MODEL], {
      home: folder.home,
    })
    const fix = async (word: string) => {
      const asked = { check: ['grep', '-q', word, 'a.txt'], sources: ['a.txt'], noGit }
      return (await server.call('fix', asked)).report
    }
    const first = await fix('right')
    writeFileSync(join(folder.path, '.reply'), files['.reply'].replace('right', 'right more'))
    const second = await fix('more')
    const third = await fix('more')
    expect([first, second, third]).toMatchObject([{ exitCode: 0 }, { exitCode: 0 }, { exitCode: 0, iterations: 0 }])
    expect((await server.call('undo', { run: first['run'] })).report).toMatchObject({
      exitCode: noGit ? 1 : 3,
      undone: 0,
    })
    expect((await server.call('undo', { run: third['run'] })).report).toMatchObject({ exitCode: 1, undone: 0 })
    expect(text()).toBe('right more\n')
    expect((await server.call('undo', { run: second['run'], replies: 1 })).report).toMatchObject({ undone: 1 })
    expect((await server.call('undo', { run: second['run'] })).report).toMatchObject({ exitCode: 1, undone: 0 })
    expect(text()).toBe('right\n')
  },
)

describe('isError is set exactly if the exit code is 2 or more', () => {
  const server = shared([ALLOWED, '--allow-check=missing-program', '--max-cost=1', MODEL])

  test.each<[name: string, args: object, exitCode: number, text: RegExp]>([
    ['check', { check: CHECK }, 1, /^The check fails/],
    [
      'check',
      { check: ['true'] },
      2,
      /^check: true: not allowed \(allowed: grep -q right a\.txt \| missing-program; the user/,
    ],
    ['check', { check: ['missing-program'] }, 3, /^No result: /],
    ['check', { sources: ['none.txt'], check: CHECK }, 1, /fails/],
    ['fix', { sources: ['../x'] }, 2, /^\.\.\/x: "\.\." is not allowed/],
    ['fix', { sources: ['a.txt'], directory: 'none' }, 2, /^none: no such file or directory/],
    ['fix', { sources: ['a.txt'], directory: 'a.txt' }, 2, /^a\.txt: not a folder/],
    ['show', {}, 2, /no run was started in/],
    ['show', { run: '../../etc' }, 2, /no such run here/],
    ['show', { run: '20261129-015543296-cum3qc' }, 2, /no such run here/],
    ['runs', {}, 1, /^No runs/],
    ['score', { text: 'one two three', minWords: 3 }, 0, /^score 1: passes/],
    ['score', { text: 'one', minWords: 3 }, 1, /^score .*: does not pass\n1 word, at least 3 wanted$/],
    ['score', { text: '<<<< a <<<<\n', minWords: 1 }, 0, /passes/],
    ['score', { file: 'a.txt', mention: ['broken'] }, 0, /passes/],
    ['score', {}, 2, /give either text or file/],
    ['score', { text: 'a', require: ['('] }, 2, /./],
    ['stop', { action: 'step', loop: 'x', score: 1 }, 2, /no such loop \(start one/],
  ])('%s %j: %i', async (name, args, exitCode, text) => {
    // The default check is the only one without `*`, so a second one is named.
    const called = await server().call(name, name === 'check' || name === 'fix' ? { check: CHECK, ...args } : args)
    expect(called.text).toMatch(text)
    expect(called.report['exitCode']).toBe(exitCode)
    expect(called.isError).toBe(exitCode >= 2)
  })

  test.each<[name: string, args: object, text: RegExp]>([
    ['fix', { iterations: 21 }, /Too big: expected number to be <=20/],
    ['fix', { maxTime: 1801 }, /<=1800/],
    ['fix', { maxCost: 2 }, /<=1/],
    ['fix', { iterations: 0 }, />=1/],
    ['fix', { llm: 'touch x' }, /Unrecognized key: "llm"/],
    ['fix', { model: 'exec:touch x' }, /Unrecognized key: "model"/],
    ['fix', { reply: 'none' }, /Invalid option/],
    ['check', { check: 'grep' }, /expected array/],
    ['check', { check: ['a\0b'] }, /NUL/],
    ['score', { command: ['id'] }, /Unrecognized key: "command"/],
    ['stop', { action: 'go' }, /Invalid option/],
    ['nothing', {}, /not found/],
    ['constructor', {}, /./],
  ])('%s %j is refused by its schema', async (name, args, text) => {
    const called = await server().call(name, args)
    expect(called.text).toMatch(text)
    expect(called.isError).toBe(true)
  })
})

describe('nothing outside the root, or the roots of the client, is reached', () => {
  const folder = project()
  const { path, home } = folder
  mkdirSync(join(path, 'sub'))
  writeFileSync(join(home, 'secret'), 'right\n')
  symlinkSync(home, join(path, 'out'))
  symlinkSync(join(home, 'secret'), join(path, 'link'))
  symlinkSync(join(home, 'new'), join(path, 'dangling'))
  afterAll(() => folder[Symbol.dispose]())
  const allowed = ['--allow-check=cat **']
  const server = shared(allowed, folder)
  const call = async ({ call: ask }: Connection, args: object) => {
    const { text, report } = await ask('check', { check: ['cat', 'a.txt'], ...args })
    return { text: text.replaceAll(path, 'ROOT').replaceAll(home, 'HOME'), exitCode: report['exitCode'] }
  }

  test.each<[args: object, exitCode: number, text: RegExp]>([
    [{ directory: 'sub' }, 1, /fails/],
    [{ directory: '.' }, 0, /passes/],
    [{ directory: '/' }, 2, /^\/: outside ROOT/],
    [{ directory: '/etc' }, 2, /outside ROOT/],
    [{ directory: 'out' }, 2, /outside ROOT/],
    [{ directory: 'sub/..' }, 2, /".." is not allowed/],
    [{ directory: 'sub\\..\\..' }, 2, /".." is not allowed/],
    [{ directory: '' }, 2, /not a path/],
    [{ directory: '~' }, 2, /no such file/],
    [{ sources: ['/etc/passwd'] }, 2, /outside ROOT/],
    [{ sources: ['link'] }, 2, /outside ROOT/],
    [{ sources: ['out/secret'] }, 2, /outside ROOT/],
    [{ sources: ['out/none/x'] }, 2, /outside ROOT/],
    [{ sources: ['dangling'] }, 2, /a broken symbolic link/],
    [{ sources: ['a.txt/x'] }, 2, /not a directory/],
    [{ sources: ['--guard=../x'] }, 1, /fails/],
    [{ sources: ['completion', 'bash'] }, 1, /fails/],
  ])('%j: %i', async (args, exitCode, text) => {
    const called = await call(server(), args)
    expect(called.text).toMatch(text)
    expect(called.exitCode).toBe(exitCode)
  })

  test('a name that is too long is refused', async () => {
    const called = await call(server(), { sources: ['x'.repeat(5000)] })
    expect(called).toMatchObject({ exitCode: 2, text: expect.stringContaining('name too long') as string })
  })

  test.each<[roots: string[], args: object, exitCode: number, text: RegExp]>([
    [['ROOT'], {}, 0, /passes/],
    [['ROOT/..'], {}, 0, /passes/],
    [['/'], { directory: '/etc' }, 2, /outside ROOT/],
    [['ROOT/sub'], { check: ['cat', '/dev/null'] }, 0, /passes/],
    [['ROOT/sub'], { directory: '.' }, 2, /outside ROOT\/sub/],
    [['/etc'], {}, 2, /outside the roots of the client \(\/etc; start lr-mcp with -C/],
    [['vscode-remote://host/x', 'ROOT/sub'], { directory: 'sub', check: ['cat', '/dev/null'] }, 0, /passes/],
    [['vscode-remote://host/x'], {}, 2, /outside the roots of the client \(none/],
    [[], {}, 2, /outside the roots of the client \(none/],
  ])('roots %j, %j: %i', async (names, args, exitCode, text) => {
    const roots = names.map((name) => name.replace('ROOT', path))
    await using other = await start(path, allowed, { home, roots })
    const called = await call(other, args)
    expect(called.text).toMatch(text)
    expect(called.exitCode).toBe(exitCode)
  })
})

test('an lr.yaml that the user has not named is not used, and this is reported', async () => {
  using folder = project({ ...BROKEN, 'lr.yaml': "check-command: touch evil\nstages: { llm: 'touch evil' }\n" })
  await using server = await start(folder.path, [ALLOWED, MODEL], { home: folder.home })
  const { report } = await server.call('fix', { sources: ['a.txt'], noGit: true })
  expect(report).toMatchObject({ exitCode: 0, notice: expect.stringContaining('not trusted') as string })
})

test('the check of an lr.yaml that the user trusts needs no --allow-check, until the file changes', async () => {
  const config = 'check-command: grep -q right a.txt\nsources: [a.txt]\n'
  using folder = project({ ...BROKEN, 'lr.yaml': config })
  const trusted = await run('lr-loop', ['trust'], { cwd: folder.path, env: environmentIn(folder.home) })
  expect(trusted).toMatchObject({ status: 0 })
  await using server = await start(folder.path, [MODEL], { home: folder.home })
  expect((await server.call('fix', { noGit: true })).report).toMatchObject({ exitCode: 0, passed: true })
  writeFileSync(join(folder.path, 'lr.yaml'), `${config}# changed\n`)
  const refused = await server.call('check')
  expect(refused).toMatchObject({ isError: true, report: { exitCode: 2 } })
  expect(refused.text).toMatch(/lr\.yaml is not used: it has changed since it was trusted/)
})

test('attempts in a configuration do not multiply the budget', async () => {
  using folder = project({ ...BROKEN, 'lr.yaml': 'attempts: 3\niterations: 50\n', '.gitignore': 'asked\n' })
  await bash('git init -q && git add -A && git -c user.name=t -c user.email=t@t commit -qm start', { cwd: folder.path })
  const model = `--model=exec:echo >> '${folder.home}/asked'; date +%N`
  await using server = await start(folder.path, ['--config=lr.yaml', ALLOWED, model, '--max-calls=2'], {
    home: folder.home,
  })
  const { report } = await server.call('fix', { check: CHECK, sources: ['a.txt'], noGit: true })
  expect(report).toMatchObject({ exitCode: 1, usage: { calls: 2 }, budget: { calls: 2 } })
  expect(readFileSync(join(folder.home, 'asked'), 'utf8')).toBe('\n\n')
})

test('the check of an lr.yaml that the user names needs no --allow-check', async () => {
  using folder = project({ ...BROKEN, 'lr.yaml': 'check-command: grep -q right a.txt\nsources: [a.txt]\n' })
  await using server = await start(folder.path, ['--config=lr.yaml', MODEL], { home: folder.home })
  expect((await server.call('fix', { noGit: true })).report).toMatchObject({ exitCode: 0, passed: true })
  expect((await server.call('check', { check: CHECK })).report).toMatchObject({ exitCode: 2 })
})

test('a loop of the client stops by the rules of lr-stop', async () => {
  using folder = project()
  await using server = await start(folder.path, [], { home: folder.home })
  const { report } = await server.call('stop', { action: 'start', plateau: 0.01, iterations: 5 })
  const { loop } = report
  const step = async (score: number) => (await server.call('stop', { action: 'step', loop, score })).report
  expect(await step(0.5)).toMatchObject({ exitCode: 1, stop: false, reason: null })
  expect(await step(0.505)).toMatchObject({ exitCode: 1, stop: false })
  expect(await step(0.51)).toMatchObject({ exitCode: 0, stop: true, reason: 'plateau', best: { iteration: 3 } })
  expect(await server.call('stop', { action: 'step', loop })).toMatchObject({ isError: true, report: { exitCode: 2 } })
  expect((await server.call('stop', { action: 'end', loop })).report).toMatchObject({ scores: [0.5, 0.505, 0.51] })
  expect(await server.call('stop', { action: 'end', loop })).toMatchObject({ isError: true })
})

test('the prompt names the check that the user allowed; --tools limits the tools', async () => {
  using folder = project()
  await using server = await start(folder.path, [ALLOWED, '--tools=check,fix'], { home: folder.home })
  const { tools } = await server.client.listTools()
  expect(tools.map(({ name }) => name)).toEqual(['check', 'fix'])
  expect(
    tools.every(({ inputSchema, outputSchema }) => inputSchema.type === 'object' && outputSchema?.type === 'object'),
  ).toBe(true)
  const { messages } = await server.client.getPrompt({ name: 'make-check-pass', arguments: {} })
  expect(messages[0]?.content).toMatchObject({ text: expect.stringContaining(CHECK.join(' ')) as string })
})

/** One server for all tests of a group, each of which leaves the folder as it is. */
function shared(args: readonly string[], folder = project()): () => Connection {
  let server: Connection | undefined
  beforeAll(async () => {
    server = await start(folder.path, args, { home: folder.home })
  })
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]()
    folder[Symbol.dispose]()
  })
  return () => {
    if (server === undefined) throw new Error('no server')
    return server
  }
}
