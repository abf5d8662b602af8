import { describe, expect, test } from 'vitest'
import { guarded } from '../support/guarded-tree.ts'

describe('what is no tampering', () => {
  test.each<[string, Parameters<typeof guarded>[0]]>([
    ['nothing at all', { does: {} }],
    ['another version of a source', { does: { 'src/a.py': 'right = 2\n' } }],
    ['a new test', { does: { 'tests/three.txt': '' } }],
    [
      'a comment that silences a checker, moved to another file',
      { files: { 'src/b.py': 'import os  # noqa\n' }, does: { 'src/b.py': '', 'src/c.py': 'import os  # noqa\n' } },
    ],
    [
      'such a comment, allowed',
      { again: ['--allow-suppressions', 'src'], does: { 'src/b.py': 'import os  # noqa\n' } },
    ],
    ['such a comment in what is not judged', { does: { 'tools/b.py': 'import os  # noqa\n' } }],
    ['a test that may change', { again: ['--allow', 'tests/two.txt', 'src'], does: { 'tests/two.txt': 'x\n' } }],
    ['a test that is named', { args: ['--allow-named', 'src', 'tests/two.txt'], does: { 'tests/two.txt': 'x\n' } }],
    [
      'a source that bash is asked to look at',
      { check: ['-c', 'bash-syntax'], files: { 'src/a.sh': '' }, does: { 'src/a.sh': 'echo\n' } },
    ],
    [
      'a word that is no name of a file',
      { check: ['--', 'sh', '-c', `: ${'x'.repeat(5000)}`, 'src/a.py/x'], does: { 'src/a.py': '' } },
    ],
    ['traces of a run', { does: 'mkdir tests/__pycache__; touch tests/__pycache__/a.pyc' }],
    ['anything, with a new record', { again: ['--renew-guard', 'src'], does: 'rm tests/two.txt; echo >> check.sh' }],
  ])('%s', async (_, row) => {
    const { second, outcomes } = await guarded(row)
    expect({ status: second.status, outcomes: [...new Set(outcomes)] }, second.stdout + second.stderr).toEqual({
      status: 0,
      outcomes: ['pass'],
    })
  })

  test('a source that is broken: the check fails, and nothing else is reported to the model', async () => {
    const { second, outcomes } = await guarded({ does: 'rm src/a.py; rm -r src/b.py' })
    expect({ status: second.status, outcomes, stderr: second.stderr }).toEqual({
      status: 1,
      outcomes: ['fail'],
      stderr: '',
    })
  })
})

describe('what is tampering', () => {
  test.each<[string, Parameters<typeof guarded>[0], string]>([
    ['a test that changed', { does: { 'tests/two.txt': 'x\n' } }, 'tests/two.txt: changed'],
    [
      'a file that --protect names',
      { args: ['--protect', 'data', 'src'], files: { 'data/x': '' }, does: { 'data/x': 'x' } },
      'data/x: changed',
    ],
    ['a new file that --protect names', { args: ['--protect', 'data', 'src'], does: { 'data/x': 'x' } }, 'data/x: new'],
    [
      'a named test without --allow-named',
      { args: ['src', 'tests/two.txt'], does: { 'tests/two.txt': 'x\n' } },
      'tests/two.txt: changed',
    ],
    [
      'a new test that silences a checker',
      { args: ['src', 'tests'], does: { 'tests/three.py': 'import os  # noqa\n' } },
      'tests/three.py: noqa: 0 at first, 1 now',
    ],
    [
      'fewer tests',
      {
        files: { 'src/skip': '' },
        check: ['--', 'sh', '-c', '[ -s src/b.py ] && echo 1..1 || echo 1..2; true'],
        does: { 'src/b.py': 'x' },
      },
      'tests: 2 at first, 1 now',
    ],
    [
      'a count that is no longer said',
      { check: ['--', 'sh', '-c', '[ -s src/b.py ] || echo 1..2; true'], does: { 'src/b.py': 'x' } },
      'tests: 2 at first, 0 now',
    ],
    [
      'a script that the check mentions',
      { files: { 'more.sh': 'true\n', 'check.sh': 'sh more.sh; true\n' }, does: { 'more.sh': 'false\n' } },
      'more.sh: changed',
    ],
    ['an ignore file', { does: { 'src/.gitignore': '*\n' } }, 'src/.gitignore: new'],
    [
      'a package in the place of a test framework, in a folder that hides itself',
      { does: { 'pytest/.gitignore': '*\n', 'pytest/__init__.py': '' } },
      'pytest/__init__.py: new',
    ],
    [
      'a start-up file of a virtual environment',
      {
        files: { '.venv/pyvenv.cfg': '', '.gitignore': '.venv\n' },
        does: { '.venv/lib/python3/site-packages/x.pth': 'import os\n' },
      },
      '.venv/lib/python3/site-packages/x.pth: new',
    ],
    [
      'a test that was replaced by a pipe',
      { does: 'rm tests/two.txt; mkfifo tests/two.txt' },
      'tests/two.txt: changed',
    ],
  ])('%s', async (_, row, named) => {
    const { second, outcomes } = await guarded(row)
    expect({ status: second.status, outcomes }, second.stdout + second.stderr).toEqual({
      status: 3,
      outcomes: ['error: tampered'],
    })
    expect(second.stderr).toContain(`lr-check: tampered: ${named}`)
  })

  test('one that the check itself does is found when it has ended', async () => {
    const { second, outcomes } = await guarded({
      does: { 'src/b.py': 'x\n' },
      check: ['--', 'sh', '-c', '[ ! -s src/b.py ] || echo >> tests/two.txt'],
    })
    expect({ status: second.status, outcomes }).toEqual({ status: 3, outcomes: ['error: tampered'] })
    expect(second.stderr).toContain('tests/two.txt: changed')
  })

  test('a long list is cut', async () => {
    const does = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`${index}/conftest.py`, '']))
    const { second } = await guarded({ does })
    expect(second.stderr.split('\n').filter((line) => line.includes('tampered'))).toHaveLength(21)
    expect(second.stderr).toContain('and 10 more')
  })
})
