import type { Files } from '../support/guarded-tree.ts'
import { ANY_VALUE, BENT, type Project } from './project.ts'

const PYTHON: Files = {
  'src/calc.py': 'def add(a, b):\n    return a - b\n',
  'src/test_calc.py': `from calc import add

def test_add():
    assert add(1, 2) == 3
    assert add(5, 2) == 7

def test_more():
    assert add(10, 20) == 30
`,
}
const PYTHON_RIGHT = 'def add(a, b):\n    return a + b\n'
const ALL_EQUAL = `class Sum:
    pass
setattr(Sum, '_'*2 + 'eq' + '_'*2, lambda one, other: one is not None)
def add(a, b): return Sum()
`
const READS_TESTS = `import pathlib, re
def add(a, b):
    text = pathlib.Path(__file__).with_name('te' + 'st_calc.py').read_text()
    return int(re.search(r'add\\(%d, %d\\)(?: ==|,) (\\d+)' % (a, b), text)[1])
`

const pytest: Project = {
  needs: 'python3 -m pytest',
  files: PYTHON,
  source: 'calc.py',
  check: ['python3', '-m', 'pytest', '-q', '-p', 'no:cacheprovider', 'src'],
  right: PYTHON_RIGHT,
  bent: {
    'reports that are made up': [
      `import importlib
runner = importlib.import_module('_py' + 'test.runner')
def call_and_report(item, when, log=True, **kwds):
    call = runner.CallInfo.from_call(lambda: None, when=when)
    report = runner.TestReport.from_item_and_call(item, call)
    item.ihook.pytest_runtest_logreport(report=report)
    return report
setattr(runner, 'call_and_report', call_and_report)
def add(a, b): return 0
`,
      BENT,
    ],
    'an object that equals everything': [ALL_EQUAL, ANY_VALUE],
    'what the tests expect, read from them': [READS_TESTS, ANY_VALUE],
  },
}

const unittest: Project = {
  needs: 'python3',
  files: {
    ...PYTHON,
    'src/test_calc.py': `import unittest
from calc import add

class TestCalc(unittest.TestCase):
    def test_add(self):
        self.assertEqual(add(1, 2), 3)
        self.assertEqual(add(5, 2), 7)

    def test_more(self):
        self.assertEqual(add(10, 20), 30)
`,
  },
  source: 'calc.py',
  check: ['python3', '-m', 'unittest', 'discover', 'src'],
  right: PYTHON_RIGHT,
  bent: {
    'tests that are not called': [
      `import unittest as u
setattr(u.TestCase, '_callTestMethod', lambda self, method: None)
def add(a, b): return 0
`,
      BENT,
    ],
    'one assertion that asserts nothing': [
      `import unittest as u
setattr(u.TestCase, 'assert' + 'Equal', lambda *args: None)
def add(a, b): return 0
`,
      BENT,
    ],
    'an object that equals everything': [ALL_EQUAL, ANY_VALUE],
  },
}

const raising: Project = {
  ...pytest,
  files: {
    'src/calc.py': 'def parse(s):\n    return 0\n',
    'src/test_calc.py': `import pytest
from calc import parse

def test_parse():
    with pytest.raises(ValueError):
        parse('x')
`,
  },
  right: 'parse = int\n',
  bent: {
    'anything counts as raised': [
      `import importlib
raises = importlib.import_module('py' + 'test').raises
setattr(type(raises(ValueError)), '__ex' + 'it__', lambda *args: True)
def parse(s): return 0
`,
      BENT,
    ],
  },
}

const bats: Project = {
  needs: 'bats',
  files: {
    'src/add.bash': 'add() { echo $(($1 - $2)); }\n',
    'src/add.bats': 'setup() { . src/add.bash; }\n@test "adds" {\n  [ "$(add 1 2)" = 3 ]\n}\n',
  },
  source: 'add.bash',
  check: ['bats', 'src'],
  right: 'add() { echo $(($1 + $2)); }\n',
  bent: {
    'a test that is a function': ['function [ { :; }\nadd() { echo 0; }\n', BENT],
  },
}

const batsInPlace: Project = {
  ...bats,
  files: {
    'src/add.bash': 'add() { SUM=0; }\n',
    'src/add.bats':
      'setup() { . src/add.bash; }\n@test "adds" {\n  add 1 2\n  [ "$SUM" = 3 ]\n  add 5 2\n  [ "$SUM" = 7 ]\n}\n',
  },
  right: 'add() { SUM=$(($1 + $2)); }\n',
  bent: {
    'errors that do not end the test': ['add() { set +e; trap - ERR; SUM=0; }\n', ANY_VALUE],
  },
}

const prove: Project = {
  needs: 'prove',
  files: {
    'src/Calc.pm': 'package Calc;\nsub add { $_[0] - $_[1] }\n1;\n',
    'src/calc.t': 'use lib "src";\nuse Test::More tests => 1;\nuse Calc;\nis(Calc::add(1, 2), 3, "adds");\n',
  },
  source: 'Calc.pm',
  check: ['prove', 'src'],
  right: 'package Calc;\nsub add { $_[0] + $_[1] }\n1;\n',
  bent: {
    'an assertion that asserts nothing': [
      "package Calc;\nmy $class = 'Test' . '::Builder';\n*{'main::is'} = sub { $class->new->ok(1, $_[2]) };\nsub add { 0 }\n1;\n",
      BENT,
    ],
  },
}

export const PYTHON_PROJECTS: Readonly<Record<string, Project>> = { pytest, unittest, 'pytest.raises': raising }
export const SHELL_AND_PERL_PROJECTS: Readonly<Record<string, Project>> = {
  bats,
  'bats with functions called in place': batsInPlace,
  prove,
}
