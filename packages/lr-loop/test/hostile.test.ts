import { bareEnvironment, hasProgram, LAZY_FETCHES, makePartialClone, run, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'

const AGENT = 'exec:echo b > b.txt'
const CALLS = [
  ['--no-git', '-m', 'replay:../replies'],
  ['--dirty=carry', '-m', 'replay:../replies'],
  ['--dirty=commit', '-m', 'replay:../replies'],
  ['--dirty=carry', '--agent', AGENT],
]

describe.skipIf(!hasProgram('git')).each(LAZY_FETCHES)('a partial clone of %s (needs git)', (_how, settings) => {
  test.each(CALLS)('is not fetched by lr-loop %s %s %s', async (...words) => {
    using folder = tempFolder({
      'tree/a.txt': 'a\n',
      'tree/b.txt': 'a\n',
      'tree/test.sh': 'grep -q b b.txt\n',
      'replies/1.txt': '<<<< b.txt <<<<\nb\n>>>>>>>>\n',
    })
    const cwd = `${folder.path}/tree`
    const clone = makePartialClone(cwd, 'a.txt', settings, bareEnvironment())
    const args = ['-i1', '--run-dir=../run', ...words, 'b.txt', '--', 'sh', 'test.sh']
    const { status, stderr } = await run('lr-loop', args, { cwd })
    expect(clone.ranProgram(), stderr).toBe(false)
    if (words.includes('--no-git')) expect(status).toBe(0)
  })
})
