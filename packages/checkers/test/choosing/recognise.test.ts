import { tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { BUILT_IN_CHECKERS } from '@loop-runner/checker-table'
import { checkerSchema } from '@loop-runner/checker-table/schema'
import { typeOfFile, typeOfShebang } from '../../src/choosing/file-types.ts'
import { recognise } from '../../src/choosing/recognise.ts'
import { quoteCommand } from '@loop-runner/cli-kit'

test.each([
  ['pytest -q', 'pytest'],
  ['pytest-3', 'pytest'],
  ['/usr/bin/pylint a.py', 'pylint'],
  ['node_modules/.bin/eslint .', 'eslint'],
  ['npx eslint .', 'eslint'],
  ['npx @biomejs/biome@2 lint', 'biome'],
  ['npx -y pnpm@10 exec eslint@9', 'eslint'],
  ['npx --no-install -p typescript tsc', 'tsc'],
  ['pnpm exec vitest run', 'vitest'],
  ['pnpm --filter x exec vitest', 'vitest'],
  ['python -m pytest', 'pytest'],
  ['python3.11 -B -m unittest', 'unittest'],
  ['python3 -W error -m pytest', 'pytest'],
  ['uv run pytest', 'pytest'],
  ['env A=1 -u B pytest', 'pytest'],
  ['node --test', 'node-test'],
  ['node --check a.js', 'node-syntax'],
  ['node a.js', undefined],
  ['node a.js --test', undefined],
  ['node --import tsx --test', 'node-test'],
  ['cargo +nightly clippy', 'cargo-clippy'],
  ['go -C sub vet', 'go-vet'],
  ['php a.php -l', undefined],
  ['go vet ./...', 'go-vet'],
  ['go test ./...', 'go-test'],
  ['cargo clippy', 'cargo-clippy'],
  ['cargo test', 'cargo-test'],
  ['cargo build', undefined],
  ['bash -n a.sh', 'bash-syntax'],
  ['bash a.sh', undefined],
  ['perl -c a.pl', 'perl-syntax'],
  ['ruff check .', 'ruff'],
  ['ruff format .', undefined],
  ['pythonw -m pytest', 'pytest'],
  ['python3 a.py', undefined],
  ['python3 a.py -m pytest', undefined],
  ['npx', undefined],
  ['./check.sh', undefined],
  ['lr-check -c json a.json', undefined],
  ['cross-env A=1 vitest run', 'vitest'],
])('%s is %s', (line, name) => {
  const checker = recognise(line.split(' '), BUILT_IN_CHECKERS)
  expect(checker).toBe(name === undefined ? undefined : BUILT_IN_CHECKERS[name])
})

test.each(Object.entries(BUILT_IN_CHECKERS))('the data of %s fits the schema', (_name, checker) => {
  expect(checkerSchema.parse(checker)).toEqual(checker)
})

test.each([
  ['#!/bin/sh', 'shell'],
  ['#!/usr/bin/env python3', 'python'],
  ['#!/usr/bin/env -S node --experimental', 'javascript'],
  ['#! /usr/bin/env A=1 bash -e', 'shell'],
  ['#!/usr/bin/perl -w', 'perl'],
  ['#!/usr/bin/awk -f', undefined],
  ['echo', undefined],
])('%s is %s', (line, type) => {
  expect(typeOfShebang(line)).toBe(type)
})

test.each([
  [['pytest', '-q', 'src/a.py'], 'pytest -q src/a.py'],
  [['echo', ''], "echo ''"],
  [['echo', "it's"], "echo 'it'\\''s'"],
  [['A=1', 'B=2'], "'A=1' B=2"],
  [['echo', '$HOME', '*', '~', 'a b'], "echo '$HOME' '*' '~' 'a b'"],
])('%j is written %s', (argv, line) => {
  expect(quoteCommand(argv)).toBe(line)
})

test.each([
  ['a.sh', '#!/bin/bash', 'shell'],
  ['a.sh', 'echo', 'shell'],
  ['a.sh', '#!/bin/zsh', undefined],
  ['a.sh', '#!/usr/bin/env fish', undefined],
  ['a.sh', '#!/usr/bin/env python3', undefined],
  ['a.py', '#!/bin/sh', undefined],
  ['a.js', '#!/usr/bin/env bun', 'javascript'],
  ['a', '#!/usr/bin/env python3', 'python'],
  ['a.txt', '#!/bin/sh', undefined],
])('%s that begins with %s is %s', (name, line, type) => {
  using folder = tempFolder({ [name]: `${line}\n` })
  expect(typeOfFile(name, folder.path)).toBe(type)
})
