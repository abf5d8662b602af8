import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { run, tempFolder } from '@loop-runner/test-kit'
import { show } from './show.ts'

/** A project with this lr.yaml, and the state and the configuration of a user beside it. */
function project(yaml: string) {
  const folder = tempFolder({ 'work/lr.yaml': yaml, 'work/sub/a': '' })
  const path = join(folder.path, 'work')
  const env = { XDG_STATE_HOME: join(folder.path, 'state'), XDG_CONFIG_HOME: join(folder.path, 'config') }
  return {
    path,
    file: join(path, 'lr.yaml'),
    outer: folder.path,
    options: { cwd: path, env },
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  }
}

const REFUSED = 'refused, since the file is not trusted (read it, then run: lr-loop trust; or name it: --config FILE)'
const CHANGED = REFUSED.replace('is not trusted', 'has changed since you trusted it')

/** Program, lr.yaml, key. Where a shared key serves lr-loop, too, it refuses the same. */
const ROWS: readonly (readonly [string, string, string])[] = [
  ['lr-llm', 'llm: { record: ../x }', '1:8: llm.record'],
  ['lr-llm', 'record: ../x', '1:1: record'],
  ['lr-llm', 'llm: { cache: /tmp }', '1:8: llm.cache'],
  ['lr-llm', 'llm: { events: e }', '1:8: llm.events'],
  ['lr-llm', 'llm: { url: http://127.0.0.1:1 }', '1:8: llm.url'],
  ['lr-llm', 'url: http://127.0.0.1:1', '1:1: url'],
  ['lr-llm', 'llm: { header: "X-A: b" }', '1:8: llm.header'],
  ['lr-llm', 'llm: { body: [a=1] }', '1:8: llm.body'],
  ['lr-llm', 'llm: { ca-file: a.pem }', '1:8: llm.ca-file'],
  ['lr-llm', 'llm: { schema: a.json }', '1:8: llm.schema'],
  ['lr-llm', 'llm: { host: 0.0.0.0 }', '1:8: llm.host'],
  ['lr-llm', 'model: exec:canary', '1:1: model'],
  ['lr-llm', 'llm: { fallback: "groq, exec:canary" }', '1:8: llm.fallback'],
  ['lr-llm', 'providers: { lab: { url: http://127.0.0.1:1 } }', '1:1: providers'],
  ['lr-loop', 'stages: { llm: canary }', '1:11: stages.llm'],
  ['lr-loop', 'loop: { stages: { check: canary } }', '1:19: loop.stages.check'],
  ['lr-loop', 'loop: { stop: [canary] }', '1:9: loop.stop'],
  ['lr-loop', 'loop: { llm-url: http://127.0.0.1:1 }', '1:9: loop.llm-url'],
  ['lr-loop', 'llm-url: http://127.0.0.1:1', '1:1: llm-url'],
  ['lr-loop', 'loop: { models: [groq, exec:canary] }', '1:9: loop.models'],
  ['lr-check', 'check: { pass-env: GROQ_API_KEY }', '1:10: check.pass-env'],
  ['lr-check', 'check: { sandbox: none }', '1:10: check.sandbox'],
]

describe('an option that needs trust, in an lr.yaml that is found', () => {
  test.each(ROWS)('%s: %s', async (program, yaml, place) => {
    using folder = project(yaml)
    const { options, file } = folder
    const message = (why: string) => ({ status: 2, stdout: '', stderr: `${program}: ${file}:${place}: ${why}\n` })
    const ask = (extra: readonly string[] = []) => run(program, ['--show-config', ...extra], options)
    expect(await ask()).toEqual(message(REFUSED))
    expect(await run('lr-loop', ['--show-config'], options)).toMatchObject({ status: 2 })
    expect(await ask(['--config=lr.yaml'])).toMatchObject({ status: 0 })
    expect(await run('lr-loop', ['trust'], options)).toMatchObject({ status: 0, stdout: '' })
    expect(await ask()).toMatchObject({ status: 0, stderr: '' })
    writeFileSync(file, `${yaml}\n`)
    expect(await ask()).toEqual(message(CHANGED))
  })

  test('is used from a folder below, and by another name of the folder', async () => {
    using folder = project('llm: { record: x }\n')
    const { options, outer } = folder
    symlinkSync('work', join(outer, 'link'))
    const from = (cwd: string) => run('lr-llm', ['--show-config', `--directory=${cwd}`], options)
    for (const cwd of ['.', 'sub', '../link']) expect(await from(cwd)).toMatchObject({ status: 2 })
    expect(await run('lr-loop', ['trust', '../link'], options)).toMatchObject({ status: 0 })
    for (const cwd of ['.', 'sub', '../link']) expect(await from(cwd)).toMatchObject({ status: 0 })
  })

  test('is refused in another folder, although the file is the same or a link to one that is trusted', async () => {
    using folder = project('llm: { record: x }\n')
    const { options, file, outer } = folder
    await run('lr-loop', ['trust'], options)
    const other = join(outer, 'other')
    mkdirSync(other)
    symlinkSync(file, join(other, 'lr.yaml'))
    expect(await run('lr-llm', ['--show-config'], { ...options, cwd: other })).toMatchObject({ status: 2 })
  })

  test('is refused in a profile, where that is chosen', async () => {
    using folder = project('profiles: { fast: { llm: { record: x } } }\n')
    const { options } = folder
    expect(await run('lr-llm', ['--show-config'], options)).toMatchObject({ status: 0 })
    const ran = await run('lr-llm', ['--show-config', '--profile=fast'], options)
    expect(ran).toMatchObject({ status: 2, stderr: expect.stringContaining('llm.record: refused') })
  })

  test("needs no trust in the user's own file", async () => {
    using folder = project('')
    const { options, outer } = folder
    mkdirSync(join(outer, 'config/loop-runner'), { recursive: true })
    writeFileSync(join(outer, 'config/loop-runner/config.yaml'), 'llm: { record: mine }\nmodel: exec:tac\n')
    const { shown } = await show('lr-llm', [], options)
    expect(shown['record']).toContain('"mine"')
    expect(shown['model']).toContain('"exec:tac"')
  })
})

test.each([
  'sources: [src]\ncheck-command: npm test\n',
  'checks: { a: ./check.sh }\ncheckers: { x: { kind: lint, types: [text], command: [grep, a], exit: { pass: [1], fail: [0] } } }\nlayers: [a]\n',
  'model: groq/x\nloop: { iterations: 3, max-cost: 1, models: [groq, mistral] }\nllm: { fallback: groq }\n',
  'check: { sandbox: strict, timeout: 2m }\ngit: { dirty: carry }\n',
])('the rest is used without: %j', async (yaml) => {
  using folder = project(yaml)
  for (const program of ['lr-loop', 'lr-llm', 'lr-check'])
    expect(await run(program, ['--show-config'], folder.options)).toMatchObject({ status: 0, stderr: '' })
})

describe('lr-loop trust', () => {
  test('lists what is trusted, and what of it has changed or is gone; --remove ends it', async () => {
    using folder = project('record: x\n')
    const { options, file, outer } = folder
    const list = async () => (await run('lr-loop', ['trust', '--list'], options)).stdout
    expect(await list()).toBe('')
    expect(await run('lr-loop', ['trust', '--remove'], options)).toMatchObject({ status: 1 })
    await run('lr-loop', ['trust'], options)
    expect(await list()).toBe(`${file}\n`)
    writeFileSync(file, 'record: y\n')
    expect(await list()).toBe(`${file} (changed)\n`)
    writeFileSync(join(outer, 'gone.yaml'), '')
    await run('lr-loop', ['trust', '../gone.yaml'], options)
    await run('rm', [join(outer, 'gone.yaml')])
    expect((await list()).split('\n')).toContain(`${outer}/gone.yaml (removed)`)
    expect(await run('lr-loop', ['trust', '--remove', '../gone.yaml'], options)).toMatchObject({ status: 0 })
    expect(await run('lr-loop', ['trust', '--remove'], options)).toMatchObject({ status: 0 })
    expect(await list()).toBe('')
    expect(await run('lr-llm', ['--show-config'], options)).toMatchObject({ status: 2 })
  })

  test('records for the user alone, and leaves no drafts', async () => {
    using folder = project('record: x\n')
    const { options, outer } = folder
    await Promise.all(['.', 'lr.yaml', '.', '../work'].map((name) => run('lr-loop', ['trust', name], options)))
    const place = join(outer, 'state/loop-runner/trusted')
    const names = readdirSync(place)
    expect(names).toHaveLength(1)
    expect(statSync(place).mode & 0o777).toBe(0o700)
    expect(statSync(join(place, names[0] ?? '')).mode & 0o777).toBe(0o600)
  })

  test('a record that is damaged trusts nothing', async () => {
    using folder = project('record: x\n')
    const { options, outer } = folder
    await run('lr-loop', ['trust'], options)
    const place = join(outer, 'state/loop-runner/trusted')
    for (const text of ['', '{', 'null', '{"path": 1}']) {
      for (const name of readdirSync(place)) writeFileSync(join(place, name), text)
      expect(await run('lr-llm', ['--show-config'], options)).toMatchObject({ status: 2 })
      expect(await run('lr-loop', ['trust', '--list'], options)).toMatchObject({ status: 0, stdout: '' })
    }
  })

  test.each([
    { what: 'no lr.yaml', args: ['trust', 'sub'], status: 2, says: 'sub/lr.yaml: no such file' },
    { what: '--list with a file', args: ['trust', '--list', '.'], status: 2, says: '--list takes no FILE' },
    { what: 'two files', args: ['trust', 'a', 'b'], status: 2, says: 'unexpected operand "b"' },
  ])('refuses $what', async ({ args, status, says }) => {
    using folder = project('')
    const ran = await run('lr-loop', args, folder.options)
    expect(ran).toMatchObject({ status, stdout: '', stderr: expect.stringContaining(says) })
  })

  test('a state folder that cannot be written is an error', async () => {
    using folder = project('record: x\n')
    const { options, outer } = folder
    writeFileSync(join(outer, 'state'), '')
    const message = expect.stringMatching(/^lr-loop: .*\/trusted\/\w+: not a directory\n$/)
    expect(await run('lr-loop', ['trust'], options)).toEqual({ status: 3, stdout: '', stderr: message })
    expect(await run('lr-loop', ['trust', '--remove'], options)).toMatchObject({ status: 1 })
    expect(await run('lr-loop', ['trust', '--list'], options)).toMatchObject({ status: 0, stdout: '' })
  })

  test('lr-loop init works below a file that is not trusted', async () => {
    using folder = project('record: x\n')
    const ran = await run('lr-loop', ['init', '-C', 'sub'], folder.options)
    expect(ran, ran.stderr).toMatchObject({ status: 0 })
  })

  test('what lr-loop init writes is trusted until it changes', async () => {
    using folder = tempFolder({ 'work/a.js': '', 'state/.keep': '' })
    const options = { cwd: join(folder.path, 'work'), env: { XDG_STATE_HOME: join(folder.path, 'state') } }
    expect(await run('lr-loop', ['init'], options)).toMatchObject({ status: 0 })
    const list = async () => (await run('lr-loop', ['trust', '--list'], options)).stdout
    expect(await list()).toBe(`${folder.path}/work/lr.yaml\n`)
    writeFileSync(join(options.cwd, 'lr.yaml'), 'record: x\n')
    expect(await list()).toBe(`${folder.path}/work/lr.yaml (changed)\n`)
  })
})

test('an answer is not appended to a file that a folder names', async () => {
  using folder = project("llm: { model: 'replay:replies', record: ../home/.bashrc }\n")
  const { options, path, outer } = folder
  mkdirSync(join(path, 'replies'))
  mkdirSync(join(outer, 'home'))
  writeFileSync(join(path, 'replies/1.txt'), 'canary\n')
  expect(await run('lr-llm', ['hi'], options)).toMatchObject({ status: 2, stdout: '' })
  expect(existsSync(join(outer, 'home/.bashrc'))).toBe(false)
  await run('lr-loop', ['trust'], options)
  expect(await run('lr-llm', ['hi'], options)).toMatchObject({ status: 0, stdout: 'canary\n' })
  expect(readFileSync(join(outer, 'home/.bashrc'), 'utf8')).toContain('canary')
})
