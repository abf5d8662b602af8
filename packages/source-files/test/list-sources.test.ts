import { bash, hasProgram, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { listSources } from '../src/index.ts'

const FILES = {
  'a.py': '',
  '__pycache__/a.pyc': '',
  '.venv/bin/activate': '',
  'env/pyvenv.cfg': '',
  'env/lib/x.py': '',
  'web/node_modules/x/index.js': '',
  'web/index.js': '',
}
const env = { PATH: process.env['PATH'] }

describe.each(['git', 'none'])('folders that programs fill, with a repository of %s', (kind) => {
  test.skipIf(kind === 'git' && !hasProgram('git'))('are left out unless they are named', async () => {
    using folder = tempFolder(FILES)
    if (kind === 'git') await bash('git init -q . && git add -f web', { cwd: folder.path })
    const list = (...operands: string[]) => listSources(operands, folder.path, env)
    expect(await list('.')).toEqual(['a.py', 'web/index.js'])
    expect(await list('web')).toEqual(['web/index.js'])
    expect(await list('env')).toEqual(['env/lib/x.py', 'env/pyvenv.cfg'])
    expect(await list('web/node_modules/x')).toEqual(['web/node_modules/x/index.js'])
    expect(await list('.venv/bin/activate')).toEqual(['.venv/bin/activate'])
  })
})

test.each(['mkfifo .gitignore', 'ln -s /dev/zero .gitignore', 'mkdir .gitignore'])(
  'a .gitignore that is no file counts as empty: %s',
  async (command) => {
    using folder = tempFolder({ 'a.py': '' })
    await bash(command, { cwd: folder.path })
    expect(await listSources(['a.py', '.'], folder.path, env)).toContain('a.py')
  },
)

test('folders that come and go while they are listed are no error', async () => {
  using folder = tempFolder({ 'a.py': '' })
  const made = bash('for i in $(seq 300); do mkdir -p x/y/z && touch x/y/b.py && rm -rf x; done', { cwd: folder.path })
  for (let times = 0; times < 300; times++) {
    expect(await listSources(['.'], folder.path, env)).toContain('a.py')
  }
  expect((await made).status).toBe(0)
})
