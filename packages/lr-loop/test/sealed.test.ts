import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'

const reply = (content: string) => `<<<< a.txt <<<<\n${content}\n>>>>>>>>\n`

describe('a run that is resumed', () => {
  test.each<[string, forge: (folder: string) => void, status: number, said: string]>([
    ['shows its check', () => {}, 0, 'lr-loop: resume: the check is grep -q yes a.txt\n'],
    ['trusts no other settings', change('settings.json', '"grep"', '"true"'), 3, 'settings.json: changed'],
    [
      'trusts no other record of the guard',
      change('guard.json', '"version": 1', '"version":  1'),
      3,
      'guard.json: changed',
    ],
  ])('%s', async (_, forge, status, said) => {
    using folder = tempFolder({ 'a.txt': 'no\n' })
    const replies = join(folder.path, '.reply')
    const loop = (text: string, ...args: string[]) => {
      writeFileSync(replies, reply(text))
      return run('lr-loop', args, { cwd: folder.path })
    }
    const check = ['--llm', `cat '${replies}'`, 'a.txt', '--', 'grep', '-q', 'yes', 'a.txt']
    await loop('nope', '-i', '1', '--no-git', '--run-dir', '.run', ...check)
    forge(join(folder.path, '.run'))
    const resumed = await loop('yes', '--resume', '.run', '-i', '2')
    expect(resumed.stderr).toContain(said)
    expect(resumed.status).toBe(status)
  })
})

function change(name: string, before: string, now: string) {
  return (folder: string) => {
    const file = join(folder, name)
    writeFileSync(file, readFileSync(file, 'utf8').replace(before, now))
  }
}
