import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { BIN, bareEnvironment, hasProgram, run, tempFolder } from '@loop-runner/test-kit'

const RUN = '20261128-101112000-abc123'
const PROGRAMS = ['lr-loop', 'lr-check', 'lr-llm', 'lr-git']

/** Programs that complete as ours do, and print their arguments instead of working. */
function fakePrograms(folder: string): void {
  for (const name of PROGRAMS) {
    const path = join(folder, name)
    const script = `#!/bin/sh\n[ "$1" = --get-completions ] && exec '${BIN}/${name}' "$@"\nprintf '<%s>' "$@"; echo\n`
    writeFileSync(path, script)
    chmodSync(path, 0o755)
  }
}

const BEFORE: Readonly<Record<string, { args: string; start: string }>> = {
  bash: { args: '--norc --noprofile -i', start: 'source completion' },
  zsh: { args: '-f -i', start: 'autoload -U compinit; compinit -u -D; source completion' },
}

/** What a real shell on a terminal prints for a line with tabs in it. */
async function type(shell: string, line: string): Promise<string> {
  using folder = tempFolder({
    'spec.md': '',
    'sub/inner.txt': '',
    'lr.yaml': 'profiles: {fast: {iterations: 2}, thorough: {}}\n',
    'home/.keep': '',
  })
  const fake = join(folder.path, 'fake')
  mkdirSync(fake)
  mkdirSync(join(folder.path, 'state/loop-runner/runs', RUN), { recursive: true })
  fakePrograms(fake)
  const bare = bareEnvironment()
  const env = { PATH: `${fake}:${bare['PATH']}`, XDG_STATE_HOME: join(folder.path, 'state'), TERM: 'dumb', PS1: '' }
  const home = { HOME: join(folder.path, 'home') }
  const { stdout: script } = await run('lr-loop', ['completion', shell])
  writeFileSync(join(folder.path, 'completion'), script)
  const { args = '', start = '' } = BEFORE[shell] ?? {}
  if (shell === 'fish') {
    const words = `source completion; complete -C '${line.replaceAll('\t', '')}'`
    return (await run('fish', ['--no-config', '-c', words], { cwd: folder.path, env: { ...env, ...home } })).stdout
  }
  const { stdout } = await run('script', ['-qec', `${shell} ${args}`, '/dev/null'], {
    cwd: folder.path,
    env: { ...env, ...home },
    stdin: `${start}\n${line}\n\x15exit\n`,
  })
  return stdout
}

/** What is typed, and what bash and zsh then run, and one of the words that fish offers. */
const UNIQUE = [
  { line: 'lr-loop --dirt\t', ran: '<--dirty>', offered: '--dirty\t' },
  { line: 'lr-loop --dirty ca\t', ran: '<--dirty><carry>', offered: 'carry' },
  { line: 'lr-loop --dirty=ca\t', ran: '<--dirty=carry>', offered: '--dirty=carry' },
  { line: 'lr-check -c pytes\t', ran: '<-c><pytest>', offered: 'pytest' },
  { line: 'lr-check -c ruff,pytes\t', ran: '<-c><ruff,pytest>', offered: 'ruff,pytest' },
  { line: 'lr-check -cpytes\t', ran: '<-cpytest>', offered: '-cpytest' },
  { line: 'lr-llm -m gr\t', ran: '<-m><groq/>', offered: 'groq/' },
  { line: 'lr-llm --model=gr\t', ran: '<--model=groq/>', offered: '--model=groq/' },
  { line: 'lr-loop -m gr\t', ran: '<-m><groq/>', offered: 'groq/' },
  { line: 'lr-loop show \t', ran: `<show><${RUN}>`, offered: RUN },
  { line: 'lr-loop --resume 2026\t', ran: `<--resume><${RUN}>`, offered: RUN },
  { line: 'lr-loop sho\t', ran: '<show>', offered: 'show\t' },
  { line: 'lr-git comm\t', ran: '<commit>', offered: 'commit\t' },
  { line: 'lr-loop --profile th\t', ran: '<--profile><thorough>', offered: 'thorough' },
  { line: 'lr-loop --context sp\t', ran: '<--context><spec.md>', offered: 'spec.md' },
  { line: 'lr-loop --context=sp\t', ran: '<--context=spec.md>', offered: '--context=spec.md' },
  { line: 'lr-loop sp\t', ran: '<spec.md>', offered: 'spec.md' },
  { line: 'lr-loop sub/in\t', ran: '<sub/inner.txt>', offered: 'sub/inner.txt' },
]

for (const shell of ['bash', 'zsh']) {
  test.runIf(hasProgram(shell) && hasProgram('script')).for(UNIQUE)(
    `${shell} completes $line`,
    async ({ line, ran }) => {
      expect(await type(shell, line)).toContain(ran)
    },
  )

  test.runIf(hasProgram(shell) && hasProgram('script'))(`${shell} lists what begins alike`, async () => {
    const listed = await type(shell, 'lr-loop --di\t\t\t')
    expect(listed).toContain('--dirty')
    expect(listed).toContain('--directory')
  })
}

test.runIf(hasProgram('fish')).for(UNIQUE)('fish completes $line', async ({ line, offered }) => {
  expect(await type('fish', line)).toContain(offered)
})

test.each([
  { args: ['lr-loop', ''], words: ['init', 'completion'], last: ':files' },
  { args: ['lr-loop', 'a', ''], words: [], last: ':files' },
  { args: ['lr-loop', '--', ''], words: [], last: ':commands' },
  { args: ['lr-loop', '--', 'sh', ''], words: [], last: ':files' },
  { args: ['lr-check', '--changed', ''], words: [], last: ':files' },
  { args: ['lr-check', 'completion', ''], words: ['bash', 'zsh', 'fish'], last: ':nothing' },
  { args: ['lr-check', '--list', '--lis'], words: [], last: ':nothing' },
  { args: ['lr-check', '--iterations'], words: [], last: ':nothing' },
  { args: ['lr-loop', '--dirty', 'x'], words: [], last: ':nothing' },
  { args: ['lr-loop', '-C', ''], words: [], last: ':folders' },
  { args: ['lr-loop', '--nonsense', '--dirt'], words: ['--dirty'], last: ':nothing' },
  { args: ['lr-git', 'undo', '--en'], words: ['--engine'], last: ':nothing' },
  { args: ['lr-llm', 'keys', 'set', 'gr'], words: ['groq'], last: ':nothing' },
  { args: ['lr-llm', ''], words: ['models', 'keys', 'serve', 'completion'], last: ':nothing' },
  { args: ['lr-loop', 'completion', ''], words: ['bash', 'zsh', 'fish'], last: ':nothing' },
])('$args is answered with $words and $last', async ({ args: [program = '', ...args], words, last }) => {
  const { stdout, status } = await run(program, ['--get-completions', ...args])
  const lines = stdout.trimEnd().split('\n')
  expect(status).toBe(0)
  expect(lines.at(-1)).toBe(last)
  const offered = lines.slice(0, -1).map((line) => line.split('\t')[0])
  expect(offered).toEqual(words.length === 0 ? [] : expect.arrayContaining(words))
})

test.each([
  { args: ['completion'], status: 2 },
  { args: ['completion', 'tcsh'], status: 2 },
  { args: ['completion', 'bash', 'zsh'], status: 2 },
])('lr-loop $args is exit code $status', async ({ args, status }) => {
  expect(await run('lr-loop', args)).toMatchObject({ status, stdout: '' })
})

test('a program without commands takes completion for a source where no shell follows', async () => {
  using folder = tempFolder({ 'completion/a.json': '{}' })
  const { stdout } = await run('lr-check', ['-c', 'json', 'completion'], { cwd: folder.path })
  expect(stdout).toContain('completion/a.json')
})
