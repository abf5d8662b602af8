import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { run, tempFolder } from '@loop-runner/test-kit'

describe('lr-loop config', () => {
  test('prints what is set, as lr.yaml says it, with where it comes from', async () => {
    using folder = tempFolder({
      'lr.yaml': `model: groq
sources: [src]
loop: { iterations: 4 }
llm: { header: ['X-Title: mine'] }
stages: { llm: ./ask.sh }
checks:
  tests: npm test
checkers: node-syntax
layers: [tests]
profiles:
  fast:
    loop: { iterations: 1 }
    checks: { tests: npm run quick }
`,
      'home/loop-runner/config.yaml': 'checks: { tests: never, own: "true" }\n',
    })
    const env = {
      XDG_CONFIG_HOME: join(folder.path, 'home'),
      XDG_STATE_HOME: join(folder.path, 'state'),
      LR_API_KEY: 'canary',
      LR_LLM_TIMEOUT: '1m',
    }
    await run('lr-loop', ['trust'], { cwd: folder.path, env })
    const { status, stdout } = await run('lr-loop', ['config', '--profile', 'fast'], { cwd: folder.path, env })
    expect(status).toBe(0)
    expect(stdout.replaceAll(/ +#/g, ' #').replaceAll(folder.path, '')).toBe(
      `# /lr.yaml, profile fast
# /lr.yaml
# /home/loop-runner/config.yaml
check:
  checkers: "node-syntax" # /lr.yaml:8
checks:
  "tests": "npm run quick" # /lr.yaml:13
  "own": "true" # /home/loop-runner/config.yaml:1
layers: ["tests"] # /lr.yaml:9
llm:
  model: "groq" # /lr.yaml:1
 # api-key: (hidden) # environment LR_API_KEY
 # header: (hidden) # /lr.yaml:4
  timeout: 1m # environment LR_LLM_TIMEOUT
loop:
  sources: ["src"] # /lr.yaml:2
  model: "groq" # /lr.yaml:1
 # api-key: (hidden) # environment LR_API_KEY
  checkers: "node-syntax" # /lr.yaml:8
  iterations: 1 # /lr.yaml:12
  stages:
    llm: "./ask.sh" # /lr.yaml:5
`,
    )
  })

  test('a key that several commands read is printed once', async () => {
    const config = 'providers: { lab: { url: "http://127.0.0.1:1" } }\n'
    using home = tempFolder({ 'loop-runner/config.yaml': config })
    const { stdout } = await run('lr-loop', ['config'], { cwd: home.path, env: { XDG_CONFIG_HOME: home.path } })
    expect(stdout.match(/^providers:$/gm)).toHaveLength(1)
  })

  test('keys for scripts of the user are printed, those of the profile first, and not judged', async () => {
    using folder = tempFolder({
      'lr.yaml': `x-mine: { a: 1.10, b: [c] }
x-list: [a, b]
x-text: modle
profiles:
  fast:
    x-mine: { a: true, itertions: x }
`,
    })
    const { status, stdout, stderr } = await run('lr-loop', ['config', '--profile', 'fast'], { cwd: folder.path })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout.replaceAll(/ +#.*/g, '').trim()).toBe(`# ${folder.path}/lr.yaml, profile fast
# ${folder.path}/lr.yaml
x-mine:
  "a": true
  "itertions": "x"
  "b": ["c"]
x-list: ["a","b"]
x-text: "modle"`)
    expect((await run('lr-llm', ['--dry-run', '-m', 'groq', 'hi'], { cwd: folder.path })).status).toBe(0)
  })

  test('what it prints is an lr.yaml that says the same', async () => {
    using folder = tempFolder({
      'lr.yaml':
        'model: 1.10\niterations: 4\ncheck-command: [sh, -c, "a && b"]\nchecks: { a: [b, "c d"] }\nllm: { usage: true }\n',
    })
    const first = await run('lr-loop', ['config'], { cwd: folder.path })
    using again = tempFolder({ 'lr.yaml': first.stdout })
    const second = await run('lr-loop', ['config'], { cwd: again.path })
    const values = (text: string) => text.replaceAll(/ *#.*/g, '').trim()
    expect(values(second.stdout)).toBe(values(first.stdout))
    expect(values(first.stdout)).not.toBe('')
  })

  test('without anything', async () => {
    using folder = tempFolder()
    expect((await run('lr-loop', ['config'], { cwd: folder.path })).stdout).toBe(
      '# nothing is set: all is as by default (see --show-config of a program)\n',
    )
  })

  test('all that is wrong at once: every section, every profile', async () => {
    using folder = tempFolder({
      'lr.yaml':
        'modle: x\nloop: { itertions: 3 }\nllm:\n  retries: many\nprofiles:\n  fast: { git: { x: 1 }, api-key: y }\n',
    })
    const { status, stdout, stderr } = await run('lr-loop', ['config'], { cwd: folder.path })
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr.replaceAll(`lr-loop: ${folder.path}/`, '').split('\n')).toEqual([
      'lr.yaml:1:1: unknown key "modle" (did you mean "model"?)',
      'lr.yaml:2:9: unknown key "loop.itertions" (did you mean "iterations"?)',
      'lr.yaml:4:3: llm.retries: "many" is not a whole number',
      'lr.yaml:6:18: unknown key "git.x" (see lr-git --help)',
      'lr.yaml:6:26: api-key: a key does not belong in a file (set a variable such as GROQ_API_KEY, or keep it: lr-llm keys set groq)',
      '',
    ])
  })

  test.each([
    { args: [], file: 'lr.yaml' },
    { args: ['--config=other.yaml'], file: 'other.yaml' },
  ])('checks, checkers and layers are judged by lr-check, those of profiles too: $args', async ({ args, file }) => {
    using folder = tempFolder({
      [file]: 'checks: { a: b }\nprofiles:\n  one: { layers: [a] }\n  two: { layers: [zzz] }\n',
    })
    const env = { LR_PROFILE: 'one' }
    expect(await run('lr-loop', ['config', ...args], { cwd: folder.path, env })).toEqual({
      status: 2,
      stdout: '',
      stderr: `lr-loop: ${folder.path}/${file}:4:19: layers.0.0: unknown check or checker "zzz" (see lr-check --list)\n`,
    })
  })

  test('what is no YAML is refused like everywhere', async () => {
    using folder = tempFolder({ 'lr.yaml': 'a: [\n' })
    expect(await run('lr-loop', ['config'], { cwd: folder.path })).toMatchObject({ status: 2, stdout: '' })
  })
})
