import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isBlock, parseStream } from '@loop-runner/block-format'
import { run, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'

/** Tests of which each third fails. */
function tests(count: number, prefix: string): string {
  const lines = Array.from({ length: count }, (_, n) => `test('${prefix} ${n}', () => assert.ok(${n} % 3))`)
  return `const test = require('node:test')\nconst assert = require('node:assert')\n${lines.join('\n')}\n`
}

async function check(folder: string, ...args: string[]) {
  const { status, stdout, stderr } = await run('lr-check', ['--known', 'known.json', ...args], { cwd: folder })
  const content = (name: string) => parseStream(stdout).find((part) => isBlock(part) && part.name === name)
  const block = content('stdout')
  return { status, stderr, shown: block && isBlock(block) ? block.content : '' }
}

describe('--known', () => {
  const COMMAND = ['--', 'node', '--test'] as const

  test('230 old failures are left out, 3 new ones are shown, and the check passes without them', async () => {
    using folder = tempFolder({ 'old.test.js': tests(690, 'old') })
    expect(await check(folder.path, ...COMMAND)).toMatchObject({ status: 1, stderr: expect.stringMatching(/recorded/) })
    expect(await check(folder.path, ...COMMAND)).toMatchObject({
      status: 0,
      shown: '[… 230 known failing tests left out …]\n',
    })
    writeFileSync(join(folder.path, 'new.test.js'), tests(9, 'new'))
    const { status, shown } = await check(folder.path, ...COMMAND)
    expect(status).toBe(1)
    expect(shown.match(/^FAILED .*$/gm)).toEqual([0, 3, 6].map((n) => `FAILED new.test.js: new ${n}`))
    writeFileSync(join(folder.path, 'new.test.js'), tests(9, 'new').replaceAll(' % 3', ' + 1'))
    expect((await check(folder.path, ...COMMAND)).status).toBe(0)
  })

  test.each([
    ['a test that failed', (text: string) => text.replace(/^test\('old 3'.*\n/m, '')],
    ['a test that passed', (text: string) => text.replace(/^test\('old 4'.*\n/m, '')],
  ])('%s must not vanish', async (_, change) => {
    const text = tests(9, 'old')
    using folder = tempFolder({ 'old.test.js': text })
    await check(folder.path, ...COMMAND)
    writeFileSync(join(folder.path, 'old.test.js'), change(text))
    expect((await check(folder.path, ...COMMAND)).status).toBe(1)
  })

  test('findings of a linter that are known are left out', async () => {
    using folder = tempFolder({ 'a.json': '{"a": 1,}' })
    expect((await check(folder.path, 'a.json')).status).toBe(1)
    expect((await check(folder.path, 'a.json')).status).toBe(0)
    writeFileSync(join(folder.path, 'a.json'), '{"a": 1')
    expect((await check(folder.path, 'a.json')).status).toBe(1)
  })

  test('a file that holds something else is refused, and a check that did not run records nothing', async () => {
    using folder = tempFolder({ 'known.json': '{}' })
    expect((await check(folder.path, '--', 'true')).status).toBe(2)
    using other = tempFolder()
    expect(await check(other.path, '--', 'no-such-program')).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/known failures are not recorded/),
    })
  })
})
