import { describe, expect, test } from 'vitest'
import { bash, run, tempFolder } from '@loop-runner/test-kit'
import type { Summary } from '../src/summary.ts'

describe('messages of a run', () => {
  test.each([
    { stage: ['--llm', 'dd if=/dev/zero bs=1 count=1 seek=600000000'], says: 'the llm stage printed more than 500 MB' },
    { stage: ['--check', 'exit 1'], says: 'the check stage failed and printed no block' },
    { stage: ['--llm', 'kill -9 $$'], says: 'the llm stage was ended by SIGKILL (see' },
    { stage: ['--apply', "printf '\\377'"], says: 'run/1/apply.out): byte 0 is not UTF-8' },
  ])('$stage ends the run with an error that is reported, also later', async ({ stage, says }) => {
    using folder = tempFolder({ 'a.txt': 'a\n' })
    const args = ['--no-git', '--json', '--run-dir=run', '--llm', 'echo reply', ...stage, 'a.txt', '--', 'false']
    const { status, stdout, stderr } = await run('lr-loop', args, { cwd: folder.path })
    const { error, ...summary } = JSON.parse(stdout) as Summary
    expect(summary).toMatchObject({ status, reason: 'error' })
    expect(error).toContain(says)
    expect(stderr).toContain(`lr-loop: ${error}\n`)
    const { stdout: page } = await run('lr-loop', ['show', 'run'], { cwd: folder.path })
    expect(page).toContain(`\nerror:   ${error}\n`)
  })

  test('what a stage has said itself is not said again, and kept for those who have not seen it', async () => {
    using folder = tempFolder({ 'a.txt': 'a\n' })
    const args = ['--no-git', '--json', '--run-dir=run', '-m', 'exec:nosuch-model', 'a.txt', '--', 'false']
    const { stdout, stderr } = await run('lr-loop', args, { cwd: folder.path })
    expect(stderr.match(/nosuch-model: not found/g), stderr).toHaveLength(1)
    expect(stderr).toMatch(/\nlr-loop: the llm stage ended with exit code 3 \(see .*\/llm\.err\)\n/)
    expect((JSON.parse(stdout) as Summary).error).toContain('nosuch-model: not found')
  })

  test('what can be done next can be pasted, whatever the folder is called', async () => {
    using folder = tempFolder({ 'a.txt': 'a\n' })
    const args = [
      '--no-git',
      "--run-dir=my run's",
      '-i1',
      '--llm',
      'echo b | lr-blocks wrap a.txt',
      'a.txt',
      '--',
      'false',
    ]
    const { stderr } = await run('lr-loop', args, { cwd: folder.path })
    const path = `'${folder.path}/my run'\\''s'`
    expect(stderr).toContain(`\nlr-loop: resume: lr-loop --resume ${path} --iterations N\n`)
    expect(stderr).toContain(`\nlr-loop: history: lr-loop show ${path}\n`)
  })
})

test('a failed run ends with advice, and with commands that print the last prompt and reply', async () => {
  using folder = tempFolder({ 'a.txt': 'a\n', reply: 'I cannot: \x1b[31mthe test is wrong.\n' })
  const args = ['--no-git', '--run-dir=run', '--llm', 'cat reply', 'a.txt', '--', 'false']
  const { stderr } = await run('lr-loop', args, { cwd: folder.path })
  expect(stderr).toMatch(/lr-loop: the model says: I cannot: .*the test is wrong\./)
  expect(stderr).not.toContain('\x1b')
  expect(stderr).toMatch(/lr-loop: advice: say what to do with --instructions/)
  const [, prompt = '', reply = ''] = /last prompt and reply: (.*); (.*)\n/.exec(stderr) ?? []
  expect((await bash(prompt, { cwd: folder.path })).stdout).toContain('your last reply held no new version')
  expect((await bash(reply, { cwd: folder.path })).stdout).toContain('the test is wrong.')
  const page = await run('lr-loop', ['show', 'run'], { cwd: folder.path })
  expect(page.stdout).toMatch(/reply 2:\n {2}I cannot: .*the test is wrong\./)
  expect(page.stdout).not.toContain('\x1b')
  expect(await run('lr-loop', ['show', '--reply', '9', 'run'], { cwd: folder.path })).toMatchObject({ status: 2 })
})
