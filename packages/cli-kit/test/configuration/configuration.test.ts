import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { run, tempFolder } from '@loop-runner/test-kit'
import { show } from './show.ts'

const NOTHING_SET = ' # not set'

describe('where an option comes from', () => {
  test('command line, environment, lr.yaml upwards, the user file, default: the first that sets it', async () => {
    using folder = tempFolder({
      'lr.yaml': 'iterations: 3\nloop:\n  model: from-section\n  max-time: 2m\nmodel: shared\n',
      'sub/x': '',
      'home/loop-runner/config.yaml': 'iterations: 9\ninstructions: mine\n',
    })
    const env = {
      XDG_CONFIG_HOME: join(folder.path, 'home'),
      LR_BRANCH: 'b',
      LR_LOOP_BRANCH: 'nearer',
      LR_API_KEY: 'sk-secret',
    }
    const { shown, stdout } = await show('lr-loop', ['-i', '5', 'x'], { cwd: join(folder.path, 'sub'), env })
    expect(shown).toMatchObject({
      sources: '["x"] # command line',
      iterations: '"5" # command line',
      model: `"from-section" # ${folder.path}/lr.yaml:3`,
      'max-time': `"2m" # ${folder.path}/lr.yaml:4`,
      branch: '"nearer" # environment LR_LOOP_BRANCH',
      instructions: `"mine" # ${folder.path}/home/loop-runner/config.yaml:2`,
      dirty: '"refuse" # default',
      'api-key': '(hidden) # environment LR_API_KEY',
    })
    expect(stdout).not.toContain('sk-secret')
  })

  test('another name of an option: command line, own variable and section of the program, not for all programs', async () => {
    using folder = tempFolder({
      'lr.yaml': 'loop: { llm-url: "http://127.0.0.1:2" }\n',
      'sub/lr.yaml': 'url: "http://127.0.0.1:4"\n',
    })
    const trusted = (path: string) => ['--config', join(folder.path, path)]
    const ask = async (argv: readonly string[], env: Record<string, string> = {}) =>
      (await show('lr-loop', [...argv, 'x'], { cwd: folder.path, env })).shown['url']
    const file = trusted('lr.yaml')
    expect(await ask([...file, '--llm-url=http://127.0.0.1:1'])).toBe('"http://127.0.0.1:1" # command line')
    expect(await ask(file, { LR_LOOP_LLM_URL: 'http://127.0.0.1:3' })).toBe(
      '"http://127.0.0.1:3" # environment LR_LOOP_LLM_URL',
    )
    expect(await ask(file, { LR_LLM_URL: 'http://127.0.0.1:3' })).toBe(
      `"http://127.0.0.1:2" # ${folder.path}/lr.yaml:1`,
    )
    expect(await ask(trusted('sub/lr.yaml'))).toBe(`"http://127.0.0.1:4" # ${folder.path}/sub/lr.yaml:1`)
  })

  test('a variable that is the own one of one program sets the option of that name in another, too', async () => {
    using folder = tempFolder()
    const options = { cwd: folder.path, env: { LR_CHECK_TIMEOUT: '7' } }
    const { shown: loop } = await show('lr-loop', ['x'], options)
    expect(loop['check-timeout']).toBe('"7" # environment LR_CHECK_TIMEOUT')
    const { shown: check } = await show('lr-check', ['x'], options)
    expect(check['timeout']).toBe('"7" # environment LR_CHECK_TIMEOUT')
  })

  test('another name that is no option of its own stands for all programs, too', async () => {
    using folder = tempFolder({ 'lr.yaml': 'linters: [json]\ntimeout: 3m\nllm-url: "http://127.0.0.1:5"\n' })
    const options = { cwd: folder.path }
    const trusted = ['--config', join(folder.path, 'lr.yaml')]
    const { shown } = await show('lr-loop', [...trusted, 'x'], options)
    expect(shown).toMatchObject({
      checkers: `["json"] # ${folder.path}/lr.yaml:1`,
      url: `"http://127.0.0.1:5" # ${folder.path}/lr.yaml:3`,
      // The time limit of lr-check and lr-llm.
      'max-time': NOTHING_SET,
    })
    const check = await show('lr-check', ['x'], { cwd: folder.path, env: { LR_LINTERS: 'ruff' } })
    expect(check.shown['checkers']).toBe('"ruff" # environment LR_LINTERS')
    expect((await show('lr-check', [...trusted, 'x'], options)).shown['checkers']).toBe(
      `["json"] # ${folder.path}/lr.yaml:1`,
    )
  })

  test('a variable for all programs sets the option in each that has it', async () => {
    using folder = tempFolder()
    for (const program of ['lr-check', 'lr-llm', 'lr-score']) {
      const { shown } = await show(program, [], { cwd: folder.path, env: { LR_TIMEOUT: '7' } })
      expect(shown['timeout']).toBe('"7" # environment LR_TIMEOUT')
    }
    const { shown } = await show('lr-loop', ['x'], { cwd: folder.path, env: { LR_TIMEOUT: '7', LR_MAX_COST: '2' } })
    expect(shown).toMatchObject({ 'max-time': NOTHING_SET, 'max-cost': '"2" # environment LR_MAX_COST' })
    // lr-stop takes its limits on the command line; lr-loop starts it with its own environment.
    const stop = (env: Record<string, string>) => run('lr-stop', ['--show-config'], { cwd: folder.path, env })
    expect(await stop({ LR_MAX_COST: '2' })).toMatchObject({ status: 0, stderr: '' })
    expect(await stop({ LR_STOP_MAX_COST: '2' })).toMatchObject({ status: 2 })
  })

  test('a key at the top does not concern a program that takes the option on the command line only', async () => {
    using folder = tempFolder({ 'lr.yaml': 'max-cost: 2\n' })
    const { shown } = await show('lr-loop', ['x'], { cwd: folder.path })
    expect(shown['max-cost']).toBe(`"2" # ${folder.path}/lr.yaml:1`)
    expect(await run('lr-stop', ['--show-config'], { cwd: folder.path })).toMatchObject({ status: 0, stderr: '' })
  })

  test('every variable of an option works, or is refused by name', async () => {
    using folder = tempFolder({ 'config.yaml': '', 'lr.yaml': 'profiles:\n  p: {}\n' })
    const values: Record<string, string> = {
      task: 'fix',
      reply: 'edit',
      tokenizer: 'o200k',
      config: 'config.yaml',
      profile: 'p',
    }
    const options = Object.keys((await show('lr-prompt', [], { cwd: folder.path })).shown)
    const commandLineOnly: string[] = []
    for (const name of options) {
      const variable = `LR_PROMPT_${name.replaceAll('-', '_').toUpperCase()}`
      const env = { [variable]: values[name] ?? '1' }
      const { status, stdout, stderr } = await run('lr-prompt', ['--show-config'], { cwd: folder.path, env })
      if (status === 0) expect(stdout).toMatch(new RegExp(`^${name}: .*# environment ${variable}$`, 'm'))
      else {
        expect(stderr).toBe(
          `lr-prompt: environment variable ${variable}: --${name} is for the command line only (unset it)\n`,
        )
        commandLineOnly.push(name)
      }
    }
    expect(options).toContain('template')
    expect(commandLineOnly.sort()).toEqual([
      'allow-secrets',
      'directory',
      'help',
      'print-template',
      'show-config',
      'version',
    ])
  })

  test.each(['lr-prompt', 'lr-llm', 'lr-check', 'lr-loop', 'lr-apply', 'lr-score'])(
    'an empty variable is an unset one: %s',
    async (program) => {
      using folder = tempFolder({ 'lr.yaml': 'verbose: true\n' })
      const { shown, stdout } = await show(program, ['x'], { cwd: folder.path })
      const upper = Object.keys(shown).map((name) => name.replaceAll('-', '_').toUpperCase())
      const own = program.replace('-', '_').toUpperCase()
      const names = [...upper, 'CONFIG', 'PROFILE'].flatMap((name) => [`LR_${name}`, `${own}_${name}`])
      const env = Object.fromEntries(names.map((name) => [name, '']))
      expect((await show(program, ['x'], { cwd: folder.path, env })).stdout).toBe(stdout)
    },
  )

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
    label: quick
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
      label: `"quick" # ${folder.path}/lr.yaml:8`,
      branch: `"fast" # ${folder.path}/home/loop-runner/config.yaml:3`,
    })
  })

  test('not chosen says nothing; an empty one neither', async () => {
    using folder = tempFolder(FILES)
    for (const args of [[], ['--profile=empty']]) {
      const { shown } = await show('lr-loop', args, { cwd: folder.path })
      expect(shown).toMatchObject({ model: `"strongest" # ${folder.path}/lr.yaml:11`, label: NOTHING_SET })
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

describe('sources and check-command', () => {
  test('are read from a file above; the command line prevails', async () => {
    using folder = tempFolder({ 'lr.yaml': 'sources: src\n', 'sub/x': '' })
    const above = await show('lr-loop', [], { cwd: join(folder.path, 'sub') })
    expect(above.shown['sources']).toContain('src')
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
  readonly result: readonly { readonly url: string }[]
}

/** Whether a run of lr-blocks loaded the yaml library, as V8 counted it. */
async function loadsYaml(files: Record<string, string>): Promise<boolean> {
  using folder = tempFolder(files)
  const coverage = join(folder.path, 'coverage')
  await run('lr-blocks', ['list'], { cwd: folder.path, env: { NODE_V8_COVERAGE: coverage } })
  const { result } = JSON.parse(readFileSync(join(coverage, readdirSync(coverage)[0] ?? ''), 'utf8')) as Coverage
  expect(result.map(({ url }) => url)).toContainEqual(expect.stringMatching(/\/dist\/lr-blocks\.cjs$/))
  return result.some(({ url }) => url.endsWith('/dist/yaml.cjs'))
}

test('the yaml library is loaded where there is a configuration file, and only there', async () => {
  expect(await loadsYaml({})).toBe(false)
  expect(await loadsYaml({ 'lr.yaml': '' })).toBe(true)
})
