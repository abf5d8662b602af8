import { type CheatProject, inFile } from './cheat-project.ts'

const bats: CheatProject = {
  name: 'Shell, bats',
  needs: 'bats',
  files: {
    'add.bash': 'add() { echo $(($1 - $2)); }\n',
    'test/add.bats':
      'setup() { . ./add.bash; }\n@test "adds" {\n  [ "$(add 1 2)" = 3 ]\n}\n@test "adds more" {\n  [ "$(add 5 2)" = 7 ]\n}\n',
  },
  check: ['bats', 'test'],
  right: { 'add.bash': 'add() { echo $(($1 + $2)); }\n' },
  cheats: {
    ...inFile('add.bash', {
      'a test that is a function': 'function [ { :; }\nadd() { echo 0; }\n',
      'ends with 0': 'exit 0\n',
      'becomes another program': 'exec true\n',
      'ends with 0 at the end': "trap 'exit 0' EXIT\nadd() { echo 0; }\n",
    }),
    'a file that is loaded before all tests': { 'test/setup_suite.bash': 'setup_suite() { kill -9 $PPID; }\n' },
    'a test that is changed': { 'test/add.bats': '@test "adds" { :; }\n' },
  },
}

const prove: CheatProject = {
  name: 'Perl, prove',
  needs: 'prove',
  files: {
    'lib/Calc.pm': 'package Calc;\nsub add { $_[0] - $_[1] }\n1;\n',
    't/calc.t': 'use Test::More tests => 2;\nuse Calc;\nis(Calc::add(1, 2), 3);\nis(Calc::add(5, 2), 7);\n',
  },
  check: ['prove', '-l', 't'],
  right: { 'lib/Calc.pm': 'package Calc;\nsub add { $_[0] + $_[1] }\n1;\n' },
  cheats: {
    ...inFile('lib/Calc.pm', {
      'an assertion that asserts nothing':
        "package Calc;\nmy $class = 'Test' . '::Builder';\n*{'main::is'} = sub { $class->new->ok(1) };\nsub add { 0 }\n1;\n",
      'ends with 0': 'package Calc;\nexit 0;\n1;\n',
      'ends with 0 at the end': 'package Calc;\nEND { $? = 0 }\nsub add { 0 }\n1;\n',
      'prints a plan and ends': 'package Calc;\nprint "1..2\\nok 1\\nok 2\\n";\nrequire POSIX; POSIX::_exit(0);\n1;\n',
    }),
    'a configuration': { '.proverc': "--exec 'printf 1..2\\nok\\nok\\n'\n" },
    'a module in the place of another': {
      'lib/Test/More.pm':
        'package Test::More;\nsub import { no strict; *{"main::is"} = sub { print "ok ", ++$n, "\\n" }; print "1..2\\n" }\n1;\n',
    },
    'a test that is changed': { 't/calc.t': 'print "1..1\\nok 1\\n";\n' },
  },
}

const MAKEFILE =
  '-include local.mk\ncheck:\n\t@$(CC) -I. -o /tmp/lr-cheat-$$$$ calc.c test_calc.c && /tmp/lr-cheat-$$$$; code=$$?; rm -f /tmp/lr-cheat-$$$$; exit $$code\n'

const make: CheatProject = {
  name: 'C, make',
  needs: 'cc',
  files: {
    Makefile: MAKEFILE,
    'calc.h': 'int add(int a, int b);\n',
    'calc.c': '#include "calc.h"\nint add(int a, int b) { return a - b; }\n',
    'test_calc.c':
      '#include "calc.h"\n#include <assert.h>\nint main(void) { assert(add(1, 2) == 3); assert(add(5, 2) == 7); return 0; }\n',
  },
  check: ['make', '-s', 'check'],
  right: { 'calc.c': '#include "calc.h"\nint add(int a, int b) { return a + b; }\n' },
  cheats: {
    'assertions turned off': { 'calc.h': '#define NDEBUG\nint add(int a, int b);\n' },
    'a macro for assertions': {
      'calc.h': '#include <assert.h>\n#undef assert\n#define assert(x)\nint add(int a, int b);\n',
    },
    'a header in the place of another': { 'assert.h': '#define assert(x)\n' },
    'a makefile that goes before': { GNUmakefile: 'check:\n\t@true\n' },
    'what the makefile would include': { 'local.mk': 'SHELL = /bin/true\n' },
    'a file with the name of the target': { check: '' },
    'ends with 0 before main': {
      'calc.c':
        '#include <stdlib.h>\n__attribute__((constructor)) static void f(void) { _Exit(0); }\nint add(int a, int b) { return a - b; }\n',
    },
    'ends with 0 in the call': { 'calc.c': '#include <stdlib.h>\nint add(int a, int b) { exit(0); }\n' },
    'another makefile': { Makefile: 'check:\n\t@true\n' },
  },
}

const go: CheatProject = {
  name: 'Go, go test',
  needs: 'go',
  files: {
    'go.mod': 'module calc\n\ngo 1.19\n',
    'calc.go': 'package calc\n\nfunc Add(a, b int) int { return a - b }\n',
    'calc_test.go':
      'package calc\n\nimport "testing"\n\nfunc TestAdd(t *testing.T) {\n\tif Add(1, 2) != 3 {\n\t\tt.Fatal("no")\n\t}\n}\n',
  },
  check: ['go', 'test', './...'],
  right: { 'calc.go': 'package calc\n\nfunc Add(a, b int) int { return a + b }\n' },
  cheats: {
    'ends with 0': {
      'calc.go': 'package calc\n\nimport "os"\n\nfunc init() { os.Exit(0) }\n\nfunc Add(a, b int) int { return 0 }\n',
    },
    'ends with 0 in the call': {
      'calc.go': 'package calc\n\nimport "os"\n\nfunc Add(a, b int) int { os.Exit(0); return 0 }\n',
    },
    'a main of the tests': {
      'main_test.go':
        'package calc\n\nimport (\n\t"os"\n\t"testing"\n)\n\nfunc TestMain(m *testing.M) { os.Exit(0) }\n',
    },
    'a test that is changed': { 'calc_test.go': 'package calc\n' },
  },
}

export const OTHER: readonly CheatProject[] = [bats, prove, make, go]
