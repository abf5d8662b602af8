import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bareEnvironment, hasProgram, LAZY_FETCHES, makePartialClone, run, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'

const CALLS = [['--changed'], ['--changed=HEAD'], ['--staged'], ['--guard=.git/guard', '.'], ['.']]

describe.skipIf(!hasProgram('git')).each(LAZY_FETCHES)('a partial clone of %s (needs git)', (_how, settings) => {
  test.each(CALLS)('is not fetched by lr-check %s %s', async (...words) => {
    using folder = tempFolder({ 'a.txt': 'a\n', 'b.txt': 'b\n' })
    const clone = makePartialClone(folder.path, 'a.txt', settings, bareEnvironment())
    const { status } = await run('lr-check', [...words, '--', 'true'], { cwd: folder.path })
    expect({ ran: clone.ranProgram(), status }).toEqual({ ran: false, status: words[0]?.includes('changed') ? 3 : 0 })
  })
})

test.skipIf(!hasProgram('git')).each(['evil', 'a.b=c'])(
  '--changed runs no filter program, of whatever name: %s (needs git)',
  async (name) => {
    using folder = tempFolder({ 'a.txt': 'a\n', '.gitattributes': `*.txt filter=${name}\n` })
    const git = (...args: string[]) => run('git', args, { cwd: folder.path })
    const mark = join(folder.path, '.git/mark')
    await git('init', '-q')
    await git('add', '.')
    await git('commit', '-qm', 'one')
    await git('config', `filter.${name}.clean`, `touch ${mark}; cat`)
    writeFileSync(join(folder.path, 'a.txt'), 'b\n')
    const { status } = await run('lr-check', ['--changed', '--', 'true'], { cwd: folder.path })
    expect({ status, ran: existsSync(mark) }).toEqual({ status: 0, ran: false })
  },
)

test.skipIf(!hasProgram('git'))('a git that lies in the working tree is not run (needs git)', async () => {
  using folder = tempFolder({ 'a.txt': 'a\n' })
  await run('git', ['init', '-q'], { cwd: folder.path })
  const mark = join(folder.path, '.git/mark')
  mkdirSync(join(folder.path, 'bin'))
  writeFileSync(join(folder.path, 'bin/git'), `#!/bin/sh\ntouch ${mark}\n`)
  chmodSync(join(folder.path, 'bin/git'), 0o755)
  const env = { PATH: `${join(folder.path, 'bin')}:${bareEnvironment()['PATH'] ?? ''}` }
  await run('lr-check', ['.', '--', 'true'], { cwd: folder.path, env })
  expect(existsSync(mark)).toBe(false)
})
