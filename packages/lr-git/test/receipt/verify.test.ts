import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { digestReceipt, type Receipt } from '@loop-runner/run-report/receipt'
import { bash, hasProgram, run, tempFolder } from '@loop-runner/test-kit'

const TEST = `const test = require('node:test')
const assert = require('node:assert')
const add = require('../src/add.js')
test('adds', () => assert.equal(add(1, 2), 3))
test('adds more', () => assert.equal(add(2, 2), 4))
test.skip('later', () => {})
`
const REPLY = '<<<< src/add.js <<<<\nmodule.exports = (a, b) => a + b\n>>>>>>>>\nIt adds.\n'

describe.skipIf(!hasProgram('git'))('lr-loop receipt and lr-git verify (git)', () => {
  const folder = tempFolder({
    'tree/src/add.js': 'module.exports = (a) => a\n',
    'tree/src/other.js': '1\n',
    'tree/test/add.test.js': TEST,
    'replies/1.txt': REPLY,
  })
  const cwd = join(folder.path, 'tree')
  const env = { XDG_STATE_HOME: join(folder.path, 'state') }
  const file = join(folder.path, 'receipt.json')
  const sh = (script: string) => bash(script, { cwd, env })
  const verify = (...args: string[]) => run('lr-git', ['verify', '--receipt', file, ...args], { cwd, env })
  let receipt: Receipt

  beforeAll(async () => {
    await sh('git init -q -b main && git add -A && git commit -qm start')
    const options = ['-q', '-m', 'replay:../replies', 'src', '--', 'node', '--test']
    expect(await run('lr-loop', options, { cwd, env })).toMatchObject({ status: 0 })
    const made = await run('lr-loop', ['receipt'], { cwd, env })
    expect(made).toMatchObject({ status: 0, stderr: '' })
    receipt = JSON.parse(made.stdout) as Receipt
    await sh('git tag left')
  })
  afterAll(() => folder[Symbol.dispose]())

  /** @param edit what is changed in it, with a digest that fits unless it names one */
  function write(edit: Partial<Receipt> = {}): void {
    const edited = { ...receipt, ...edit }
    writeFileSync(file, JSON.stringify({ ...edited, digest: edit.digest ?? digestReceipt(edited) }))
  }

  test('it names the commit, the check, the guarded files and the tests', async () => {
    const { stdout } = await sh("git rev-parse left 'left^{tree}' main")
    expect([receipt.commit, receipt.tree, receipt.base]).toEqual(stdout.trim().split('\n'))
    expect(receipt).toMatchObject({
      outcome: 'passed',
      status: 0,
      sources: ['src'],
      checks: [{ command: 'node --test', outcome: 'pass' }],
      guard: { files: { 'test/add.test.js': expect.stringMatching(/^file \w{64}$/) as string } },
      tests: { total: 3, passed: 2, failed: 0, skipped: 1, known: 0 },
    })
  })

  test.each(['git', 'native'])('it agrees with the commit that it names: %s', async (engine) => {
    write()
    const { status, stdout } = await verify('--engine', engine, '--check', 'node --test')
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringMatching(/^(\w+: ok, .+\n){6}$/) as string })
  })

  test.each<[string, Partial<Receipt>, RegExp]>([
    ['another commit', { commit: '1'.repeat(40), tree: '2'.repeat(40) }, /^commit: WRONG, 1{40} is not in this clone/m],
    ['another tree', { tree: '2'.repeat(40) }, /^commit: WRONG, its tree is not 2{40}/m],
    ['a run that did not pass', { outcome: 'iterations', status: 1 }, /^outcome: WRONG, .*iterations/m],
    ['an outcome alone', { outcome: 'stalled' }, /^outcome: WRONG/m],
    ['a hidden check that failed', { confirmed: false }, /^outcome: WRONG, the hidden check/m],
    ['files that were not committed', { carried: true }, /^outcome: WRONG, files that are not committed/m],
    ['no check', { checks: [] }, /^check: WRONG, no check is named/m],
    ['a check that failed', { checks: [{ command: 'x', outcome: 'fail' }] }, /^check: WRONG, x: fail/m],
    ['no guard', { guard: null }, /^guard: WRONG, the run was not guarded/m],
    ['another fingerprint', { guard: { fingerprint: 'x', files: {} } }, /^guard: WRONG, the fingerprint/m],
    ['tests that do not add up', { tests: { total: 9, passed: 2, failed: 0, skipped: 1, known: 0 } }, /^tests: WRONG/m],
    [
      'tests that failed',
      { tests: { total: 3, passed: 2, failed: 1, skipped: 0, known: 0 } },
      /^tests: WRONG, 1 failed/m,
    ],
    ['an edit', { digest: '0' }, /^receipt: WRONG, edited/m],
  ])('refused: %s', async (_, edit, message) => {
    write(edit)
    expect(await verify()).toMatchObject({ status: 1, stdout: expect.stringMatching(message) as string })
  })

  test('doubts are printed', async () => {
    write({ doubts: ['suspicious: eval'] })
    expect(await verify()).toMatchObject({ status: 0, stdout: expect.stringContaining('passed; suspicious: eval') })
  })

  test('known failures agree', async () => {
    write({ tests: { total: 3, passed: 2, failed: 1, skipped: 0, known: 1 } })
    expect((await verify()).status).toBe(0)
  })

  test('another check than the one that is required', async () => {
    write()
    expect(await verify('--check', 'npm test')).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('check: WRONG, not checked by "npm test"'),
    })
  })

  test.each([
    ['a source', 'echo 2 > src/other.js', 1, /^commit: WRONG, src\/other\.js: changed in HEAD/m],
    ['a test', 'echo >> test/add.test.js', 1, /^guard: WRONG, test\/add\.test\.js: not as it was/m],
    ['a deleted test', 'git rm -q test/add.test.js', 1, /^guard: WRONG/m],
    ['FIXES.md', 'echo more >> FIXES.md', 0, /^commit: ok/m],
    ['the receipt itself', 'cp ../receipt.json receipt.json', 0, /^commit: ok/m],
  ])('a later commit that changes %s', async (_, change, status, message) => {
    write()
    await sh(`git checkout -q -b later left && ${change} && git add -A && git commit -qm later`)
    const own = change.startsWith('cp') ? 'receipt.json' : file
    const ran = await run('lr-git', ['verify', '--receipt', own], { cwd, env })
    await sh('git checkout -q left && git branch -qD later')
    expect(ran).toMatchObject({ status, stdout: expect.stringMatching(message) as string })
  })

  test('without a receipt: exit code 1; something else in the file: 2; another revision: compared', async () => {
    const none = await run('lr-git', ['verify', '--receipt', 'none.json'], { cwd, env })
    expect(none).toMatchObject({ status: 1, stderr: expect.stringContaining('none.json: no receipt') })
    expect((await run('lr-git', ['verify', '--receipt', 'src/add.js'], { cwd, env })).status).toBe(2)
    expect((await run('lr-git', ['verify'], { cwd, env })).status).toBe(2)
    write()
    expect(await verify('main')).toMatchObject({ status: 1 })
    expect(await verify('no-such-branch')).toMatchObject({ status: 1 })
  })

  test.each([
    [
      'the commits of the run',
      'true',
      'main..',
      0,
      /^commits: ok, 2 commits since main, of a run and explained in FIXES\.md$/m,
    ],
    [
      'the receipt in a commit',
      'cp ../receipt.json . && git add -A && git commit -qm receipt',
      'main..HEAD',
      0,
      /^commits: ok, 3/m,
    ],
    [
      'another commit',
      'git commit -qm "by hand" --allow-empty && echo >> FIXES.md && git commit -qam more',
      'main..',
      1,
      /^commits: WRONG, \w{12} \(more\): not made by a run$/m,
    ],
    [
      'a reply without its entry',
      'git reset -q --hard HEAD~1',
      'main..',
      1,
      /^commits: WRONG, \w{12} \(lr: It adds\): no entry/m,
    ],
    ['a start that is not there', 'true', 'nowhere..', 1, /^commits: WRONG, nowhere: no such commit/m],
  ])('a range: %s', async (_, change, range, status, message) => {
    write()
    await sh(`git checkout -q -b later left && ${change}`)
    const own = change.startsWith('cp') ? 'receipt.json' : file
    const ran = await run('lr-git', ['verify', '--receipt', own, range], { cwd, env })
    await sh('git checkout -q left && git branch -qD later')
    expect(ran).toMatchObject({ status, stdout: expect.stringMatching(message) as string })
  })

  test('a run without a commit has no receipt', async () => {
    const { stderr } = await run(
      'lr-loop',
      ['--no-git', '--run-dir=../bare', '-m', 'replay:../replies', 'src', '--', 'true'],
      { cwd, env },
    )
    expect(stderr).toContain('passed')
    expect(await run('lr-loop', ['receipt', '../bare'], { cwd, env })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('made no commit'),
    })
  })
})
