import { chmodSync, chownSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { BIN, run, tempFolder } from '../testing.ts'

/** What `--show-config` says of each option: the value as JSON and, behind `#`, where it came from. */
async function show(program: string, args: string[], options: Parameters<typeof run>[2]) {
  const ran = await run(program, [...args, '--show-config'], options)
  const shown = Object.fromEntries(
    [...ran.stdout.matchAll(/^([\w-]+): *(.*?) +# (.*)$/gm)].map(([, name = '', value = '', origin = '']) => [
      name,
      `${value} # ${origin}`,
    ]),
  )
  return { ...ran, shown }
}

const NOTHING_SET = ' # not set'

describe('where an option comes from', () => {
  test('command line, environment, lr.yaml upwards, the user file, default: the first that sets it', async () => {
    using folder = tempFolder({
      'lr.yaml': 'iterations: 3\nloop:\n  model: from-section\n  timeout: 2m\nmodel: shared\n',
      'sub/x': '',
      'home/loop-runner/config.yaml': 'iterations: 9\ninstructions: mine\n',
    })
    const env = {
      XDG_CONFIG_HOME: join(folder.path, 'home'),
      LR_BRANCH: 'b',
      LR_LOOP_BRANCH: 'nearer',
      LR_API_KEY: 'canary',
    }
    const { shown, stdout } = await show('lr-loop', ['-i', '5', 'x'], { cwd: join(folder.path, 'sub'), env })
    expect(shown).toMatchObject({
      sources: '["x"] # command line',
      iterations: '"5" # command line',
      model: `"from-section" # ${folder.path}/lr.yaml:3`,
      timeout: `"2m" # ${folder.path}/lr.yaml:4`,
      branch: '"nearer" # environment LR_LOOP_BRANCH',
      instructions: `"mine" # ${folder.path}/home/loop-runner/config.yaml:2`,
      dirty: '"refuse" # default',
      'api-key': '(hidden) # environment LR_API_KEY',
    })
    expect(stdout).not.toContain('canary')
  })

  test('a name that means different things to different programs counts for one of them only', async () => {
    using folder = tempFolder()
    const ask = (variable: string) =>
      run('lr-llm', ['--show-config', '--timeout', '5'], { cwd: folder.path, env: { [variable]: '2' } })
    for (const name of ['STOP', 'TIMEOUT', 'MAX_TOKENS', 'CACHE']) {
      const message = `lr-llm: environment variable LR_${name}: means different things to different programs (set LR_LLM_${name})\n`
      expect(await ask(`LR_${name}`)).toMatchObject({ status: 2, stderr: message })
      expect(await ask(`LR_LLM_${name}`)).toMatchObject({ status: 0, stderr: '' })
      expect(await ask(`LR_LOOP_${name}`)).toMatchObject({ status: 0, stderr: '' })
    }
  })

  test.each([
    { what: 'a number is the text that it is written as', yaml: 'branch: 1.10\n', branch: '"1.10"' },
    { what: 'an alias is what it stands for', yaml: 'model: &m 007\nbranch: *m\n', branch: '"007"' },
    { what: 'a text in several lines', yaml: 'branch: |\n  a\n  b\n', branch: '"a\\nb\\n"' },
    { what: 'nothing in a section', yaml: 'loop:\n', branch: '' },
    { what: 'an empty file', yaml: '', branch: '' },
    { what: 'a comment alone', yaml: '# x\n', branch: '' },
  ])('$what', async ({ yaml, branch }) => {
    using folder = tempFolder({ 'lr.yaml': yaml })
    const { shown } = await show('lr-loop', ['x'], { cwd: folder.path })
    expect(shown['branch']?.split(' # ')[0]).toBe(branch)
  })

  test('a file that is named is read instead, and by LR_CONFIG too', async () => {
    using folder = tempFolder({ 'lr.yaml': 'branch: found\n', 'other.yaml': 'branch: named\n' })
    const origin = `"named" # ${folder.path}/other.yaml:1`
    expect((await show('lr-loop', ['--config=other.yaml'], { cwd: folder.path })).shown['branch']).toBe(origin)
    const env = { LR_CONFIG: 'other.yaml' }
    expect((await show('lr-loop', [], { cwd: folder.path, env })).shown['branch']).toBe(origin)
  })
})

describe('a profile', () => {
  const FILES = {
    'lr.yaml': `
model: strong
branch: base
profiles:
  fast:
    model: quick
    loop: { iterations: 2 }
    stages: { llm: ./quick.sh }
  empty:
loop:
  model: strongest
  iterations: 9
`,
    'home/loop-runner/config.yaml': 'branch: user\nprofiles:\n  fast: { branch: fast }\n  mine: { branch: mine }\n',
  }

  test.each([
    { from: '--profile', args: ['--profile', 'fast'], env: {} },
    { from: 'LR_PROFILE', args: [], env: { LR_PROFILE: 'fast' } },
  ])('chosen by $from lies over the files, the project over the user', async ({ args, env }) => {
    using folder = tempFolder(FILES)
    const options = { cwd: folder.path, env: { ...env, XDG_CONFIG_HOME: join(folder.path, 'home') } }
    expect((await show('lr-loop', args, options)).shown).toMatchObject({
      model: `"quick" # ${folder.path}/lr.yaml:6`,
      iterations: `2 # ${folder.path}/lr.yaml:7`.replace('2', '"2"'),
      llm: `"./quick.sh" # ${folder.path}/lr.yaml:8`,
      branch: `"fast" # ${folder.path}/home/loop-runner/config.yaml:3`,
    })
  })

  test('not chosen says nothing; an empty one neither', async () => {
    using folder = tempFolder(FILES)
    for (const args of [[], ['--profile=empty']]) {
      const { shown } = await show('lr-loop', args, { cwd: folder.path })
      expect(shown).toMatchObject({ model: `"strongest" # ${folder.path}/lr.yaml:11`, llm: NOTHING_SET })
    }
  })

  test.each([
    { program: 'lr-loop', name: 'fsat', says: 'unknown profile "fsat" (did you mean fast?)' },
    { program: 'lr-llm', name: 'constructor', says: 'unknown profile "constructor" (there are fast, empty)' },
  ])('$program: an unknown one, $name, is refused with those that there are', async ({ program, name, says }) => {
    using folder = tempFolder(FILES)
    const ran = await run(program, ['--profile', name, 'x'], { cwd: folder.path })
    expect(ran).toEqual({ status: 2, stdout: '', stderr: `${program}: ${says}\n` })
  })

  test('without a file is refused', async () => {
    using folder = tempFolder()
    const { stderr } = await run('lr-blocks', ['list', '--profile=fast'], { cwd: folder.path })
    expect(stderr).toBe('lr-blocks: unknown profile "fast" (there are none: they stand in lr.yaml, under "profiles")\n')
  })

  test('that is wrong is only refused where it is chosen', async () => {
    using folder = tempFolder({ 'lr.yaml': 'profiles:\n  bad:\n    loop:\n      iterations: many\n' })
    expect(await run('lr-loop', ['--show-config'], { cwd: folder.path })).toMatchObject({ status: 0 })
    expect(await run('lr-loop', ['--profile=bad'], { cwd: folder.path })).toEqual({
      status: 2,
      stdout: '',
      stderr: `lr-loop: ${folder.path}/lr.yaml:4:7: loop.iterations: "many" is not a whole number\n`,
    })
  })
})

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
    ['iterations: [3]', '1:1: iterations: a text is expected here'],
    ['iterations:', '1:1: iterations: a value is expected (or take the line out)'],
    ['loop:\n  local: perhaps', '2:3: loop.local: true or false is expected here'],
    ['check-timeout: soon', '1:1: check-timeout: "soon" is not a duration (for example 30, 500ms, 2m, 1h)'],
    ['dirty: yes', '1:1: dirty: "yes" is none of refuse, commit, carry'],
    ['sources: { a: b }', '1:1: sources: a text is expected here'],
    [
      'check-command: a && b',
      '1:1: check-command: no shell reads this, so "&& b" means nothing (write [sh, -c, \'…\'])',
    ],
    ['check-command: []', '1:1: check-command: the command is empty'],
    ['loop: fast', '1:1: loop: a mapping of the options of lr-loop is expected'],
    [
      'llm: ./a.sh',
      '1:1: llm: a mapping of the options of lr-llm is expected (a command in the place of the stage stands under "stages")',
    ],
    ['loop: { llm: ./a.sh }', '1:9: loop.llm: stands under "stages"'],
    ['stages: ./a.sh', '1:1: stages: a mapping is expected, with check, prompt, llm, apply, git'],
    ['stages: { lint: x }', '1:11: unknown key "stages.lint" (one of check, prompt, llm, apply, git)'],
    ['stages: { llm: [a, b] }', '1:11: stages.llm: a text is expected here'],
    ['stop: done', '1:1: stop: means different things to different programs (put it under loop or llm)'],
    ['max-cost: 2', '1:1: max-cost: means different things to different programs (put it under loop or llm)'],
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
    ['profiles: fast', '1:1: profiles: a mapping is expected (NAME: { KEY: VALUE })'],
    ['profiles: { fast: 3 }', '1:13: profiles.fast: a mapping of options is expected (KEY: VALUE)'],
    ['model: a\nmodel: b', '2:1: this key stands here twice (keep one)'],
    ['loop:\n\titerations: 3', '2:1: a tab (indent with blanks)'],
    ['--- {}\n--- {}', '2:1: a second document begins here (one is read)'],
    ['a: &a [*a]', '1:8: this alias stands for what it stands in'],
    ['- a', '1:1: a mapping of options is expected (KEY: VALUE)'],
    ['text', '1:1: a mapping of options is expected (KEY: VALUE)'],
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
    ['model: exec:canary', '1:1: model: runs a command, which a file that is only found must not (for lr-loop: stages'],
    ['llm: { fallback: "groq, exec:canary" }', '1:8: llm.fallback: runs a command, which a file that is only found'],
    ['stop: a', '1:1: stop: means different things to different programs (put it under llm or loop)'],
  ])('lr-llm: %j', async (yaml, message) => {
    using folder = tempFolder({ 'lr.yaml': yaml })
    const { status, stderr } = await run('lr-llm', ['x', '--show-config'], { cwd: folder.path })
    expect(status).toBe(2)
    expect(stderr).toContain(`lr.yaml:${message}`)
    expect(stderr).not.toContain('canary')
  })

  test("a command in the place of a model may stand in a file that is named, or that is the user's own", async () => {
    using folder = tempFolder({ 'other.yaml': 'model: exec:cat\n', 'loop-runner/config.yaml': 'model: exec:tac\n' })
    const options = { cwd: folder.path, stdin: 'hi', env: { XDG_CONFIG_HOME: folder.path } }
    expect(await run('lr-llm', ['--config=other.yaml', '-q'], options)).toMatchObject({ status: 0, stdout: 'hi\n' })
    expect((await show('lr-llm', [], options)).shown['model']).toContain('"exec:tac"')
  })

  test('a harmless header may stand there', async () => {
    using folder = tempFolder({ 'lr.yaml': 'llm: { header: ["X-Title: mine"] }\n' })
    expect((await show('lr-llm', [], { cwd: folder.path })).shown['header']).toBe(`(hidden) # ${folder.path}/lr.yaml:1`)
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
      stderr: expect.stringContaining('lr.yaml:1:1: not YAML that can be read: Excessive alias count') as string,
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

describe('sources and check-command', () => {
  test('hold in the folder of the file', async () => {
    using folder = tempFolder({ 'lr.yaml': 'sources: src\n', 'sub/x': '' })
    const ran = await run('lr-loop', [], { cwd: join(folder.path, 'sub') })
    expect(ran.stderr).toBe(
      `lr-loop: ${folder.path}/lr.yaml:1:1: sources: holds in the folder of the file (work there: -C ${folder.path})\n`,
    )
    const { shown } = await show('lr-loop', ['x'], { cwd: join(folder.path, 'sub') })
    expect(shown['sources']).toBe('["x"] # command line')
  })

  test('the command line prevails', async () => {
    using folder = tempFolder({ 'lr.yaml': 'sources: [src, lib]\ncheck-command: pytest -q "my tests"\n' })
    const { path: cwd } = folder
    expect((await show('lr-loop', [], { cwd })).shown).toMatchObject({
      sources: `["src","lib"] # ${cwd}/lr.yaml:1`,
      'check-command': `"pytest -q \\"my tests\\"" # ${cwd}/lr.yaml:2`,
    })
    const env = { LR_SOURCES: 'not these', LR_CHECK_COMMAND: 'nor this' }
    const ran = await run('lr-loop', ['--show-config', 'a', '--', 'true', 'x'], { cwd, env })
    expect(ran.stdout).toMatch(/^sources: \["a"\] +# command line\ncheck-command: \["true","x"\] +# command line\n/)
    expect((await run('lr-loop', ['--sources=a'], { cwd })).stderr).toContain('unknown option --sources')
  })
})

interface Coverage {
  readonly result: readonly {
    readonly url: string
    readonly functions: readonly {
      readonly ranges: readonly { startOffset: number; endOffset: number; count: number }[]
    }[]
  }[]
}

/** Whether a run of lr-blocks came to the module of its bundle that holds the yaml library, as V8 counted it. */
async function loadsYaml(files: Record<string, string>): Promise<boolean> {
  using folder = tempFolder(files)
  const coverage = join(folder.path, 'coverage')
  await run('lr-blocks', ['list'], { cwd: folder.path, env: { NODE_V8_COVERAGE: coverage } })
  const { result } = JSON.parse(readFileSync(join(coverage, readdirSync(coverage)[0] ?? ''), 'utf8')) as Coverage
  const bundle = result.find(({ url }) => url.endsWith('/dist/lr-blocks.cjs'))
  const at = readFileSync(join(BIN, '../dist/lr-blocks.cjs'), 'utf8').indexOf('Excessive alias count')
  expect(at).toBeGreaterThan(0)
  const around = (bundle?.functions ?? [])
    .flatMap(({ ranges: [whole] }) => whole ?? [])
    .filter(({ startOffset, endOffset, count }) => count > 0 && startOffset <= at && at < endOffset)
  // The outer two are the script and the function that Node wraps it in; the next is the module.
  return around.length > 2
}

test('the yaml library is loaded where there is a configuration file, and only there', async () => {
  expect(await loadsYaml({})).toBe(false)
  expect(await loadsYaml({ 'lr.yaml': '' })).toBe(true)
})
