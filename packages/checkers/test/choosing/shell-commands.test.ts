import { tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { commandsStarted } from '../../src/choosing/commands-started.ts'

test.each<[string[], string[]]>([
  [['pytest', '-q'], ['pytest -q']],
  [['env', 'A=1', 'timeout', '9', 'nice', '-n', '5', './a.sh'], ['./a.sh']],
  [
    ['sh', '-c', 'flake8 a.py || true'],
    ['sh -c flake8 a.py || true', 'flake8 a.py', 'true'],
  ],
  [
    ['bash', '-ec', 'cd x && A=1 make t > log 2>&1; ! node a.js'],
    ['bash -ec cd x && A=1 make t > log 2>&1; ! node a.js', 'cd x', 'make t', 'node a.js'],
  ],
  [
    ['sh', '-c', 'echo "a; b" | xargs -n 1 ruff check'],
    ['sh -c echo "a; b" | xargs -n 1 ruff check', 'echo a; b', 'ruff check'],
  ],
  [
    ['npm', 'test'],
    ['npm test', 'eslint .', 'jest', 'true'],
  ],
  [
    ['npm', 'run', 'unit', '--', '-x'],
    ['npm run unit -- -x', 'jest'],
  ],
  [
    ['pnpm', 'test'],
    ['test', 'eslint .', 'jest', 'true'],
  ],
  [['npx', 'tscc'], ['tscc']],
  [['npm', 'tset'], ['npm tset']],
  [['uv', 'run', 'pytest'], ['pytest']],
  [['coverage', 'run', '-m', 'pytest', '-q'], ['pytest -q']],
])('%j starts %j', (argv, commands) => {
  using folder = tempFolder({
    'package.json': '{ "scripts": { "test": "eslint . && npm run unit || true", "unit": "CI=1 jest" } }',
  })
  const started = commandsStarted(argv, folder.path).map((words) => words.join(' '))
  expect(started.filter((line) => line !== 'npm run unit')).toEqual(commands)
})
