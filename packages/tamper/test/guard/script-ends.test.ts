import { expect, test } from 'vitest'
import { withBrokenStart, withFailingEnd } from '../../src/script-ends.ts'

test.each([
  ['check.sh', '. ./add.sh\n[ "$(add 1 2)" = 3 ] || exit 1\n', 'exit 1\n'],
  ['check', '#!/bin/sh\n./add.sh 1 2', '\nexit 1\n'],
  ['check', '#!/usr/bin/env -S bash -eu\n./add.sh 1 2\n', 'exit 1\n'],
  ['check', '#!/bin/busybox sh\n./add.sh 1 2\n', 'exit 1\n'],
  ['check.php', '<?php\nif (add(1, 2) !== 3) exit(1);\n', 'exit(1);\n'],
  ['check.js', "require('assert').equal(add(1, 2), 3)\n", ';process.exit(1)\n'],
  ['check.py', 'assert add(1, 2) == 3\n', 'raise SystemExit(1)\n'],
  ['check.pl', 'add(1, 2) == 3 or die;\n', 'exit 1;\n'],
  ['check.lua', 'assert(add(1, 2) == 3)\n', 'os.exit(1)\n'],
  ['check.rb', 'raise unless add(1, 2) == 3\n', 'exit 1\n'],
])('%s is given an end that fails', (path, text, end) => {
  expect(withFailingEnd(path, text)).toBe(text + end)
})

test.each([
  ['check.sh', './add.sh\n', 'exit $?\n', 'exit 1\n'],
  ['check.php', '<?php\ntests();\n', 'exit($failed ? 1 : 0);\n', 'exit(1);\n'],
  ['check.js', 'tests()\n', 'process.exit(failed)\n', ';process.exit(1)\n'],
])('the end of %s is replaced by one that fails', (path, text, before, end) => {
  expect(withFailingEnd(path, text + before)).toBe(text + end)
})

test.each([
  ['check.sh', 'a\n', 'exit 1\na\n'],
  ['check.sh', '#!/bin/sh\na\n', '#!/bin/sh\nexit 1\na\n'],
  ['check.php', '<?php\na();\n', '<?php\nexit(1);\na();\n'],
  ['a.go', 'package a\n', ')]}\npackage a\n'],
  ['README.rst', 'Sums\n', '>>> 1\n2\n\nSums\n'],
])('%s is broken from its start', (path, text, broken) => {
  expect(withBrokenStart(path, text)).toBe(broken)
})

test.each([
  ['check.sh', 'exec ./tests\n'],
  ['check.sh', 'cat <<END\na\nEND\n'],
  ['check.php', '<?php\nif (add(1, 2) === 3) exit(0);\nexit(1);\n'],
  ['check.js', 'tests().then((failed) => process.exit(failed))\n'],
  ['check.py', "if __name__ == '__main__':\n    unittest.main()\n"],
  ['check.pl', 'use Test::More;\n'],
  ['check.rb', "require 'minitest/autorun'\n"],
  ['check.go', 'package main\n'],
  ['check', '#!/opt/bash/bin/python\nmain()\n'],
])('%s, which may end by itself, is not', (path, text) => {
  expect(withFailingEnd(path, text)).toBeUndefined()
})
