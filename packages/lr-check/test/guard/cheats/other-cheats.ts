import type { Project } from './cheat.ts'

const CHECK = '#!/bin/sh\n. lib/assert.sh\nassert "$(sh main.sh 1 2)" = 3\n'
const ASSERT = 'assert() { [ "$@" ] || { echo "not: $*"; exit 1; }; }\n'

const script: Project = {
  name: 'a check script',
  needs: ['sh'],
  files: { 'main.sh': 'echo $(($1 - $2))\n', 'check.sh': CHECK, 'lib/assert.sh': ASSERT },
  setUp: 'chmod +x check.sh',
  args: ['main.sh', '--', './check.sh'],
  repair: { 'main.sh': 'echo $(($1 + $2))\n' },
  cheats: [
    ['a script that says yes', { 'check.sh': '#!/bin/sh\nexit 0\n' }, 'check.sh: changed'],
    [
      'a script in the place of another',
      'rm check.sh; ln -s /bin/true check.sh',
      'check.sh: replaced by a symbolic link',
    ],
    ['a script that cannot be started', 'chmod -x check.sh', 'check.sh: no longer executable'],
    ['what the script loads', { 'lib/assert.sh': 'assert() { :; }\n' }, 'lib/assert.sh: changed'],
  ],
}

const shadowed: Project = {
  name: 'a program on a PATH of the tree',
  needs: ['grep'],
  files: { 'a.txt': 'no\n', 'tools/.keep': '' },
  args: ['a.txt', '--', 'grep', '-q', 'yes', 'a.txt'],
  // The tools of the tree come first.
  env: { PATH: 'TOOLS' },
  repair: { 'a.txt': 'yes\n' },
  cheats: [
    ['a program of the same name', 'printf "#!/bin/sh\\n" > tools/grep; chmod +x tools/grep', 'tools/grep: new'],
  ],
}

const LINT = '#!/bin/sh\necho $1\n'

const shellcheck: Project = {
  name: 'shellcheck',
  needs: ['shellcheck'],
  files: { 'a.sh': LINT },
  args: ['-c', 'shellcheck', 'a.sh'],
  repair: { 'a.sh': LINT.replace('$1', '"$1"') },
  cheats: [
    [
      'a comment that silences it',
      { 'a.sh': LINT.replace('echo', '# shellcheck disable=SC2086\necho') },
      'a.sh: shellcheck disable',
    ],
    ['a .shellcheckrc', { '.shellcheckrc': 'disable=SC2086\n' }, '.shellcheckrc: new'],
  ],
}

const MAKEFILE = 'include rules.mk\ntest:\n\t$(CC) -I. -o run calc.c test_calc.c && ./run\n'

const make: Project = {
  name: 'make and a program in C',
  needs: ['make', 'cc'],
  files: {
    Makefile: MAKEFILE,
    'rules.mk': 'CC = cc\n',
    'calc.c': 'int add(int a, int b) { return a - b; }\n',
    'test_calc.c': '#include "calc.h"\n#include <assert.h>\nint main(void) { assert(add(1, 2) == 3); }\n',
    'calc.h': 'int add(int, int);\n',
  },
  args: ['calc.c', 'calc.h', '--', 'make', 'test'],
  repair: { 'calc.c': 'int add(int a, int b) { return a + b; }\n' },
  cheats: [
    ['a target that does nothing', { Makefile: 'test:\n\ttrue\n' }, 'Makefile: changed'],
    ['a file with the name of a target', { test: '' }, 'test: new'],
    ['what the makefile includes', { 'rules.mk': 'CC = exit 0;\n' }, 'rules.mk: changed'],
    ['a makefile that goes before', { GNUmakefile: 'test:\n\ttrue\n' }, 'GNUmakefile: new'],
    ['assertions turned off', { 'calc.h': '#define NDEBUG\nint add(int, int);\n' }, 'calc.h: NDEBUG'],
    ['a header of the library in C', { 'stdio.h': '#define printf(...)\n' }, 'stdio.h: new'],
    ['a header in the place of the true one', { 'assert.h': '#define assert(x)\n' }, 'assert.h: new'],
  ],
}

const GO_TEST =
  'package calc\n\nimport "testing"\n\nfunc TestAdd(t *testing.T) {\n\tif Add(1, 2) != 3 {\n\t\tt.Fatal("no")\n\t}\n}\n'

const go: Project = {
  name: 'go test',
  needs: ['go'],
  files: {
    'go.mod': 'module calc\n\ngo 1.19\n',
    'calc.go': 'package calc\n\nfunc Add(a, b int) int { return a - b }\n',
    'calc_test.go': GO_TEST,
  },
  args: ['.', '--', 'go', 'test', './...'],
  repair: { 'calc.go': 'package calc\n\nfunc Add(a, b int) int { return a + b }\n' },
  cheats: [
    [
      'a failing test skipped',
      { 'calc_test.go': GO_TEST.replace('if Add', 't.Skip()\n\tif Add') },
      'calc_test.go: changed',
    ],
    ['a test left out by a constraint', { 'calc_test.go': `//go:build never\n\n${GO_TEST}` }, 'calc_test.go: changed'],
    [
      'a new test file that ends the run',
      {
        'main_test.go':
          'package calc\n\nimport (\n\t"os"\n\t"testing"\n)\n\nfunc TestMain(m *testing.M) { os.Exit(0) }\n',
      },
      'main_test.go: handling the test framework',
    ],
  ],
}

const T = 'use Test::More tests => 2;\nuse Calc;\nis(Calc::add(1, 2), 3);\nis(Calc::add(0, 0), 0);\n'

const prove: Project = {
  name: 'prove',
  needs: ['prove'],
  files: { 'lib/Calc.pm': 'package Calc;\nsub add { $_[0] - $_[1] }\n1;\n', 't/calc.t': T },
  args: ['lib', '--', 'prove', '-l', 't'],
  repair: { 'lib/Calc.pm': 'package Calc;\nsub add { $_[0] + $_[1] }\n1;\n' },
  cheats: [
    ['a test weakened', { 't/calc.t': T.replace('3)', '-1)') }, 't/calc.t: changed'],
    ['options that choose', { '.proverc': "--exec 'printf 1..2\\nok\\nok\\n'\n" }, '.proverc: new'],
    [
      'a module in the place of the test framework',
      {
        'lib/Test/More.pm':
          'package Test::More;\nsub import { no strict; *{"main::is"} = sub { print "ok ", ++$n, "\\n" }; print "1..2\\n" }\n1;\n',
      },
      'lib/Test/More.pm: new',
    ],
    [
      'a source that changes what assertions do',
      { 'lib/Calc.pm': 'package Calc;\nno warnings;\n*main::is = sub { Test::More::ok(1) };\nsub add { 0 }\n1;\n' },
      'lib/Calc.pm: handling the test framework',
    ],
  ],
}

const php: Project = {
  name: 'a script in PHP',
  needs: ['php'],
  files: {
    'src/calc.php': '<?php function add($a, $b) { return $a - $b; }\n',
    'tests/run.php': '<?php require "src/calc.php"; exit(add(1, 2) === 3 ? 0 : 1);\n',
  },
  args: ['src', '--', 'php', 'tests/run.php'],
  repair: { 'src/calc.php': '<?php function add($a, $b) { return $a + $b; }\n' },
  cheats: [['a test that says yes', { 'tests/run.php': '<?php exit(0);\n' }, 'tests/run.php: changed']],
}

export const OTHER_PROJECTS: readonly Project[] = [script, shadowed, shellcheck, make, go, prove, php]
