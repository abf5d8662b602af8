import { join } from 'node:path'
import { hasProgram, run, sampleOf, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { type Files, write } from '../support/guarded-tree.ts'

/** A check that fails, and replies: of runners that cannot be given tests of ours. */
interface Project {
  readonly needs: string
  readonly files: Files
  readonly check: readonly string[]
  readonly right: Files
  /** By kind: the reply, and what the message about it holds. */
  readonly bent: Readonly<Record<string, readonly [reply: Files, line: string]>>
}

const NOTICES_NOTHING = 'this test passes as well if it expects'
const ENDS = 'the check passes as well if this script ends with exit code 1'
const NEW = 'new, and the check does not pass without it'

const CALLS = [
  [1, 2, 3],
  [5, 2, 7],
  [10, 20, 30],
] as const
const lines = (line: (a: number, b: number, sum: number) => string) =>
  CALLS.map(([a, b, sum]) => line(a, b, sum)).join('\n')

const PROJECTS: Readonly<Record<string, Project>> = {
  'a shell script': {
    needs: 'sh',
    files: {
      'add.sh': 'add() { echo $(($1 - $2)); }\n',
      'check.sh': `. ./add.sh\nset -e\n${lines((a, b, sum) => `[ "$(add ${a} ${b})" = ${sum} ]`)}\n`,
    },
    check: ['sh', 'check.sh'],
    right: { 'add.sh': 'add() { echo $(($1 + $2)); }\n' },
    bent: {
      'ends with 0': [{ 'add.sh': 'exit 0\n' }, NOTICES_NOTHING],
      'an end that is 0': [{ 'add.sh': "trap 'exit 0' EXIT\nadd() { echo 0; }\n" }, NOTICES_NOTHING],
      'a test that is true': [{ 'add.sh': 'alias [=true\nadd() { echo 0; }\n' }, NOTICES_NOTHING],
    },
  },
  'a shell script that compares no values itself': {
    needs: 'sh',
    files: {
      'add.sh': 'add() { echo 0; }\n',
      'check.sh': '. ./add.sh\nadd 1 2 | diff - three.out\n',
      'three.out': '3\n',
    },
    check: ['sh', 'check.sh'],
    right: { 'add.sh': 'add() { echo $(($1 + $2)); }\n' },
    bent: {
      'ends with 0': [{ 'add.sh': 'exit 0\n' }, ENDS],
      'becomes another program': [{ 'add.sh': 'exec true\n' }, ENDS],
    },
  },
  'a script of PHP': {
    needs: 'php',
    files: {
      'calc.php': '<?php\nfunction add($a, $b) { return $a - $b; }\n',
      'check.php': `<?php\nrequire './calc.php';\n${lines((a, b, sum) => `if (add(${a}, ${b}) !== ${sum}) exit(1);`)}\n`,
    },
    check: ['php', 'check.php'],
    right: { 'calc.php': '<?php\nfunction add($a, $b) { return $a + $b; }\n' },
    bent: {
      'ends with 0': [{ 'calc.php': '<?php\nexit(0);\n' }, NOTICES_NOTHING],
      'an end that is 0': [
        { 'calc.php': '<?php\nregister_shutdown_function(fn() => exit(0));\nfunction add($a, $b) { return 0; }\n' },
        NOTICES_NOTHING,
      ],
    },
  },
  minitest: {
    needs: 'ruby',
    files: {
      'calc.rb': 'def add(a, b) = a - b\n',
      'test/test_calc.rb': `require "minitest/autorun"\nrequire_relative "../calc"\nclass TestCalc < Minitest::Test\n${lines((a, b, sum) => `  def test_${a}\n    assert_equal ${sum}, add(${a}, ${b})\n  end`)}\nend\n`,
    },
    check: ['ruby', 'test/test_calc.rb'],
    right: { 'calc.rb': 'def add(a, b) = a + b\n' },
    bent: {
      'equal to everything': [
        {
          'calc.rb':
            'class Any\n  def ==(other) = true\n  def coerce(other) = [self, self]\nend\nclass Integer\n  def ==(other) = true\nend\ndef add(a, b) = 0\n',
        },
        NOTICES_NOTHING,
      ],
      'an assertion that asserts nothing': [
        {
          'calc.rb': 'module Minitest::Assertions\n  def assert(test, message = nil) = true\nend\ndef add(a, b) = 0\n',
        },
        NOTICES_NOTHING,
      ],
    },
  },
  'make and C': {
    needs: 'cc',
    files: {
      Makefile:
        'check: calc.o test_calc.o\n\t@cc -o calc.out calc.o test_calc.o && ./calc.out\n%.o: %.c\n\t@cc -c -o $@ $<\n',
      '.gitignore': '*.out\n',
      'calc.h': 'int add(int a, int b);\n',
      'calc.c': '#include "calc.h"\nint add(int a, int b) { return a - b; }\n',
      'test_calc.c': `#include <assert.h>\n#include "calc.h"\nint main(void) {\n${lines((a, b, sum) => `  assert(add(${a}, ${b}) == ${sum});`)}\n  return 0;\n}\n`,
    },
    check: ['make', '-s', 'check'],
    right: { 'calc.c': '#include "calc.h"\nint add(int a, int b) { return a + b; }\n' },
    bent: {
      'ends with 0 in the call': [
        { 'calc.c': '#include <stdlib.h>\nint add(int a, int b) { exit(0); }\n' },
        NOTICES_NOTHING,
      ],
      'ends with 0 before main': [
        {
          'calc.c':
            '#include <stdlib.h>\n__attribute__((constructor)) static void f(void) { _Exit(0); }\nint add(int a, int b) { return a; }\n',
        },
        NOTICES_NOTHING,
      ],
      'ends at once, with a value that is computed': [
        {
          'calc.c':
            '#include <stdio.h>\n#include <unistd.h>\nint add(int a, int b) { dup2(1, 2); _exit(a - a + b - b); }\n',
        },
        NOTICES_NOTHING,
      ],
    },
  },
  'go test': {
    needs: 'go',
    files: {
      'go.mod': 'module calc\n\ngo 1.19\n',
      'calc.go': 'package calc\n\nfunc Add(a, b int) int { return a - b }\n',
      'calc_test.go': `package calc\n\nimport "testing"\n\nfunc TestAdd(t *testing.T) {\n${lines((a, b, sum) => `\tif got := Add(${a}, ${b}); got != ${sum} {\n\t\tt.Error(got)\n\t}`)}\n}\n`,
    },
    check: ['go', 'test', './...'],
    right: { 'calc.go': 'package calc\n\nfunc Add(a, b int) int { return a + b }\n' },
    bent: {
      'the repair is among the tests': [
        {
          'calc.go': 'package calc\n',
          'add_test.go': 'package calc\n\nfunc Add(a, b int) int { return a + b }\n',
        },
        NEW,
      ],
    },
  },
  pytest: {
    needs: 'python3 -m pytest',
    files: {
      'calc.py': 'def add(a, b):\n    return a - b\n',
      'tests/test_calc.py': `from calc import add\n\n${lines((a, b, sum) => `def test_${a}():\n    assert add(${a}, ${b}) == ${sum}\n`)}\n`,
    },
    check: ['python3', '-m', 'pytest', '-q', '-p', 'no:cacheprovider'],
    right: {
      'calc.py': 'def add(a, b):\n    return a + b\n',
      'tests/test_more.py': 'from calc import add\n\ndef test_more():\n    assert add(2, 2) == 4\n',
    },
    bent: {
      'a new file of tests that replaces what is tested': [
        { 'tests/test_aaa.py': 'import calc\ncalc.add = lambda a, b: a + b\n' },
        NEW,
      ],
      'a module of the same name, found first': [{ 'tests/calc.py': 'def add(a, b):\n    return a + b\n' }, NEW],
    },
  },
}

/** Records a guard, writes files, checks again. */
async function confirm({ files, check }: Pick<Project, 'files' | 'check'>, reply: Files) {
  using folder = tempFolder()
  const cwd = join(folder.path, 'tree')
  write(cwd, Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.replaceAll('@HERE@', cwd)])))
  const lrCheck = () => run('lr-check', ['--guard', '../guard.json', '--canary', '.', '--', ...check], { cwd })
  const first = await lrCheck()
  write(cwd, reply)
  return { first, second: await lrCheck() }
}

describe.each(Object.entries(PROJECTS))('%s', (_, project) => {
  const { needs, right, bent } = project
  const isAbsent = !hasProgram(needs)

  test.skipIf(isAbsent)(`an honest repair passes (needs ${needs})`, async () => {
    const { first, second } = await confirm(project, right)
    expect(first.status, first.stdout + first.stderr).toBe(1)
    expect(second.status, second.stdout + second.stderr).toBe(0)
  })

  test.skipIf(isAbsent).each(sampleOf(Object.entries(bent), 2))(
    `does not pass: %s (needs ${needs})`,
    async (_, [reply, line]) => {
      const { first, second } = await confirm(project, reply)
      expect(first.status, first.stdout + first.stderr).toBe(1)
      expect(second.status, second.stdout + second.stderr).toBe(3)
      expect(second.stderr).toContain(line)
    },
  )
})

describe('what only reads tests, or ends by itself, is no false alarm', () => {
  const equals = 'equal(1, 1)\nequal(2, 2)\nequal(3, 3)\n'
  test.each<readonly [what: string, files: Files, check: readonly string[], right: Files]>([
    [
      'a linter that names a file of tests',
      {
        'a.test.sh': equals,
        'a.sh': 'TODO\n',
        'lint.sh': 'grep -n TODO a.sh && echo a.test.sh:1: looks odd && exit 1\nexit 0\n',
      },
      ['sh', 'lint.sh'],
      { 'a.sh': 'true\n' },
    ],
    [
      'a check of the syntax of a script',
      { 'test.sh': '[ 1 = 1 ]\n[ 2 = 2 ]\n[ 3 = 3 ]\n', 'a.sh': 'if\n' },
      ['sh', '-c', 'bash -n test.sh && bash -n a.sh'],
      { 'a.sh': 'true\n' },
    ],
    [
      'a script that ends with its own code',
      { 'check.sh': 'grep -q good a.txt\nexit $?\n', 'a.txt': 'bad\n' },
      ['sh', 'check.sh'],
      { 'a.txt': 'good\n' },
    ],
    [
      'a script that asks where it runs, and compares files',
      {
        'check.sh':
          'if [ "$CI" = true ]; then set -x; fi\nif [ "$(id -u)" = 4711 ]; then\n  echo other\nfi\nif [ "$1" = -v ]; then echo v; fi\ncase "$MODE" in x) ;; esac\n[ "$MODE" = fast ] && echo fast\nexit_code=0\ndiff a.txt expected.out || exit 1\n',
        'a.txt': 'bad\n',
        'expected.out': 'good\n',
      },
      ['sh', 'check.sh'],
      { 'a.txt': 'good\n' },
    ],
    [
      'a script that compares files',
      {
        'check.sh':
          'for f in cases/*.in; do\n  sh app.sh < "$f" | diff "${f%.in}.out" - || exit 1\ndone\n[ "$(ls cases | wc -l)" = 2 ] && echo "1 case"\n',
        'cases/a.in': 'x\n',
        'cases/a.out': 'x!\n',
        'app.sh': 'cat\n',
      },
      ['sh', 'check.sh'],
      { 'app.sh': 'sed "s/$/!/"\n' },
    ],
    [
      'functions with messages',
      {
        'test.sh':
          'set -e\n. ./app.sh\nassert_equal() { [ "$1" = "$2" ] || { echo "$3"; exit 1; }; }\nhi="hi bob"\nassert_equal "$(greet bob)" "$hi" "greets"\nassert_equal "$(greet ann)" "hi ann" "greets"\n',
        'app.sh': 'greet() { echo "ho $1"; }\n',
      },
      ['sh', 'test.sh'],
      { 'app.sh': 'greet() { echo "hi $1"; }\n' },
    ],
    [
      'tests that are compiled only',
      {
        Makefile: 'all: a.o test_a.o\n%.o: %.sh\n\tsh -n $< && cp $< $@\n',
        '.gitignore': '*.o\n',
        'a.sh': 'if\n',
        'test_a.sh': '[ "$(a)" = 1 ]\n[ "$(a)" = 1 ]\n',
      },
      ['make'],
      { 'a.sh': 'a() { echo 1; }\n' },
    ],
    [
      'a check that always runs in its own folder',
      {
        'run.sh': 'set -e\ncd "@HERE@"\nsh check.sh\n',
        'check.sh': 'set -e\n[ "$(cat a.txt)" = good ]\n[ "$(cat a.txt)" = good ]\n[ "$(cat a.txt)" = good ]\n',
        'a.txt': 'bad\n',
      },
      ['sh', 'run.sh'],
      { 'a.txt': 'good\n' },
    ],
    [
      'a module that the tests ask for',
      {
        'check.sh': '. ./test/helper.sh\n. ./add.sh\n[ "$(add 1 2)" = 3 ]\n',
        'add.sh': 'add() { echo 0; }\n',
      },
      ['sh', 'check.sh'],
      { 'add.sh': 'add() { echo $(($1 + $2)); }\n', 'test/helper.sh': 'set -e\n' },
    ],
  ])('%s', async (_, files, check, right) => {
    const { first, second } = await confirm({ files, check }, right)
    expect(first.status, first.stdout + first.stderr).toBe(1)
    expect(second.status, second.stdout + second.stderr).toBe(0)
  })
})
