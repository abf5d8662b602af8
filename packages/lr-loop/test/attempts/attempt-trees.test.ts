import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bareEnvironment, bash, hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { attemptsRepository, CHECK, NO_TRACES, reply } from '../support/attempts-repository.ts'

const MODEL = `m() { ${reply(1)}; }; m`
const ATTEMPTS = ['--attempts=2', '--llm', MODEL]

describe.skipIf(!hasProgram('git'))('the tree of an attempt (git)', () => {
  test('has what git ignores, and links between packages lead to its own files', async () => {
    const check = `import { ok } from 'dep'; import { score } from 'own'; process.exit(ok && score() === '1' ? 0 : 1)\n`
    using repository = await attemptsRepository({
      '.gitignore': 'node_modules/\n',
      'package.json': '{ "type": "module" }\n',
      'check.js': check,
      'own/package.json': '{ "type": "module", "exports": "./index.js" }\n',
      'own/index.js': `import { readFileSync } from 'node:fs'
        export const score = () => readFileSync(new URL('../score.txt', import.meta.url), 'utf8').trim()\n`,
      'node_modules/dep/package.json': '{ "type": "module", "exports": "./index.js" }\n',
      'node_modules/dep/index.js': 'export const ok = true\n',
      'node_modules/dep/cache': 'mine\n',
    })
    symlinkSync('../own', join(repository.tree, 'node_modules/own'))
    const llm = `m() { echo theirs > node_modules/dep/cache; ${reply(1)}; }; m`
    const { status, summary } = await repository.loop([
      '--attempts=2',
      '--llm',
      llm,
      'score.txt',
      '--',
      'node',
      'check.js',
    ])
    expect({ status, iterations: summary.iterations }).toEqual({ status: 0, iterations: 1 })
    expect(readFileSync(join(repository.tree, 'node_modules/dep/cache'), 'utf8')).toBe('mine\n')
    expect(await repository.traces()).toBe(NO_TRACES)
  })

  test.each([
    { what: "above the user's tree holds for it, too", file: 'work/lr.yaml', asked: 1 },
    { what: "above the run's folder does not", file: 'state/lr.yaml', asked: 0 },
  ])('an lr.yaml $what', async ({ file, asked }) => {
    using folder = tempFolder({ 'work/tree/a': '', 'state/a': '', [file]: 'prompt:\n  instructions: [SPECIAL]\n' })
    const script = `git init -q && git add -A && git commit -qm start
      lr-loop -q --attempts 2 -i1 --llm 'grep -c SPECIAL >> ${folder.path}/asked; echo none' a -- false; cat ../../asked`
    const env = { XDG_STATE_HOME: join(folder.path, 'state') }
    const { stdout } = await bash(script, { cwd: join(folder.path, 'work/tree'), env })
    expect(stdout).toBe(`${asked}\n${asked}\n`)
  })

  test("has its own programs first on the path where an environment of the user's tree is active", async () => {
    using repository = await attemptsRepository({ '.gitignore': 'env/\n', 'env/bin/tool': 'mine\n' })
    const environment = join(repository.tree, 'env')
    chmodSync(join(environment, 'bin/tool'), 0o755)
    const seen = join(repository.path, 'seen')
    const llm = `m() { echo "$VIRTUAL_ENV $(command -v tool)" > "$SEEN"; ${reply(1)}; }; m`
    const env = { PATH: `${environment}/bin:${bareEnvironment()['PATH']}`, VIRTUAL_ENV: environment, SEEN: seen }
    const { status } = await repository.loop(['--attempts=2', '--llm', llm, ...CHECK], { env })
    const own = join(repository.run, 'attempts/run-1/tree/env')
    expect({ status, seen: readFileSync(seen, 'utf8') }).toEqual({ status: 0, seen: `${own} ${own}/bin/tool\n` })
  })

  test('has the trust of the lr.yaml that it holds a copy of', async () => {
    using folder = tempFolder({ 'work/a': '', 'state/.keep': '', 'work/lr.yaml': 'check: { pass-env: [A_KEY] }\n' })
    const script = `git init -q && git add -A && git commit -qm start
      lr-loop -q --attempts 2 -i1 --llm 'echo none' a -- false; echo $?
      lr-loop -q trust
      lr-loop -q --attempts 2 -i1 --llm 'echo asked >> ${folder.path}/asked; echo none' a -- false; echo $?`
    const env = { XDG_STATE_HOME: join(folder.path, 'state') }
    const { stdout } = await bash(script, { cwd: join(folder.path, 'work'), env })
    expect(stdout).toBe('2\n1\n')
    expect(readFileSync(join(folder.path, 'asked'), 'utf8')).toBe('asked\nasked\n')
  })

  test('is of the same folder of the repository', async () => {
    using repository = await attemptsRepository({ 'sub/score.txt': '0.1\n' })
    const cwd = join(repository.tree, 'sub')
    const source = join(cwd, 'score.txt')
    const { status } = await repository.loop([...ATTEMPTS, source, ...CHECK.slice(1)], { cwd })
    expect({ status, sub: readFileSync(source, 'utf8') }).toEqual({ status: 0, sub: '1\n' })
    expect(await repository.git('diff --name-only main')).toBe('sub/FIXES.md\nsub/score.txt')
  })

  test('a replaced git stage works in it; without our commits there is nothing to bring here', async () => {
    using repository = await attemptsRepository()
    const { status } = await repository.loop([...ATTEMPTS, '--git', 'lr-git "$@" && :', ...CHECK])
    expect(status).toBe(0)
    using other = await attemptsRepository()
    const idle = await other.loop([...ATTEMPTS, '--git', 'true', ...CHECK])
    expect(idle).toMatchObject({ status: 3, score: '0.2' })
    expect(idle.stderr).toContain('made no commit')
  })
})

describe.skipIf(!hasProgram('git'))('attempts refuse (git)', () => {
  test.each([
    { what: 'a dirty tree', prepare: 'echo x >> other', status: 3, says: 'other: uncommitted changes' },
    { what: '--dirty carry', args: ['--dirty=carry'], status: 2, says: 'attempts start from a commit' },
    { what: '--no-git', args: ['--no-git'], status: 2, says: 'attempts need commits' },
    {
      what: 'a source that is not in git',
      prepare: 'git rm -q --cached score.txt && git commit -qm untracked',
      status: 3,
      says: 'score.txt: not tracked by git here',
    },
    {
      what: 'a repository without a commit',
      prepare: 'rm -rf .git && git init -q',
      status: 3,
      says: 'not tracked by git here',
    },
    { what: 'no repository', prepare: 'rm -rf .git', status: 3, says: 'not a git repository' },
    { what: 'a run folder in the tree', args: ['--run-dir=.git/run'], status: 2, says: 'is inside the tree' },
    {
      what: 'an invalid temperature',
      args: ['--temperatures=0,warm'],
      status: 2,
      says: '"warm" is not a temperature',
    },
    { what: 'a model without a name', args: ['--models=a,,b'], status: 2, says: 'an empty name' },
  ])('$what', async ({ prepare = 'true', args = [], status, says }) => {
    using repository = await attemptsRepository({ other: 'other\n' })
    await bash(prepare, { cwd: repository.tree })
    const ran = await repository.loop([...ATTEMPTS, ...args, ...CHECK])
    expect(ran).toMatchObject({ status, score: '0.2' })
    expect(ran.stderr).toContain(says)
  })

  test.each(['--no-git', '--dirty=carry'])('%s beside them, before a run is begun', async (option) => {
    using repository = await attemptsRepository()
    const { status, stderr } = await repository.loop([...ATTEMPTS, option, ...CHECK])
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(/^lr-loop: [^\n]*\n$/) as string })
    expect(existsSync(repository.run)).toBe(false)
  })

  test('nothing of a dirty tree with --dirty commit: it goes into a commit of its own first', async () => {
    using repository = await attemptsRepository({ other: 'other\n' })
    writeFileSync(join(repository.tree, 'other'), 'mine\n')
    const { status } = await repository.loop([...ATTEMPTS, '--dirty=commit', ...CHECK])
    expect({ status, other: await repository.git('show HEAD:other') }).toEqual({ status: 0, other: 'mine' })
    await run('lr-git', ['abandon'], { cwd: repository.tree })
    expect(await repository.git('status --porcelain')).toBe('M other')
  })

  test('no git program, by name', async () => {
    using repository = await attemptsRepository()
    using tools = tempFolder()
    const { stdout } = await bash('for tool in node sh grep cat bash; do command -v $tool; done')
    mkdirSync(join(tools.path, 'bin'))
    for (const tool of stdout.trim().split('\n'))
      symlinkSync(tool, join(tools.path, 'bin', tool.split('/').at(-1) ?? ''))
    const loop = await bash('command -v lr-loop')
    const env = { PATH: join(tools.path, 'bin'), XDG_STATE_HOME: tools.path }
    const ran = await run(loop.stdout.trim(), [...ATTEMPTS, ...CHECK], { cwd: repository.tree, env })
    expect(ran).toMatchObject({ status: 3, stderr: expect.stringContaining('git') })
  })
})
