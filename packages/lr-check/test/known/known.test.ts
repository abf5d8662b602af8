import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isBlock, parseStream } from '@loop-runner/block-format'
import { run, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'

/** Tests of which each third fails. */
function tests(count: number, prefix: string): string {
  const lines = Array.from({ length: count }, (_, n) => `test('${prefix} ${n}', () => assert.ok(${n} % 3))`)
  return `const test = require('node:test')\nconst assert = require('node:assert')\n${lines.join('\n')}\n`
}

function check(folder: string, ...args: string[]) {
  return checkPlainly(folder, '--known=known.json', ...args)
}

async function checkPlainly(folder: string, ...args: string[]) {
  const { status, stdout, stderr } = await run('lr-check', args, { cwd: folder })
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

  test.each([
    ['as before', (text: string) => text, 0],
    ['another one of them fails as well', (text: string) => text.replace('ok(1)', 'ok(0)'), 1],
    ['all of them fail', (text: string) => text.replaceAll('ok(1)', 'ok(0)'), 1],
    ['one of them is gone', (text: string) => text.replace(/^.*ok\(1\).*\n/m, ''), 1],
    ['the one that failed is gone', (text: string) => text.replace(/^.*ok\(0\).*\n/m, ''), 1],
    ['the one that failed passes', (text: string) => text.replace('ok(0)', 'ok(2)'), 0],
  ])('tests of one name: %s', async (_, change, expected) => {
    const line = (value: number) => `test('adds', () => assert.ok(${value}))\n`
    const text = tests(0, '') + line(0) + line(1) + line(1)
    using folder = tempFolder({ 'old.test.js': text })
    await check(folder.path, ...COMMAND)
    writeFileSync(join(folder.path, 'old.test.js'), change(text))
    expect((await check(folder.path, ...COMMAND)).status).toBe(expected)
  })

  test.each([
    ['as before', '', 0, /^\[… 2 known failing tests left out …\]$/m],
    ['a new one fails', 'not ok 4 - d\n# why', 1, /^FAILED d\n# why\n\[… 2 known/m],
    ['a known one is gone', undefined, 1, /^\[… 1 known/],
  ])('a script that prints TAP: %s', async (_, more, status, expected) => {
    const tap = ['not ok 1 - a', 'ok 2 - b', 'not ok 3 - c']
    const script = (lines: readonly string[], plan: number) =>
      `cat <<'EOF'\n1..${plan}\n${lines.join('\n')}\nEOF\nexit 1\n`
    using folder = tempFolder({ 'check.sh': script(tap, 3) })
    const command = ['--', 'sh', 'check.sh']
    expect(await check(folder.path, ...command)).toMatchObject({
      status: 1,
      stderr: 'lr-check: known failures recorded in known.json\n',
    })
    const lines = more === undefined ? tap.slice(1) : [...tap, ...(more === '' ? [] : [more])]
    writeFileSync(join(folder.path, 'check.sh'), script(lines, lines.length))
    const checked = await check(folder.path, ...command)
    expect(checked.status).toBe(status)
    expect(checked.shown).toMatch(expected)
  })

  test('a check that names no tests says so, and all that fails counts', async () => {
    using folder = tempFolder({ 'check.sh': 'echo old failed; exit 1' })
    for (const status of [1, 1]) {
      const checked = await check(folder.path, '--', 'sh', 'check.sh')
      expect(checked.status).toBe(status)
      expect(checked.stderr).toContain('sh check.sh: names no tests (')
    }
  })

  test('findings of a linter that are known are left out', async () => {
    using folder = tempFolder({ 'a.json': '{"a": 1,}' })
    expect((await check(folder.path, 'a.json')).status).toBe(1)
    expect((await check(folder.path, 'a.json')).status).toBe(0)
    writeFileSync(join(folder.path, 'a.json'), '{"a": 1')
    expect((await check(folder.path, 'a.json')).status).toBe(1)
  })

  test.each([
    { process: 'all files in one', checker: 'json', end: 'json', old: '{"a": 1,}', fresh: '[1,]', right: '[1]' },
    { process: 'one for each file', checker: 'bash-syntax', end: 'sh', old: 'if\n', fresh: 'fi\n', right: 'true\n' },
  ])('a file that comes later does not make known findings count: $process', async (row) => {
    const { checker, end, old, fresh, right } = row
    using folder = tempFolder({ [`src/a.${end}`]: old, [`src/c.${end}`]: old })
    const args = ['-c', checker, 'src']
    expect((await check(folder.path, ...args)).status).toBe(1)
    expect((await check(folder.path, ...args)).status).toBe(0)
    writeFileSync(join(folder.path, `src/b.${end}`), fresh)
    const { status, stderr } = await check(folder.path, ...args)
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' })
    writeFileSync(join(folder.path, `src/b.${end}`), right)
    expect((await check(folder.path, ...args)).status).toBe(0)
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

  test('--fix-known takes the next known failures that still occur, one call after the other', async () => {
    using folder = tempFolder({ 'old.test.js': tests(9, 'old') })
    const failing = ({ shown }: { shown: string }) =>
      [...shown.matchAll(/^FAILED old.test.js: old (\d)$/gm)].map(([, n]) => n)
    await check(folder.path, ...COMMAND)
    expect(failing(await check(folder.path, '--fix-known=1', ...COMMAND))).toEqual(['0'])
    expect(failing(await check(folder.path, ...COMMAND))).toEqual(['0'])
    writeFileSync(join(folder.path, 'old.test.js'), tests(9, 'old').replace('0 % 3', '1'))
    expect((await check(folder.path, ...COMMAND)).status).toBe(0)
    expect(failing(await check(folder.path, '--fix-known=5', ...COMMAND))).toEqual(['3', '6'])
  })

  test('--fix-known applies to a new record at once; 0 takes nothing', async () => {
    using folder = tempFolder({ 'old.test.js': tests(9, 'old'), 'a.json': '[1,]' })
    expect((await check(folder.path, '--fix-known=2', ...COMMAND)).shown).toMatch(/old 0\n[^]*old 3\n[^]* 1 known/)
    expect((await checkPlainly(folder.path, '--known=other.json', '--fix-known=0', ...COMMAND)).status).toBe(0)
    expect((await checkPlainly(folder.path, '--known=json.json', '--fix-known=1', 'a.json')).status).toBe(1)
    expect((await checkPlainly(folder.path, '--known=json2.json', '--fix-known=0', 'a.json')).status).toBe(0)
  })

  test('--known-to writes what fails now; --known-from compares with it, and makes a file of --known from it', async () => {
    using folder = tempFolder({ 'old.test.js': tests(9, 'old') })
    expect((await checkPlainly(folder.path, '--known-to=run/known.json', ...COMMAND)).status).toBe(2)
    expect(await checkPlainly(folder.path, '--known-to=now.json', ...COMMAND)).toMatchObject({ status: 1, stderr: '' })
    expect((await checkPlainly(folder.path, '--known-from=now.json', ...COMMAND)).status).toBe(0)
    expect((await check(folder.path, '--known-from=now.json', ...COMMAND)).status).toBe(0)
    const texts = ['now.json', 'known.json'].map((name) => readFileSync(join(folder.path, name), 'utf8'))
    expect(texts[1]).toBe(texts[0])
    expect(await check(folder.path, '--known-from=now.json', ...COMMAND)).toMatchObject({ status: 2 })
    expect(await checkPlainly(folder.path, '--known-from=none', ...COMMAND)).toMatchObject({ status: 2 })
    expect(await checkPlainly(folder.path, '--fix-known=1', ...COMMAND)).toMatchObject({ status: 2 })
  })

  test('a command of which the record knows nothing is reported', async () => {
    using folder = tempFolder({ 'old.test.js': tests(3, 'old') })
    await check(folder.path, ...COMMAND)
    expect(await check(folder.path, '--', 'node', '--test', 'old.test.js')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('known.json: has no known failures of this command'),
    })
  })
})
