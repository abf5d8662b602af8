import type { Table } from './situations.ts'

const FISH = '#!/usr/bin/env fish\nif true\n    echo a\nend\n'
const UNUSED = { 'a.py': 'import os\n' }
const PACKAGE = { 'package.json': '{ "scripts": { "lint": "flake8 a.py || true" } }\n' }

const MISTYPED = { 'package.json': '{ "scripts": { "test": "npx eslnt-no-such ." } }\n' }

/** Commands that end with 0 although something was found, and commands that check nothing. */
export const COMMAND_SITUATIONS: readonly Table[] = [
  {
    checker: 'flake8',
    program: 'flake8',
    rows: [
      ['--exit-zero', UNUSED, ['--', 'flake8', '--exit-zero', 'a.py'], 'fail'],
      ['|| true', UNUSED, ['--', 'sh', '-c', 'flake8 a.py || true'], 'fail'],
      ['|| true in a script of package.json', { ...UNUSED, ...PACKAGE }, ['--', 'npm', 'run', 'lint'], 'fail'],
      ['|| true, pass', { 'a.py': 'x = 1\n' }, ['--', 'sh', '-c', 'flake8 a.py || true'], 'pass'],
      ['behind env and timeout', UNUSED, ['--', 'env', 'A=1', 'timeout', '9', 'flake8', '--exit-zero', 'a.py'], 'fail'],
    ],
  },
  {
    checker: 'pylint',
    program: 'pylint',
    rows: [
      ['--exit-zero', UNUSED, ['--', 'pylint', '--exit-zero', 'a.py'], 'fail'],
      ['--fail-under', UNUSED, ['--', 'pylint', '--fail-under=0', 'a.py'], 'fail'],
    ],
  },
  {
    checker: 'mypy',
    program: 'mypy',
    rows: [['; true', { 'a.py': 'x: int = ""\n' }, ['--', 'sh', '-c', 'mypy a.py; true'], 'fail']],
  },
  {
    checker: 'shellcheck',
    program: 'shellcheck',
    rows: [
      ['; true', { 'a.sh': '#!/bin/sh\necho $1\n' }, ['--', 'bash', '-c', 'shellcheck -f gcc a.sh; true'], 'fail'],
      ['|| true', { 'a.sh': '#!/bin/sh\necho $1\n' }, ['--', 'sh', '-c', 'shellcheck a.sh || true'], 'fail'],
      ['a script of another shell', { 'a.sh': '#!/bin/zsh\nprint -l $path\n' }, ['--', 'shellcheck', 'a.sh'], 'none'],
    ],
  },
  {
    checker: 'yamllint',
    program: 'yamllint',
    rows: [['|| true', { 'a.yaml': 'a:   b\n' }, ['--', 'sh', '-c', 'yamllint a.yaml || true'], 'fail']],
  },
  {
    checker: 'bash-syntax',
    program: 'bash',
    rows: [
      ['a script of another shell', { 'a.sh': FISH }, ['-c', 'bash-syntax', 'a.sh'], 'none'],
      ['a script of another shell, as a command', { 'a.sh': FISH }, ['--', 'bash', '-n', 'a.sh'], 'none'],
    ],
  },
  {
    checker: 'bandit',
    program: 'bandit',
    rows: [
      ['pass', { 'a.py': 'x = 1\n' }, ['-c', 'bandit', 'a.py'], 'pass'],
      ['findings', { 'a.py': 'eval(input())\n' }, ['-c', 'bandit', 'a.py'], 'fail'],
      ['--exit-zero', { 'a.py': 'eval(input())\n' }, ['--', 'bandit', '--exit-zero', 'a.py'], 'fail'],
      ['syntax error', { 'a.py': 'def f(:\n' }, ['-c', 'bandit', 'a.py'], 'error'],
    ],
  },
  {
    checker: 'coverage',
    program: 'coverage',
    rows: [['no data', { 'a.py': 'x = 1\n' }, ['--', 'coverage', 'report'], 'none']],
  },
  ...didNotRun('npm', ['npm', 'tset'], ['npm', 'test'], ['npm', 'run', 'tset']),
  ...didNotRun('node', ['node', 'nope.js'], ['node', 'nope.mjs'], ['sh', '-c', 'node nope.js']),
  ...didNotRun('make', ['make'], ['make', '-f', 'nope'], ['make', 'tset']),
  ...didNotRun('python3', ['python3', 'nope.py'], ['python3', '-B', 'nope/'], ['timeout', '9', 'python3', 'nope.py']),
  ...didNotRun('cargo', ['cargo', 'tset']),
  ...didNotRun('go', ['go', 'tset'], ['go', 'run', 'nope.go']),
  ...didNotRun('ruby', ['ruby', 'nope.rb']),
  ...didNotRun('perl', ['perl', 'nope.pl']),
  ...didNotRun('php', ['php', 'nope.php']),
  ...didNotRun('dash', ['dash', 'nope.sh']),
  ...didNotRun('git', ['git', 'tset']),
  {
    checker: 'eslint',
    program: 'npx',
    rows: [
      ['a mistyped name is not installed', {}, ['--', 'npx', 'eslnt-no-such'], 'missing'],
      ['a mistyped name in a line for a shell', {}, ['--', 'sh', '-c', 'npx eslnt-no-such || exit 1'], 'missing'],
      ['a mistyped name in a script of package.json', MISTYPED, ['--', 'npm', 'test'], 'missing'],
      ['a mistyped name is not installed by npm exec', {}, ['--', 'npm', 'exec', 'eslnt-no-such'], 'missing'],
    ],
  },
  {
    checker: 'node-test',
    program: 'node',
    rows: [
      ['an import that is missing is the code', { 'a.js': "require('./nope.js')\n" }, ['--', 'node', 'a.js'], 'fail'],
      ['a script that fails', { 'a.js': 'process.exit(1)\n' }, ['--', 'node', 'a.js'], 'fail'],
    ],
  },
]

function didNotRun(program: string, ...commands: string[][]): Table[] {
  const rows = commands.map(
    (words) => [`${words.join(' ')}, which is not there`, {}, ['--', ...words], 'error'] as const,
  )
  return [{ checker: 'none', program, rows }]
}
