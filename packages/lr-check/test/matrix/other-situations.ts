import type { Table } from './situations.ts'

const BINARY = Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 0xff, 0xfe])
const TIDY = { '.clang-tidy': "Checks: '-*,bugprone-*,clang-diagnostic-*'\n" }
const TIDY_FINDINGS = 'int f(int a) {\n  if (a = 0) {\n    return 1;\n  }\n  return 2;\n}\n'

export const OTHER_SITUATIONS: readonly Table[] = [
  {
    checker: 'shellcheck',
    program: 'shellcheck',
    rows: [
      ['pass', { 'a.sh': '#!/bin/sh\necho hi\n' }, ['-c', 'shellcheck', 'a.sh'], 'pass'],
      ['findings', { 'a.sh': '#!/bin/sh\nrm $1/*\n' }, ['-c', 'shellcheck', 'a.sh'], 'fail'],
      ['syntax error', { 'a.sh': '#!/bin/sh\nif then\n' }, ['-c', 'shellcheck', 'a.sh'], 'fail'],
      ['missing file', {}, ['--', 'shellcheck', 'nope.sh'], 'error'],
      ['bad option', { 'a.sh': '#!/bin/sh\n' }, ['--', 'shellcheck', '--no-such-option', 'a.sh'], 'error'],
      ['bad format', { 'a.sh': '#!/bin/sh\n' }, ['--', 'shellcheck', '-f', 'nope', 'a.sh'], 'error'],
      ['binary file', { 'a.sh': BINARY }, ['-c', 'shellcheck', 'a.sh'], 'fail'],
      ['folder', { 'x/.keep': '' }, ['--', 'shellcheck', 'x'], 'none'],
    ],
  },
  {
    checker: 'bash-syntax',
    program: 'bash',
    rows: [
      ['pass', { 'a.sh': 'echo hi\n' }, ['-c', 'bash-syntax', 'a.sh'], 'pass'],
      ['pass, by the first line', { hook: '#!/bin/sh\necho hi\n' }, ['-c', 'bash-syntax', 'hook'], 'pass'],
      [
        'syntax error in the second of two files',
        { 'a.sh': 'echo\n', 'b.sh': 'if then\n' },
        ['-c', 'bash-syntax', 'b.sh'],
        'fail',
      ],
      ['missing file', {}, ['--', 'bash', '-n', 'nope.sh'], 'error'],
      ['bad option', { 'a.sh': '' }, ['--', 'bash', '-n', '--no-such-option', 'a.sh'], 'error'],
      ['binary file', { 'a.sh': BINARY }, ['-c', 'bash-syntax', 'a.sh'], 'error'],
      ['folder', { 'x/.keep': '' }, ['--', 'bash', '-n', 'x'], 'none'],
    ],
  },
  {
    checker: 'gcc',
    program: 'gcc',
    rows: [
      ['pass', { 'a.c': 'int main(void) { return 0; }\n' }, ['-c', 'gcc', 'a.c'], 'pass'],
      ['findings', { 'a.c': 'int main(void) { int unused; return 0; }\n' }, ['-c', 'gcc', 'a.c'], 'fail'],
      ['syntax error', { 'a.c': 'int main(void) { return\n' }, ['-c', 'gcc', 'a.c'], 'fail'],
      ['missing header', { 'a.c': '#include "nope.h"\n' }, ['-c', 'gcc', 'a.c'], 'fail'],
      ['missing file', {}, ['--', 'gcc', '-fsyntax-only', 'nope.c'], 'error'],
      ['bad option', { 'a.c': 'int x;\n' }, ['--', 'gcc', '-fsyntax-only', '--no-such-option', 'a.c'], 'error'],
      ['binary file', { 'a.c': BINARY }, ['-c', 'gcc', 'a.c'], 'fail'],
      ['folder', { 'x/.keep': '' }, ['--', 'gcc', '-fsyntax-only', 'x'], 'none'],
    ],
  },
  {
    checker: 'clang-tidy',
    program: 'clang-tidy',
    rows: [
      ['pass', { 'a.c': 'int main(void) { return 0; }\n', ...TIDY }, ['-c', 'clang-tidy', 'a.c'], 'pass'],
      ['findings', { 'a.c': TIDY_FINDINGS, ...TIDY }, ['-c', 'clang-tidy', 'a.c'], 'fail'],
      ['syntax error', { 'a.c': 'int main( {\n', ...TIDY }, ['-c', 'clang-tidy', 'a.c'], 'fail'],
      ['missing file', TIDY, ['--', 'clang-tidy', 'nope.c'], 'error'],
      ['bad option', { 'a.c': '', ...TIDY }, ['--', 'clang-tidy', '--no-such-option', 'a.c'], 'error'],
      ['bad configuration', { 'a.c': '', '.clang-tidy': 'Checks: [\n' }, ['-c', 'clang-tidy', 'a.c'], 'error'],
      ['no checks', { 'a.c': '' }, ['--', 'clang-tidy', '--checks=-*', 'a.c'], 'error'],
      ['binary file', { 'a.c': BINARY, ...TIDY }, ['-c', 'clang-tidy', 'a.c'], 'fail'],
      ['folder', { 'x/.keep': '', ...TIDY }, ['--', 'clang-tidy', 'x'], 'none'],
    ],
  },
  {
    checker: 'cppcheck',
    program: 'cppcheck',
    rows: [
      ['pass', { 'a.c': 'int main(void) { return 0; }\n' }, ['-c', 'cppcheck', 'a.c'], 'pass'],
      [
        'findings',
        { 'a.c': 'int main(void) { int a[2]; a[3] = 1; return a[0]; }\n' },
        ['-c', 'cppcheck', 'a.c'],
        'fail',
      ],
      [
        'findings, exit status 0',
        { 'a.c': 'int main(void) { int a[2]; a[3] = 1; return a[0]; }\n' },
        ['--', 'cppcheck', '-q', 'a.c'],
        'fail',
      ],
      ['syntax error', { 'a.c': 'int main(void) { return (1; }\n' }, ['-c', 'cppcheck', 'a.c'], 'fail'],
      ['missing file', {}, ['--', 'cppcheck', 'nope.c'], 'error'],
      ['bad option', { 'a.c': 'int x;\n' }, ['--', 'cppcheck', '--no-such-option', 'a.c'], 'error'],
      ['binary file', { 'a.c': BINARY }, ['-c', 'cppcheck', 'a.c'], 'fail'],
      ['empty folder', { 'x/.keep': '' }, ['--', 'cppcheck', 'x'], 'none'],
    ],
  },
  {
    checker: 'php-syntax',
    program: 'php',
    rows: [
      ['pass', { 'a.php': '<?php\necho 1;\n' }, ['-c', 'php-syntax', 'a.php'], 'pass'],
      ['syntax error', { 'a.php': '<?php\necho (;\n' }, ['-c', 'php-syntax', 'a.php'], 'fail'],
      ['missing file', {}, ['--', 'php', '-l', 'nope.php'], 'error'],
      ['bad option', { 'a.php': '<?php\n' }, ['--', 'php', '-l', '--no-such-option', 'a.php'], 'error'],
    ],
  },
  {
    checker: 'perl-syntax',
    program: 'perl',
    rows: [
      ['pass', { 'a.pl': 'use strict;\nprint 1;\n' }, ['-c', 'perl-syntax', 'a.pl'], 'pass'],
      ['syntax error', { 'a.pl': 'print (;\n' }, ['-c', 'perl-syntax', 'a.pl'], 'fail'],
      ['missing module', { 'a.pl': 'use No::Such;\n' }, ['-c', 'perl-syntax', 'a.pl'], 'fail'],
      ['missing file', {}, ['--', 'perl', '-c', 'nope.pl'], 'error'],
      ['bad option', { 'a.pl': '' }, ['--', 'perl', '-c', '--no-such-option', 'a.pl'], 'error'],
      ['binary file', { 'a.pl': BINARY }, ['-c', 'perl-syntax', 'a.pl'], 'fail'],
      ['folder', { 'x/.keep': '' }, ['--', 'perl', '-c', 'x'], 'none'],
    ],
  },
  {
    checker: 'ruby-syntax',
    program: 'ruby',
    rows: [
      ['pass', { 'a.rb': 'puts 1\n' }, ['-c', 'ruby-syntax', 'a.rb'], 'pass'],
      ['syntax error', { 'a.rb': 'def f\n' }, ['-c', 'ruby-syntax', 'a.rb'], 'fail'],
      ['missing file', {}, ['--', 'ruby', '-c', 'nope.rb'], 'error'],
      ['bad option', { 'a.rb': '' }, ['--', 'ruby', '-c', '--no-such-option', 'a.rb'], 'error'],
      ['binary file', { 'a.rb': BINARY }, ['-c', 'ruby-syntax', 'a.rb'], 'fail'],
    ],
  },
  {
    checker: 'lua-syntax',
    program: 'luac',
    rows: [
      ['pass', { 'a.lua': 'x = 1\n' }, ['-c', 'lua-syntax', 'a.lua'], 'pass'],
      ['syntax error', { 'a.lua': 'x = = 1\n' }, ['-c', 'lua-syntax', 'a.lua'], 'fail'],
      ['missing file', {}, ['--', 'luac', '-p', 'nope.lua'], 'error'],
      ['bad option', { 'a.lua': '' }, ['--', 'luac', '-p', '--no-such-option', 'a.lua'], 'error'],
      ['binary file', { 'a.lua': BINARY }, ['-c', 'lua-syntax', 'a.lua'], 'fail'],
    ],
  },
  {
    checker: 'script',
    program: 'sh',
    rows: [
      ['pass', {}, ['--', 'true'], 'pass'],
      [
        'a sanitizer without room',
        {},
        ['--', 'sh', '-c', 'echo "==7==ERROR: AddressSanitizer failed to allocate 0x1 bytes" >&2; exit 1'],
        'error',
      ],
      ['findings', {}, ['--', 'false'], 'fail'],
      ['missing program', {}, ['--', 'no-such-program'], 'missing'],
      ['not executable', { 'a.sh': 'echo\n' }, ['--', './a.sh'], 'missing'],
      ['its own program is missing', {}, ['--', 'sh', '-c', 'no-such-program'], 'missing'],
      ['crash', {}, ['--', 'sh', '-c', 'kill -SEGV $$'], 'killed'],
      ['endless loop', {}, ['--timeout', '300ms', '--', 'sh', '-c', 'while :; do :; done'], 'timeout'],
    ],
  },
  {
    checker: 'script',
    program: 'make',
    rows: [
      ['a makefile that is not there', {}, ['--', 'make'], 'error'],
      ['a target that is not there', { Makefile: 'all:\n\ttrue\n' }, ['--', 'make', 'nope'], 'error'],
      ['a target that fails', { Makefile: 'all: nope\n' }, ['--', 'make'], 'fail'],
    ],
  },
  {
    checker: 'script',
    program: 'npm',
    rows: [
      ['a script that is not there', { 'package.json': '{}' }, ['--', 'npm', 'run', 'nope'], 'error'],
      ['no package', {}, ['--', 'npm', 'test'], 'error'],
      ['a script that fails', { 'package.json': '{ "scripts": { "test": "exit 3" } }' }, ['--', 'npm', 'test'], 'fail'],
    ],
  },
]
