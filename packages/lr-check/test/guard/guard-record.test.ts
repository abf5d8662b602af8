import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { bash, hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { CHECK, type Files, guarded, TREE, write } from '../support/guarded-tree.ts'

describe('the record', () => {
  const record = async (files: Files, args: readonly string[]) => {
    using folder = tempFolder({ ...TREE, ...files })
    const ran = await run('lr-check', args, { cwd: folder.path })
    const path = join(folder.path, 'guard.json')
    const written = existsSync(path)
      ? { text: readFileSync(path, 'utf8'), mode: statSync(path).mode & 0o777 }
      : undefined
    return { ...ran, written }
  }

  test('is for its owner only, has a version, and is reported', async () => {
    const { stderr, written } = await record({}, ['--guard', 'guard.json', 'src', ...CHECK])
    expect(stderr).toBe('lr-check: guard recorded: 3 files, 2 tests\n')
    expect(written?.mode).toBe(0o600)
    expect(JSON.parse(written?.text ?? '')).toMatchObject({ version: 1, counts: { tests: 2, skipped: 0 } })
  })

  test.each<[string, Files, readonly string[], number, string]>([
    [
      'no verdict to begin with',
      {},
      ['--guard', 'guard.json', 'src', '--', 'no-such-program'],
      3,
      'no guard is recorded',
    ],
    [
      'a file that is no record',
      { 'guard.json': '{' },
      ['--guard', 'guard.json', 'src', ...CHECK],
      3,
      'not a guard record of this version',
    ],
    [
      'a record of another version',
      { 'guard.json': '{ "version": 2 }' },
      ['--guard', 'guard.json', 'src', ...CHECK],
      3,
      'not a guard record of this version',
    ],
    ['a folder that is not there', {}, ['--guard', 'no/guard.json', 'src', ...CHECK], 3, 'no/guard.json: '],
    ['a place within the sources', {}, ['--guard', 'src/guard.json', 'src', ...CHECK], 2, 'is inside the sources'],
    ['a place in the whole tree', {}, ['--guard', 'guard.json', '.', ...CHECK], 2, 'is inside the sources'],
    ['--renew-guard alone', {}, ['--renew-guard', 'src', ...CHECK], 2, '--renew-guard: needs --guard FILE'],
  ])('%s', async (_, files, args, status, message) => {
    const ran = await record(files, args)
    expect({ status: ran.status, written: ran.written?.text }).toEqual({ status, written: files['guard.json'] })
    expect(ran.stderr).toContain(message)
  })

  test('of one check serves no other', async () => {
    const { second } = await guarded({ does: {}, again: ['src', 'tests'] })
    expect(second.status).toBe(2)
    expect(second.stderr).toContain('is the guard of another check, "src -- sh check.sh"')
  })

  test('leaves out what the check itself writes, and says so', async () => {
    const check = ['--', 'sh', '-c', 'echo >> tests/log.txt; touch pytest.ini; ls tests']
    const { first, second } = await guarded({ files: { 'tests/log.txt': '' }, check, does: { 'pytest.ini': 'x' } })
    expect(first.stderr).toContain('tests/log.txt: not guarded, because the check itself changes it')
    expect(first.stderr).toContain('pytest.ini: not guarded')
    expect(second.status, second.stderr).toBe(0)
  })

  test('serves a tree that has been moved', async () => {
    using folder = tempFolder()
    write(join(folder.path, 'tree'), TREE)
    const lrCheck = (cwd: string) =>
      run('lr-check', ['--guard', '../guard.json', 'src', ...CHECK], { cwd: join(folder.path, cwd) })
    await lrCheck('tree')
    await bash('cp -r tree copy', { cwd: folder.path })
    rmSync(join(folder.path, 'tree'), { recursive: true })
    expect((await lrCheck('copy')).status).toBe(0)
  })
})

describe.skipIf(!hasProgram('git'))('in a repository (git)', () => {
  test.each<[string, Files, Files, number]>([
    ['a configuration file that git ignores', { '.gitignore': 'conftest.py\n' }, { 'conftest.py': '' }, 3],
    [
      'what is made in an ignored folder',
      { '.gitignore': 'dist\n', 'dist/a.test.js': '1\n' },
      { 'dist/a.test.js': '2\n', 'dist/conftest.py': '' },
      0,
    ],
    [
      'a tracked test that is ignored from now on',
      { 'tests/.keep': '' },
      { '.git/info/exclude': 'tests\n', 'tests/two.txt': 'x' },
      3,
    ],
  ])('%s: status %4$i', async (_, files, does, status) => {
    using folder = tempFolder()
    write(folder.path, { ...TREE, ...files })
    await bash('git init -q && git add -A', { cwd: folder.path })
    const args = ['--guard', '.git/guard.json', 'src', ...CHECK]
    expect((await run('lr-check', args, { cwd: folder.path })).status).toBe(0)
    write(folder.path, does)
    const second = await run('lr-check', args, { cwd: folder.path })
    expect(second.status, second.stderr).toBe(status)
  })

  test('where only what has changed is checked, fewer files are no tampering', async () => {
    using folder = tempFolder({ 'a.sh': '', 'b.sh': '' })
    const args = ['--guard', '.git/guard.json', '--changed', '-c', 'bash-syntax']
    await bash('git init -q && git commit -q --allow-empty -m start', { cwd: folder.path })
    expect((await run('lr-check', args, { cwd: folder.path })).status).toBe(0)
    await bash('git add a.sh && git commit -qm more', { cwd: folder.path })
    const second = await run('lr-check', args, { cwd: folder.path })
    expect(second.status, second.stderr).toBe(0)
  })
})
