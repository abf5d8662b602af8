import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bash, hasProgram, run, tempFolder } from '@loop-runner/test-kit'

const CHECK =
  'grep -q one a.txt || echo "not ok 1 - first"; grep -q two a.txt || echo "not ok 2 - second"; ! grep -q no a.txt'

/** A run of two scripted replies: the first fixes one test, the second the other. */
async function afterTwoReplies() {
  const version = (content: string) => `<<<< a.txt <<<<\n${content}\n>>>>>>>>\n`
  const folder = tempFolder({
    'tree/a.txt': 'no\n',
    'replies/1.txt': version('no\none'),
    'replies/2.txt': version('one\ntwo'),
    'other/1.txt': version('one two'),
  })
  const options = { cwd: join(folder.path, 'tree'), env: { XDG_STATE_HOME: join(folder.path, 'state') } }
  const loop = (replies: string) =>
    run('lr-loop', ['--no-git', '-q', '-m', `replay:../${replies}`, 'a.txt', '--', 'sh', '-c', CHECK], options)
  const show = (...args: string[]) => run('lr-loop', ['show', ...args], options)
  expect(await loop('replies')).toMatchObject({ status: 0 })
  const [name = ''] = readdirSync(join(folder.path, 'state/loop-runner/runs'))
  return { folder, options, loop, show, name, [Symbol.dispose]: () => folder[Symbol.dispose]() }
}

const HEAD = 'diff --git a/a.txt b/a.txt\n--- a/a.txt\n+++ b/a.txt\n'

describe('lr-loop show prints a part of a run', () => {
  test('what the run changed, and what a reply did', async () => {
    using place = await afterTwoReplies()
    const whole = await place.show('--diff')
    expect(whole).toMatchObject({ status: 0, stderr: '', stdout: `${HEAD}@@ -1,1 +1,2 @@\n-no\n+one\n+two\n` })
    expect((await place.show('--diff=1')).stdout).toBe(`${HEAD}@@ -1,1 +1,2 @@\n no\n+one\n`)
    expect((await place.show('--diff=2', place.name)).stdout).toBe(`${HEAD}@@ -1,2 +1,2 @@\n-no\n one\n+two\n`)
    const undone = await bash('git init -q && lr-loop show --diff | git apply -R && cat a.txt', place.options)
    expect(undone).toMatchObject({ status: 0, stdout: 'no\n' })
  })

  test.skipIf(!hasProgram('script'))('control characters of a reply are visible on a terminal', async () => {
    using place = await afterTwoReplies()
    const reply = 'a\u001b]0;title\u0007\n'
    const path = join(place.folder.path, 'state/loop-runner/runs', place.name)
    writeFileSync(join(path, '1/llm.out'), reply)
    expect((await place.show('--reply=1')).stdout).toBe(reply)
    const onTerminal = await bash("script -qec 'lr-loop show --reply=1' /dev/null", place.options)
    expect(onTerminal.stdout).toContain('a')
    expect(onTerminal.stdout).not.toContain('\u001b')
  })

  test('which test fails after which reply', async () => {
    using place = await afterTwoReplies()
    expect((await place.show('--tests')).stdout).toBe(
      [
        'test    0  1   2',
        'first   ✗  ✓!  ✓',
        'second  ✗  ✗   ✓!',
        '',
        '✗ fails, ✓ passes, ! changed by this reply, ? the check did not report it',
        '',
      ].join('\n'),
    )
  })

  test('what a check printed', async () => {
    using place = await afterTwoReplies()
    const { stdout } = await place.show('--check', '1')
    expect(stdout).toMatch(/^\$ sh -c .*\n[^]*not ok 2 - second\n[^]*fail\n$/)
    expect(stdout).not.toMatch(/^not ok 1/m)
  })

  test('how another run differs', async () => {
    using place = await afterTwoReplies()
    writeFileSync(join(place.options.cwd, 'a.txt'), 'no\n')
    await place.loop('other')
    const { stdout } = await place.show('--compare', place.name)
    expect(stdout).toMatch(/^Replies +1 +2$/m)
    expect(stdout).toMatch(/^Last score +1\.00 +1\.00$/m)
    expect(stdout).toContain(HEAD)
    expect((await place.show('--compare', place.name, place.name)).stdout).toMatch(/The files are the same\.\n$/)
  })

  test.each([
    { args: ['--diff', '--tests'], said: '--diff and --tests exclude each other' },
    { args: ['--diff=7'], said: 'no iteration 7 (the run has iterations 0 to 2)' },
    { args: ['--diff=x'], said: '--diff: x: expected the number of a reply' },
    { args: ['--check', '3'], said: 'no iteration 3 (the run has iterations 0 to 2)' },
    { args: ['--compare', 'nosuch'], said: 'not a run' },
  ])('$args is refused', async ({ args, said }) => {
    using place = await afterTwoReplies()
    const { status, stdout, stderr } = await place.show(...args)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(said)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  })
})

describe('lr-loop --print-command', () => {
  test('says what options, variables and lr.yaml amount to, without keys', async () => {
    using folder = tempFolder({
      'lr.yaml':
        "model: groq/x\nsources: [a.py]\ncheck-command: [pytest, -k, 'a b']\nloop:\n  max-time: 20m\n  models: [a, b]\n",
    })
    const options = { cwd: folder.path, env: { LR_LOOP_MAX_COST: '2' } }
    const printed = await run(
      'lr-loop',
      ['--print-command', '--no-git', '--api-key', 'secret', '--stop', 'echo x'],
      options,
    )
    expect(printed).toEqual({
      status: 0,
      stderr: '',
      stdout:
        "lr-loop --model=groq/x --max-time=20m --max-cost=2 '--stop-command=echo x' --models=a --models=b --no-git a.py -- pytest -k 'a b'\n",
    })
    const { stdout } = await bash(printed.stdout.replace('lr-loop', 'lr-loop --print-command'), { cwd: folder.path })
    expect(stdout).toBe(printed.stdout)
  })
})
