import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bash, hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { type Files, write } from '../support/guarded-tree.ts'

const BASE: Files = {
  'src/a.sh': 'false\n',
  'src/b.json': '{}\n',
  'tests/t.sh': '. ./src/a.sh\n',
  'check.sh': 'sh tests/t.sh\n',
}

interface Row {
  readonly files?: Files
  /** What is done before the first check. */
  readonly setUp?: string
  readonly check?: string
  /** What is done between the first check and the second. */
  readonly does: string
  readonly args?: readonly string[]
}

/** Runs a check twice under a guard; the second result, and what is left. */
async function checkTwice({ files = {}, setUp = ':', check = 'sh check.sh', does, args = ['--put-back', 'src'] }: Row) {
  const folder = tempFolder()
  const cwd = join(folder.path, 'tree')
  write(cwd, { ...BASE, ...files })
  await bash(setUp, { cwd })
  const lrCheck = () => run('lr-check', ['--guard', '../guard.json', ...args, '--', 'sh', '-c', check], { cwd })
  const first = await lrCheck()
  await bash(does, { cwd })
  const second = await lrCheck()
  const outcome = /(?<=^<<<< outcome <<<<\n).*/m.exec(second.stdout)?.[0]
  return {
    cwd,
    first,
    second,
    outcome,
    said: `${first.stderr}--\n${second.stderr}`,
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  }
}

const right = (more: string) => `printf '%s\\n' '${more}' > src/a.sh`

describe('what a check itself does to the tree: tampered, and put back', () => {
  test.each<[string, Row, named: string]>([
    [
      'a source that rewrites itself',
      { does: right('echo false > src/a.sh') },
      'src/a.sh: changed by the check itself',
    ],
    [
      'a source that rewrites another',
      { does: right('echo 1 > src/b.json') },
      'src/b.json: changed by the check itself',
    ],
    ['a source that removes itself', { does: right('rm src/a.sh') }, 'src/a.sh: changed by the check itself'],
    [
      'a source that puts itself back',
      { does: right('cp -p src/a.sh x; echo > src/a.sh; cat x > src/a.sh; touch -r x src/a.sh; rm x') },
      'src/a.sh: rewritten by the check, and put back',
    ],
    [
      'a test rewritten and put back',
      { does: right('cp -p tests/t.sh x; echo > tests/t.sh; mv x tests/t.sh') },
      'tests/t.sh: rewritten by the check, and put back',
    ],
    ['a test rewritten', { does: right('echo true > tests/t.sh') }, 'tests/t.sh: changed'],
    ['a test removed', { does: right('rm tests/t.sh') }, 'tests/t.sh: gone'],
    ['a configuration planted', { does: right('echo > conftest.py') }, 'conftest.py: new'],
    [
      'HEAD moved',
      {
        setUp: 'git init -q . && git add -A && git -c user.name=x -c user.email=x@y commit -qm i',
        does: right('git -c user.name=x -c user.email=x@y commit --allow-empty -qm j'),
      },
      'HEAD: moved from ',
    ],
    [
      'the record of the guard emptied',
      { does: right('echo > ../guard.json'), check: 'sh check.sh', args: ['--put-back', '--sandbox', 'none', 'src'] },
      '../guard.json: the record of the guard, changed by the check',
    ],
  ])('%s', async (_, row, named) => {
    using tried = await checkTwice(row)
    expect(tried.second.stderr, tried.said).toContain(`lr-check: tampered: ${named}`)
    expect({ status: tried.second.status, outcome: tried.outcome }).toEqual({ status: 3, outcome: 'error: tampered' })
    // The same check with what is right now passes.
    await bash('echo : > src/a.sh', { cwd: tried.cwd })
    const args = ['--guard', '../guard.json', ...(row.args ?? ['--put-back', 'src']), '--', 'sh', '-c', 'sh check.sh']
    const { status, stderr } = await run('lr-check', args, { cwd: tried.cwd })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(existsSync(join(tried.cwd, 'conftest.py'))).toBe(false)
  })

  test('what a file held that is put back is kept', async () => {
    using tried = await checkTwice({ does: right('echo mine > tests/t.sh; echo yours > src/b.json') })
    const kept = `${tried.cwd}/../guard.json.replaced`
    expect(readdirSync(kept).sort()).toEqual(['b.json', 't.sh'])
    expect(readFileSync(join(kept, 't.sh'), 'utf8')).toBe('mine\n')
    expect(readFileSync(join(tried.cwd, 'src/b.json'), 'utf8')).toBe('{}\n')
    expect(tried.second.stderr).toMatch(
      /tests\/t\.sh: restored as it was before the check \(what it held is in .*t\.sh\)/,
    )
  })

  test('without --put-back nothing is written', async () => {
    using tried = await checkTwice({ args: ['src'], does: right('echo mine > tests/t.sh') })
    expect(readFileSync(join(tried.cwd, 'tests/t.sh'), 'utf8')).toBe('mine\n')
  })
})

const WHEEL = `mkdir -p wheels && cd wheels && python3 - <<'X'
import base64, hashlib, zipfile
files = {'six.py': 'x = 1\\n', 'run_six.py': 'y = 1\\n', 'six-1.0.dist-info/METADATA': 'Metadata-Version: 2.1\\nName: six\\nVersion: 1.0\\n', 'six-1.0.dist-info/WHEEL': 'Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n', 'six-1.0.dist-info/entry_points.txt': '[console_scripts]\\nsixer = six:x\\n'}
record = ''.join(f"{n},sha256={base64.urlsafe_b64encode(hashlib.sha256(t.encode()).digest()).decode().rstrip('=')},{len(t)}\\n" for n, t in files.items())
with zipfile.ZipFile('six-1.0-py3-none-any.whl', 'w') as z:
    for n, t in files.items(): z.writestr(n, t)
    z.writestr('six-1.0.dist-info/RECORD', record + 'six-1.0.dist-info/RECORD,,\\n')
X
`
const PIP = '.venv/bin/pip install -q --no-index --find-links wheels -r src/requirements.txt && sh check.sh'
const NPM = 'npm install --no-audit --no-fund --silent && node -e "require(\'dep\')" && sh check.sh'
const NPM_FILES: Files = {
  'package.json': '{ "dependencies": { "dep": "file:./dep" } }',
  'dep/package.json': '{ "name": "dep", "version": "1.0.0", "bin": "x.js" }',
  'dep/index.js': '',
  'dep/x.js': '#!/usr/bin/env node\n',
  '.gitignore': 'node_modules\nout\n',
}

describe('what a check may write', () => {
  test.each<[string, Row & { readonly needs?: string }]>([
    [
      'packages, when the sources name more of them',
      {
        needs: 'python3',
        setUp: `${WHEEL}cd .. && python3 -m venv .venv`,
        check: PIP,
        files: { 'src/requirements.txt': '' },
        does: 'echo six > src/requirements.txt; echo : > src/a.sh',
      },
    ],
    [
      'an environment of its own',
      {
        needs: 'python3',
        setUp: WHEEL,
        check: `[ -d .venv ] || python3 -m venv .venv; ${PIP}`,
        files: { 'src/requirements.txt': '' },
        does: 'rm -rf .venv; echo six > src/requirements.txt; echo : > src/a.sh',
      },
    ],
    ['packages of npm', { needs: 'npm', check: NPM, files: NPM_FILES, does: 'rm -rf node_modules; echo : > src/a.sh' }],
    [
      'packages of npm that were there',
      {
        needs: 'npm',
        setUp: 'npm install --silent',
        check: NPM,
        files: NPM_FILES,
        does: 'rm -rf node_modules; echo : > src/a.sh',
      },
    ],
    [
      'what a compiler makes',
      {
        needs: 'make',
        files: { '.gitignore': 'out\n', Makefile: 'check:\n\tmkdir -p out && cp src/a.sh out/a.sh && sh out/a.sh\n' },
        setUp: 'make -s check || true',
        check: 'make -s check',
        does: 'echo : > src/a.sh',
      },
    ],
    [
      'sources, by a formatter',
      {
        files: { 'tools/black': '#!/bin/sh\nsed -i "s/ *$//" "$@"\n' },
        setUp: 'chmod +x tools/black',
        check: 'tools/black src/a.sh && sh check.sh',
        does: 'echo ":   " > src/a.sh',
      },
    ],
    [
      'files of data that are the same again',
      {
        files: { 'src/a.sh': 'cp src/b.json src/c; mv src/c src/b.json; false\n' },
        does: right('cp src/b.json src/c; mv src/c src/b.json'),
      },
    ],
    ['new files in the folder of sources', { does: right('echo 1 > src/new.log') }],
  ])('%s', async (_, { needs = 'sh', ...row }) => {
    if (!hasProgram(needs)) return
    using tried = await checkTwice(row)
    expect({ status: tried.second.status, outcome: tried.outcome }, tried.said + tried.second.stdout).toEqual({
      status: 0,
      outcome: 'pass',
    })
  })

  test.each<[string, Row & { readonly needs: string }, named: string]>([
    [
      'a start-up file that no package lists',
      {
        needs: 'python3',
        setUp: `${WHEEL}cd .. && python3 -m venv .venv`,
        check: PIP,
        files: { 'src/requirements.txt': '' },
        does: right('for d in .venv/lib/*/site-packages; do echo "import os" > $d/evil.pth; done'),
      },
      'evil.pth: new',
    ],
    [
      'a package that npm does not list',
      {
        needs: 'npm',
        check: NPM,
        files: NPM_FILES,
        does: right('mkdir node_modules/evil; echo "{}" > node_modules/evil/package.json'),
      },
      'node_modules/evil/package.json: new',
    ],
  ])('but not %s', async (_, { needs, ...row }, named) => {
    if (!hasProgram(needs)) return
    using tried = await checkTwice(row)
    expect(tried.second.stderr, tried.said + tried.second.stdout).toContain(named)
    expect(tried.outcome).toBe('error: tampered')
  })
})
