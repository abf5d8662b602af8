import { chmodSync, chownSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bash, run, tempFolder } from '@loop-runner/test-kit'
import { show } from './show.ts'

describe('a wrong lr.yaml is refused with the place, and what to do', () => {
  test.each([
    ['iteratons: 3', '1:1: unknown key "iteratons" (did you mean "iterations"?)'],
    ['# a\n\nloop:\n  itertions: 3', '4:3: unknown key "loop.itertions" (did you mean "iterations"?)'],
    ['loop:\n  zzz: 3', '2:3: unknown key "loop.zzz" (see lr-loop --help)'],
    ['zzz: 3', '1:1: unknown key "zzz" (see docs/configuration.md)'],
    ['constructor: 3', '1:1: unknown key "constructor" (see docs/configuration.md)'],
    ['loop: { toString: 3 }', '1:9: unknown key "loop.toString" (see lr-loop --help)'],
    ['__proto__: { iterations: 3 }', '1:1: unknown key "__proto__" (see docs/configuration.md)'],
    ['3: x', '1:1: unknown key "3" (see docs/configuration.md)'],
    ['iterations: many', '1:1: iterations: "many" is not a whole number'],
    ['iterations: 0', '1:1: iterations: 0 is out of range (1 to any)'],
    ['iterations: .inf', '1:1: iterations: ".inf" is not a whole number'],
    ['iterations: [3]', '1:1: iterations: expected a string'],
    ['iterations:', '1:1: iterations: expected a value (or remove the line)'],
    ['loop:\n  local: perhaps', '2:3: loop.local: expected true or false'],
    ['check-timeout: soon', '1:1: check-timeout: "soon" is not a duration (for example 30, 500ms, 2m, 1h, 1d)'],
    ['dirty: yes', '1:1: dirty: invalid value "yes" (choose from refuse, commit, carry)'],
    ['sources: { a: b }', '1:1: sources: expected a string'],
    ['check-command: a && b', '1:1: check-command: "&& b" needs a shell, and none is used (write [sh, -c, \'…\'])'],
    ['check-command: []', '1:1: check-command: the command is empty'],
    ['loop: fast', '1:1: loop: expected a mapping of the options of lr-loop'],
    [
      'llm: ./a.sh',
      '1:1: llm: expected a mapping of the options of lr-llm (the option llm of lr-loop belongs under "stages")',
    ],
    ['loop: { llm: ./a.sh }', '1:9: loop.llm: stands under "stages"'],
    [
      'check: npm test',
      '1:1: check: expected a mapping of the options of lr-check (the option check of lr-loop belongs under "stages"; the command itself is check-command)',
    ],
    ['loop: { check: npm test }', '1:9: loop.check: stands under "stages"; the command itself is check-command'],
    ['stages: ./a.sh', '1:1: stages: expected a mapping, with prompt, check, llm, apply, git'],
    ['stages: { lint: x }', '1:11: unknown key "stages.lint" (one of prompt, check, llm, apply, git)'],
    ['stages: { llm: [a, b] }', '1:11: stages.llm: expected a string'],
    [
      'stop: done',
      '1:1: stop: expected a mapping of the options of lr-stop (the option stop-command of lr-loop belongs under "loop")',
    ],
    ['resume: true', '1:1: resume: is for the command line only, not for a file'],
    ['profile: fast', '1:1: profile: is for the command line and the environment only, not for a file'],
    ['help: true', '1:1: help: is for the command line only, not for a file'],
    [
      'api-key: canary',
      '1:1: api-key: a key does not belong in a file (set a variable such as GROQ_API_KEY, or keep it: lr-llm keys set groq)',
    ],
    [
      'GROQ_API_KEY: canary',
      '1:1: unknown key "GROQ_API_KEY" (set a variable such as GROQ_API_KEY, or keep it: lr-llm keys set groq)',
    ],
    ['profiles: fast', '1:1: profiles: expected a mapping (NAME: { KEY: VALUE })'],
    ['profiles: { fast: 3 }', '1:13: profiles.fast: expected a mapping of options (KEY: VALUE)'],
    ['model: a\nmodel: b', '2:1: this key stands here twice (keep one)'],
    ['loop:\n\titerations: 3', '2:1: a tab (indent with blanks)'],
    ['--- {}\n--- {}', '2:1: a second document begins here (one is read)'],
    ['a: &a [*a]', '1:8: this alias stands for what it stands in'],
    ['- a', '1:1: expected a mapping of options (KEY: VALUE)'],
    ['text', '1:1: expected a mapping of options (KEY: VALUE)'],
    ['a: *b', '1:4: not YAML: no anchor "b" stands before it'],
    ['model: !secret x', '1:8: not YAML: Unresolved tag: !secret'],
    ['model: "a', '1:10: not YAML: Missing closing "quote'],
  ])('%j', async (yaml, message) => {
    using folder = tempFolder({ 'lr.yaml': yaml })
    const ran = await run('lr-loop', ['x', '--show-config'], { cwd: folder.path })
    expect(ran).toEqual({ status: 2, stdout: '', stderr: `lr-loop: ${folder.path}/lr.yaml:${message}\n` })
  })

  test.each([
    ['llm: { header: ["Authorization: Bearer canary"] }', '1:8: llm.header: a key does not belong in a file'],
    ['llm: { header: ["X-Api-Key: canary"] }', '1:8: llm.header: a key does not belong in a file'],
    ['llm: { key-env: GROQ_API_KEY }', '1:8: llm.key-env: is for the command line only, not for a file'],
    [
      'stop: a',
      '1:1: stop: expected a mapping of the options of lr-stop (the option stop-command of lr-loop belongs under "loop")',
    ],
  ])('lr-llm: %j', async (yaml, message) => {
    using folder = tempFolder({ 'lr.yaml': yaml })
    const { status, stderr } = await run('lr-llm', ['x', '--show-config'], { cwd: folder.path })
    expect(status).toBe(2)
    expect(stderr).toContain(`lr.yaml:${message}`)
    expect(stderr).not.toContain('canary')
  })

  test('a harmless header may stand in a file that is named', async () => {
    using folder = tempFolder({ 'a.yaml': 'llm: { header: ["X-Title: mine"] }\n' })
    const { shown } = await show('lr-llm', ['--config=a.yaml'], { cwd: folder.path })
    expect(shown['header']).toBe(`(hidden) # ${folder.path}/a.yaml:1`)
  })

  test.each(['itertions: 3', 'iterations: many', 'checkers: nope'])(
    'what is wrong in the section of another program does not matter: %j',
    async (line) => {
      using folder = tempFolder({ 'lr.yaml': `loop: { ${line} }\n` })
      expect(await run('lr-llm', ['x', '--show-config'], { cwd: folder.path })).toMatchObject({ status: 0 })
    },
  )

  test('lr-loop starts the other programs, so their sections have to be right, too', async () => {
    using folder = tempFolder({ 'lr.yaml': 'llm: { retries: many }\n' })
    const { stderr } = await run('lr-loop', ['x', '--show-config'], { cwd: folder.path })
    expect(stderr).toBe(`lr-loop: ${folder.path}/lr.yaml:1:8: llm.retries: "many" is not a whole number\n`)
    expect(await run('lr-loop', ['runs', '--show-config'], { cwd: folder.path })).toMatchObject({ status: 0 })
  })

  test('aliases that would multiply without end', async () => {
    const levels = Array.from({ length: 9 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(9)}]\n`)
    using folder = tempFolder({ 'lr.yaml': `a0: &a0 [x]\n${levels.join('')}` })
    const { status, stderr } = await run('lr-loop', ['x'], { cwd: folder.path })
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringContaining('lr.yaml:1:1: invalid YAML: Excessive alias count') as string,
    })
  })

  test.skipIf(process.getuid?.() !== 0)('one of a stranger in a folder above (as root)', async () => {
    using folder = tempFolder({ 'lr.yaml': 'model: x\n', 'mine/a': '' })
    chownSync(join(folder.path, 'lr.yaml'), 12_345, 12_345)
    const file = `${folder.path}/lr.yaml`
    expect(await run('lr-loop', ['x'], { cwd: join(folder.path, 'mine') })).toEqual({
      status: 2,
      stdout: '',
      stderr: `lr-loop: ${file}: belongs to another user (if you trust it: --config ${file})\n`,
    })
    const args = ['config', '--config', file]
    expect(await run('lr-loop', args, { cwd: join(folder.path, 'mine') })).toMatchObject({ status: 0 })
  })

  test.skipIf(process.getuid?.() === 0)('one that may not be read (not as root)', async () => {
    using folder = tempFolder({ 'lr.yaml': 'model: x\n' })
    chmodSync(join(folder.path, 'lr.yaml'), 0)
    const { stderr } = await run('lr-loop', ['x'], { cwd: folder.path })
    expect(stderr).toBe(`lr-loop: ${folder.path}/lr.yaml: permission denied\n`)
  })
})

test.each(['mkfifo lr.yaml', 'ln -s /dev/zero lr.yaml'])(
  'an lr.yaml that is no file is refused: %s',
  async (command) => {
    using folder = tempFolder({})
    await bash(command, { cwd: folder.path })
    const { status, stderr } = await run('lr-llm', ['--show-config'], { cwd: folder.path })
    expect(stderr).toBe(`lr-llm: ${join(folder.path, 'lr.yaml')}: not a regular file\n`)
    expect(status).toBe(2)
  },
)
