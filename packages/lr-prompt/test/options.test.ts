import { isBlock, parseStream } from '@loop-runner/block-format'
import { bash, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { FAILING, prompt, runParts, SOURCE } from './support/sample-stream.ts'

describe('--context', () => {
  test('shows files first, for reference only', async () => {
    using folder = tempFolder({ 'docs/style.md': 'Be plain.', configure: '#!/bin/sh\n' })
    const args = ['--context', './docs/style.md', '--context', 'configure']
    const { stdout } = await prompt(args, FAILING, { cwd: folder.path })
    expect(parseStream(stdout).slice(0, 5)).toEqual([
      { text: 'Here are some files for reference only; send no new versions of them\n' },
      { name: 'docs/style.md', content: 'Be plain.' },
      { name: './configure', content: '#!/bin/sh\n' },
      { text: 'Files\n' },
      SOURCE,
    ])
  })

  test('marks what the stream holds', async () => {
    const input = [SOURCE, { name: 'tests/t.py', content: 'assert 1\n' }, ...runParts('pytest', 1)]
    const { stdout } = await prompt(['--context', 'tests/t.py'], input)
    const names = parseStream(stdout).map((part) => (isBlock(part) ? part.name : part.text.slice(0, 19)))
    expect(names.slice(0, 4)).toEqual(['Here are some files', 'tests/t.py', 'Files\n', 'src/a.py'])
  })

  test('takes a folder for the files that git would list in it, sorted', async () => {
    using folder = tempFolder({
      'tests/b.py': 'b\n',
      'tests/a/a.py': 'a\n',
      'tests/a/cache': '',
      'tests/.gitignore': 'cache\n',
      'tests/x.png': 'a\0b',
      'tests/yarn.lock': 'a\n',
      'tests/l.sh': '#!/bin/sh\n',
    })
    const held = { name: 'tests/b.py', content: 'newer\n' }
    const input = [SOURCE, held, { name: 'tests/l.sh', content: '#!/bin/sh\n' }, ...runParts('tests/l.sh', 1)]
    const { status, stdout, stderr } = await prompt(['--context', 'tests/'], input, { cwd: folder.path })
    const lines = ['"tests/x.png" is left out: it is binary\n', '"tests/yarn.lock" is left out: it is a lock file\n']
    expect({ status, stderr }).toEqual({ status: 0, stderr: lines.map((line) => `lr-prompt: ${line}`).join('') })
    expect(parseStream(stdout).slice(0, 8)).toEqual([
      { text: 'Here are some files for reference only; send no new versions of them\n' },
      { name: 'tests/.gitignore', content: 'cache\n' },
      { name: 'tests/a/a.py', content: 'a\n' },
      held,
      { text: 'Here are some source files we will be working with\n' },
      SOURCE,
      { text: `${lines.join('')}We will process these with the following script\n` },
      { name: 'tests/l.sh', content: '#!/bin/sh\n' },
    ])
  })

  test('a pipe is a file too', async () => {
    const script = "lr-blocks pack a.py | lr-prompt -i x --context <(echo hello) | grep -A1 '^<<<< .*dev/fd'"
    using folder = tempFolder({ 'a.py': '' })
    expect((await bash(script, { cwd: folder.path })).stdout).toMatch(/<<<<\nhello\n$/)
  })

  test.each([
    ['one that is not there', 'gone.md', 'gone.md: no such file or directory'],
    ['a binary', 'b.bin', 'b.bin: byte 1 is NUL'],
  ])('%s is an error', async (_case, path, message) => {
    using folder = tempFolder({ 'docs/a.md': '', 'b.bin': 'a\0b' })
    const { status, stderr } = await prompt(['--context', path], FAILING, { cwd: folder.path })
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(message) })
  })
})

test('--history describes earlier replies, numbered, the latest last', async () => {
  const history = [
    'first\n<<<< changed <<<<\na.py\n>>>>>>>>\n<<<< outcome <<<<\nfail\n>>>>>>>>\n',
    'second\n<<<< rejected <<<<\nb.py: elided\n>>>>>>>>\n',
  ].join('')
  using folder = tempFolder({ 'h.txt': history })
  const { stdout } = await prompt(['--history', 'h.txt'], FAILING, { cwd: folder.path })
  expect(stdout).toContain(`the latest last; do not repeat what did not help
<<<< history <<<<
Reply 1 changed a.py; the check: fail
Reply 2 changed nothing, because it was refused
  refused: b.py: elided
>>>>>>>>
<<<< instructions <<<<
`)
})

test('--excerpts shows the lines that output names', async () => {
  const input = [SOURCE, ...runParts('lint', 1, { stdout: 'src/a.py:1:1: E100 no\n' })]
  const { stdout } = await prompt(['--excerpts', '2'], input)
  expect(stdout).toContain('<<<< excerpts <<<<\nsrc/a.py\n> 1 | print(1)\n>>>>>>>>\n')
})

test('options may come from the environment and lr.yaml, but not those that read files', async () => {
  using folder = tempFolder({
    'lr.yaml': 'prompt:\n  task: minimal\n  reply: none\n',
    'sub/lr.yaml': 'prompt:\n  context: [../secret.txt]\n',
    'secret.txt': 'x\n',
  })
  const { stdout } = await prompt(['-q'], FAILING, { cwd: folder.path })
  expect(stdout).toMatch(/fewest changed lines[^]*>>>>>>>>\n$/)
  const { status, stderr } = await prompt([], FAILING, { cwd: `${folder.path}/sub` })
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringContaining('prompt.context: '),
  })
})
