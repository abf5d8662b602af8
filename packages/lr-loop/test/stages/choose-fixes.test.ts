import { tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { chooseFixes } from '../../src/stages/choose-fixes.ts'
import type { LoopSettings } from '../../src/settings.ts'

const FILES = {
  'README.md': '# Readme\n',
  'package.json': '{"scripts":{"lint":"prettier --check .","test":"node --test","docs":"markdownlint \\"**/*.md\\""}}',
  Makefile: 'test:\n\tpytest -q\nlint:\n\tnpx prettier --check .\n',
  'check.sh': '#!/bin/bash\nset -e\npytest -q\ntest "$(ls *.md | wc -l)" = 1\n',
  'other.sh': '#!/bin/bash\nset -e\npytest -q\n',
}

/** @returns what becomes of FIXES.md, and the notice */
function choose(checkCommand: readonly string[], more = {}) {
  using folder = tempFolder({ ...FILES, ...more })
  const stages = { checkCommand, fixes: 'FIXES.md' }
  const told: string[] = []
  const io = { progress: (line: string) => told.push(line) }
  const chosen = chooseFixes({ cwd: folder.path, stages, withGit: true } as unknown as LoopSettings, io)
  return { fixes: chosen.stages.fixes, told: told.join('\n') }
}

test.each([
  ['npx prettier --check .', 'prettier'],
  ['npm run lint', 'prettier'],
  ['npm run docs', 'markdownlint'],
  ['make lint', 'prettier'],
  ['sh check.sh', 'ls'],
  ['./check.sh', 'ls'],
  ['pytest -q && markdownlint .', 'markdownlint'],
  ["pytest && test $(find . -name '*.md' | wc -l) = 1", 'find'],
  ['find . -type f', 'find'],
  ['! grep -rn TODO .', 'grep'],
  ['! grep -n TODO *.md', 'grep'],
  ['wc -l *', 'wc'],
  ['git ls-files | wc -l', 'git'],
  ['ec', 'ec'],
])('%s reads documents: no FIXES.md', (command, program) => {
  const { fixes, told } = choose(/[&|!$*]/.test(command) ? ['sh', '-c', command] : command.split(' '))
  expect(fixes).toBe('none')
  expect(told).toContain(`(${program})`)
})

test.each([
  'pytest -q',
  'npm test',
  'make test',
  'sh other.sh',
  'node --test test/',
  "find src -name '*.py' | xargs pylint",
  "find . -name '*.py' -exec pylint {} +",
  '! grep -rn TODO src',
  '! grep -rn --include=*.py TODO .',
  'rg -t py TODO .',
  'prettier --version',
  'prettier --check src',
  'markdownlint README.md',
  'git diff --exit-code',
  'ls src/*.ts',
  'git ls-files -- src | wc -l',
  'eslint "src/**/*.ts"',
])('%s does not', (command) => {
  expect(choose(['sh', '-c', command])).toEqual({ fixes: 'FIXES.md', told: '' })
})

test('a file that the check has passed with stays', () => {
  expect(choose(['prettier', '--check', '.'], { 'FIXES.md': '# Fixes\n' }).fixes).toBe('FIXES.md')
})
