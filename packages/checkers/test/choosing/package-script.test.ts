import { tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { wordsOfScript } from '../../src/choosing/package-script.ts'

const SCRIPTS = {
  test: 'node --test',
  lint: 'A=1 eslint \'src/**\' "a b"',
  all: 'npm run lint -- --fix',
  both: 'npm run lint && npm test',
  shell: 'echo $HOME',
  round: 'npm run round',
  build: 'tsc',
  prebuild: 'rm -rf dist',
  ci: 'vitest run',
}

test.each([
  ['npm test', 'node --test'],
  ['npm t', 'node --test'],
  ['/usr/bin/npm run test', 'node --test'],
  ['npm run --silent test', 'node --test'],
  ['npm test -- --test-only a.js', 'node --test --test-only a.js'],
  ['pnpm test a.js', 'node --test a.js'],
  ['yarn lint', 'eslint src/** a b'],
  ['pnpm run lint', 'eslint src/** a b'],
  ['npm run all', 'eslint src/** a b --fix'],
  ['npm run both', undefined],
  ['npm run shell', undefined],
  ['npm run build', undefined],
  ['npm run nope', undefined],
  ['npm ci', undefined],
  ['npm run ci', 'vitest run'],
  ['npm run round', 'npm run round'],
  ['npm run', undefined],
  ['npm', undefined],
  ['npm --prefix x test', undefined],
  ['make test', undefined],
])('%s starts %s', (line, words) => {
  using folder = tempFolder({ 'package.json': JSON.stringify({ scripts: SCRIPTS }) })
  expect(wordsOfScript(line.split(' '), folder.path)?.join(' ')).toBe(words)
})

test.each(['{', '[]', '{}', '{"scripts":["a"]}', '{"scripts":{"test":1}}', 'null'])(
  'no script is found in %s',
  (content) => {
    using folder = tempFolder({ 'package.json': content })
    expect(wordsOfScript(['npm', 'test'], folder.path)).toBeUndefined()
  },
)
