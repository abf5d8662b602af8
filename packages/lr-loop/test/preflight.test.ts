import { chmodSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { program } from '../src/program.ts'

const FILES = {
  'src/a.txt': 'one\n',
  'tests/test_a.py': 'def test_a(): pass\n',
  'target.txt': 'x\n',
  'big.txt': 'x\n'.repeat(1_500_000),
  'nested/.git/HEAD': 'ref: refs/heads/main\n',
  'nested/b.txt': 'x\n',
  'fixed.txt': 'x\n',
}

describe('reported before the check runs and before anything is made', () => {
  test.each<[args: string[], status: number, message: RegExp]>([
    [['fixed.txt'], 2, /^fixed\.txt: read-only \(chmod u\+w fixed\.txt\)$/],
    [['latin.txt'], 2, /^latin\.txt: not UTF-8 text /],
    [['link.txt'], 2, /^link\.txt: a symbolic link, .*name the file that it points to/],
    [['big.txt'], 2, /^big\.txt: larger than 2 MB/],
    [['nested/b.txt'], 2, /^nested\/b\.txt: in a repository of its own .*-C nested/],
    [['nested'], 2, /^nested: in a repository of its own/],
    [['src', 'fixed.txt'], 2, /^fixed\.txt: read-only/],
    [['tests'], 2, /^tests: tests are protected unless a SOURCE names the file .*tests\/test_a\.py/],
    [['scr'], 2, /^scr: no such file or directory \(did you mean src\?/],
    [
      ['targte.txt'],
      2,
      /^targte\.txt: .* \(did you mean target\.txt\? To create a new file of that name, write \.\/targte\.txt\)$/,
    ],
    [['nested/.git'], 2, /^nested\/\.git: git's own, which is never written/],
    [['gone/'], 2, /^gone\/: no such folder$/],
    [['../target.txt'], 2, /^\.\.\/target\.txt: outside the working directory /],
    [['/etc/hostname'], 2, /^\/etc\/hostname: outside the working directory /],
    [['--context=gone.txt', 'src'], 2, /^gone\.txt: no such file or directory/],
    [['--checkers=json,shelcheck', 'src'], 2, /^unknown checker "shelcheck": did you mean shellcheck\? /],
    [['--linters=shelcheck', 'src'], 2, /^unknown checker "shelcheck"/],
    [['undo'], 2, /did you mean "lr-git undo"/],
    [['stauts'], 2, /^stauts: no such file or directory \(did you mean "lr-loop show"\?\)$/],
    [['doctr'], 2, /did you mean "lr-loop doctor"/],
    [['resum'], 2, /did you mean "lr-loop --resume"/],
    [['diff'], 2, /did you mean "lr-loop show --diff"/],
    [['-m', 'no-such-provider/x', 'src'], 2, /unknown provider "no-such-provider"/],
    // The rows run with --no-git, which attempts exclude.
    [['--models', 'replay:src,no-such-provider/x', 'src'], 2, /^option --no-git: attempts need commits/],
    [['-m', 'groq/no-price', '--max-cost=1', 'src'], 2, /price of groq\/no-price is not known \(set it with --price/],
    [['-m', 'replay:gone', 'src'], 3, /^gone: no such file or directory$/],
    [['-m', 'gguf:gone.gguf', 'src'], 3, /gone\.gguf: no such file or directory$/],
    [['-m', 'gguf:target.txt', 'src'], 3, /target\.txt: not a GGUF file$/],
    [['-m', 'groq', 'src'], 3, /^groq: no key \(set GROQ_API_KEY/],
  ])('%j: %i', async (args, status, message) => {
    using folder = unwritableTree()
    const options = ['--no-git', '--run-dir=run', ...(args.some((arg) => /^(?:-m|--models)$/.test(arg)) ? [] : LLM)]
    const ran = await run('lr-loop', [...options, ...args, '--', 'touch', 'checked'], { cwd: folder.path })
    expect(ran).toMatchObject({ status, stdout: '' })
    expect(ran.stderr.replace(/^lr-loop: /, '').trimEnd()).toMatch(message)
    expect(['run', 'checked', 'asked'].filter((name) => existsSync(join(folder.path, name)))).toEqual([])
  })

  test.skipIf(!hasProgram('git'))('a forgotten --: the check command goes after it (git)', async () => {
    using folder = tempFolder(FILES)
    const ran = await run('lr-loop', ['--no-git', ...LLM, 'src', 'git', 'status'], { cwd: folder.path })
    expect(ran.status).toBe(2)
    expect(ran.stderr).toContain('(a check command goes after --: lr-loop src -- git status)')
  })

  test.skipIf(!hasProgram('git')).each([
    [
      'a check command in lr.yaml',
      ['src', 'git', 'status'],
      2,
      '(a check command goes after --: lr-loop src -- git status)',
    ],
    ['one after --', ['src', 'git', '--', 'true'], 3, 'git: does not exist yet'],
    ['a file of that name', ['src/a.txt', 'tests', 'ls'], 0, 'passed'],
  ])('an operand that is a program, and %s', async (_what, args, status, says) => {
    using folder = tempFolder({ ...FILES, ls: 'x\n', 'lr.yaml': 'check-command: "true"\n' })
    const ran = await run('lr-loop', ['--no-git', ...LLM, ...args], { cwd: folder.path })
    expect(ran, ran.stderr).toMatchObject({ status, stderr: expect.stringContaining(says) as string })
  })

  test.each([
    { source: './targte.txt', exists: 'target.txt' },
    { source: 'day12.py', exists: 'day1.py' },
    { source: 'src/get.js', exists: 'src/set.js' },
  ])('$source is a file to be made although there is $exists', async ({ source, exists }) => {
    using folder = tempFolder({ [exists]: '\n' })
    const llm = ['--llm', `echo x | lr-blocks wrap '${source}'`]
    const ran = await run('lr-loop', ['--no-git', ...llm, source, '--', 'test', '-e', source], { cwd: folder.path })
    expect(ran, ran.stderr).toMatchObject({ status: 0, stderr: expect.stringContaining('passed') as string })
  })

  test.each(Object.keys(program.commands ?? {}))('a mistyped command is named: %s', async (name) => {
    using folder = tempFolder(FILES)
    const { status, stderr } = await run('lr-loop', ['--no-git', ...LLM, name.slice(0, -1)], { cwd: folder.path })
    expect(status).toBe(2)
    expect(stderr).toContain(`(did you mean "lr-loop ${name}"?)`)
  })

  test('a folder of tests beside another source is shown and stays', async () => {
    using folder = tempFolder(FILES)
    const ran = await run('lr-loop', ['--no-git', ...LLM, 'src', 'tests', '--', 'true'], { cwd: folder.path })
    expect(ran.status).toBe(0)
    expect(ran.stderr).toContain('tests: read-only, because it holds tests')
  })

  test.each([
    ['a folder', ['src', 'tests'], [], /No reply may change tests\/\.\n/],
    ['none', ['src'], [], /^(?![^]*No reply may change)/],
    ['a test in a folder of code', ['code'], [], /No reply may change code\/a_test\.go\.\n/],
    ['a folder, and a test', ['tests/', 'code'], [], /No reply may change tests\/, code\/a_test\.go\.\n/],
    ['a test that is named may change', ['code', './code/a_test.go'], [], /^(?![^]*No reply may change)/],
    ['many', ['many'], [], /No reply may change (?:many\/\d\.test\.js, ){4}many\/\d\.test\.js and 2 more tests\.\n/],
    ['a task of its own', ['src', 'tests'], ['--instructions', 'Be brief'], /tests\/\.\n+Be brief\n(?![^]*Fix only)/],
  ])('the prompt says which tests stay: %s', async (_what, sources, options, expected) => {
    const many = Object.fromEntries(['1', '2', '3', '4', '5', '6', '7'].map((name) => [`many/${name}.test.js`, '']))
    const code = { 'code/a.go': 'package a\n', 'code/a_test.go': 'package a\n' }
    using folder = tempFolder({ ...FILES, ...code, ...many, 'many/a.js': '', 'tests/test_a.txt': 'a\n' })
    const llm = ['--llm', 'cat > prompt.txt', '--no-git', '-i', '1']
    const ran = await run('lr-loop', [...llm, ...options, ...sources, '--', 'false'], { cwd: folder.path })
    expect(ran.status).toBe(1)
    const prompt = readFileSync(join(folder.path, 'prompt.txt'), 'utf8')
    expect(prompt).toMatch(expected)
    if (options.length === 0) expect(prompt).toContain('Fix only the cause')
  })
})

test.each([[], ['a.txt']])('an lr.yaml above is obeyed in its folder, with sources %j', async (...sources) => {
  using folder = tempFolder({
    ...FILES,
    'lr.yaml': 'sources: [src]\ncheck-command: [grep, -q, two, src/a.txt]\nloop: { no-git: true }\n',
  })
  const llm = ['--llm', 'echo two | lr-blocks wrap src/a.txt']
  const ran = await run('lr-loop', [...llm, ...sources], { cwd: join(folder.path, 'src') })
  expect(ran.status, ran.stderr).toBe(0)
  expect(ran.stderr).toContain(`working in ${folder.path}, `)
})

test.each([
  {
    options: ['--instructions=Add a line'],
    asked: true,
    says: 'the check passes on the files as they are now (1 reply',
  },
  { options: [], asked: false, says: 'no request was sent (--min-iterations 1 sends one all the same)' },
])('a check that passes already, with $options', async ({ options, asked, says }) => {
  using folder = tempFolder(FILES)
  const llm = ['--llm', 'touch asked; echo No further improvements possible']
  const ran = await run('lr-loop', ['--no-git', ...llm, ...options, 'src', '--', 'true'], { cwd: folder.path })
  expect({ status: ran.status, asked: existsSync(join(folder.path, 'asked')) }).toEqual({ status: 0, asked })
  expect(ran.stderr).toContain(says)
})

test('a replaced git stage gets no advice about lr-git', async () => {
  using folder = tempFolder(FILES)
  const git = 'cat > /dev/null; echo mine | lr-blocks wrap branch; echo abc | lr-blocks wrap commit; true'
  const args = ['--git', git, '--llm', 'echo two | lr-blocks wrap src/a.txt', 'src', '--', 'grep', 'two', 'src/a.txt']
  const ran = await run('lr-loop', args, { cwd: folder.path })
  expect(ran.status, ran.stderr).toBe(0)
  expect(ran.stderr).not.toMatch(/lr-git|git diff/)
})

const LLM = ['--llm', 'touch asked; exit 3']

function unwritableTree() {
  const folder = tempFolder(FILES)
  writeFileSync(join(folder.path, 'latin.txt'), Buffer.from('caf\xe9\n', 'latin1'))
  symlinkSync('target.txt', join(folder.path, 'link.txt'))
  chmodSync(join(folder.path, 'fixed.txt'), 0o444)
  return folder
}

test.each([
  { options: ['-m', 'groq/some-model'], warns: true },
  { options: ['-m', 'groq/some-model', '--max-tokens=1000'], warns: false },
  { options: ['-m', 'groq/some-model', '-i3'], warns: false },
  { options: ['-m', 'ollama/some-model'], warns: false },
  { options: ['--llm=cat'], warns: false },
  { options: ['--agent=cat'], warns: false },
])('a paid model without a limit: $options warns: $warns', async ({ options, warns }) => {
  using folder = tempFolder({ 'a.txt': 'x\n' })
  const env = { GROQ_API_KEY: 'canary' }
  const { stderr, status } = await run('lr-loop', ['--no-git', '--run-dir=run', ...options, 'a.txt', '--', 'true'], {
    cwd: folder.path,
    env,
  })
  expect(status, stderr).toBe(0)
  const warning = 'groq/some-model: up to 100 requests without a limit on their cost (set --max-cost USD)'
  expect(stderr.includes(warning), stderr).toBe(warns)
})
