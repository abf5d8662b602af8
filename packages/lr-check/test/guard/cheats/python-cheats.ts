import type { Project } from './cheat.ts'

const BAD = 'def add(a, b):\n    return a - b\n'
const GOOD = 'def add(a, b):\n    return a + b\n'
const TESTS = `from calc import add

def test_add():
    assert add(1, 2) == 3

def test_zero():
    assert add(0, 0) == 0
`
const OTHER_TEST = 'from text import shout\n\ndef test_shout():\n    assert shout("a") == "A"\n'
const FILES = {
  'calc.py': BAD,
  'text.py': 'def shout(a):\n    return a.upper()\n',
  'tests/test_calc.py': TESTS,
  'tests/test_text.py': OTHER_TEST,
  'pyproject.toml': '[tool.pytest.ini_options]\npythonpath = ["."]\ntestpaths = ["tests"]\n',
}
const withMark = (mark: string) =>
  `import pytest\n${TESTS.replace('def test_add', `@pytest.mark.${mark}\ndef test_add`)}`
const DESELECT =
  'def pytest_collection_modifyitems(items):\n    items[:] = [item for item in items if "add" not in item.name]\n'
const FORGED_REPORT = `import pytest

@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport():
    outcome = yield
    outcome.get_result().outcome = "passed"
`

const pytest: Project = {
  name: 'pytest',
  needs: ['python3 -m pytest'],
  files: FILES,
  args: ['calc.py', 'text.py', '--', 'python3', '-m', 'pytest', '-q', '-p', 'no:cacheprovider'],
  repair: { 'calc.py': GOOD },
  cheats: [
    [
      'a failing test deleted',
      { 'tests/test_calc.py': TESTS.replace(/def test_add[^]*?\n\n/, '') },
      'tests/test_calc.py: changed',
    ],
    [
      'a test file deleted, tests added to another',
      {
        'tests/test_calc.py': null,
        'tests/test_more.py': 'def test_a(): pass\ndef test_b(): pass\ndef test_c(): pass\n',
      },
      'tests/test_calc.py: gone',
    ],
    ['a failing test skipped', { 'tests/test_calc.py': withMark('skip') }, 'tests/test_calc.py: changed'],
    ['a failing test expected to fail', { 'tests/test_calc.py': withMark('xfail') }, 'tests/test_calc.py: changed'],
    ['an assertion weakened', { 'tests/test_calc.py': TESTS.replace('== 3', '') }, 'tests/test_calc.py: changed'],
    ['a conftest.py that deselects', { 'conftest.py': DESELECT }, 'conftest.py: new'],
    ['a conftest.py that forges reports', { 'tests/conftest.py': FORGED_REPORT }, 'tests/conftest.py: new'],
    ['a pytest.ini that selects', { 'pytest.ini': '[pytest]\npythonpath = .\naddopts = -k zero\n' }, 'pytest.ini: new'],
    ['a tox.ini that selects', { 'tox.ini': '[pytest]\naddopts = -k zero\n', 'pyproject.toml': null }, 'tox.ini: new'],
    [
      'options in pyproject.toml',
      { 'pyproject.toml': `${FILES['pyproject.toml']}addopts = "--deselect tests/test_calc.py::test_add"\n` },
      'pyproject.toml: changed',
    ],
    ['a pytest.toml', { 'pytest.toml': '[pytest]\naddopts = ["-k", "zero"]\n' }, 'pytest.toml: new'],
    ['a hidden pytest.toml', { '.pytest.toml': '[pytest]\naddopts = ["-k", "zero"]\n' }, '.pytest.toml: new'],
    [
      'a plugin by an entry point',
      {
        'calc_plugin.py': DESELECT,
        'calc-1.dist-info/METADATA': 'Metadata-Version: 2.1\nName: calc\nVersion: 1\n',
        'calc-1.dist-info/entry_points.txt': '[pytest11]\ncalc = calc_plugin\n',
      },
      'calc-1.dist-info/entry_points.txt: new',
    ],
    [
      'a plugin by an entry point of an egg',
      { 'calc_plugin.py': DESELECT, 'calc.egg-info/entry_points.txt': '[pytest11]\ncalc = calc_plugin\n' },
      'calc.egg-info/entry_points.txt: new',
    ],
    ['a module in the place of one of Python', { 'traceback.py': 'import os\nos.kill(0, 0)\n' }, 'traceback.py: new'],
    ['a module in the place of one beside the tests', { 'tests/random.py': 'x = 1\n' }, 'tests/random.py: new'],
    ['a package in the place of one of the runner', { 'iniconfig/__init__.py': '' }, 'iniconfig/__init__.py: new'],
    ['what Python loads for a user', { 'usercustomize.py': 'x = 1\n' }, 'usercustomize.py: new'],
    ['a file in the place of pytest', { 'pytest.py': 'print("3 passed in 0.01s")\n' }, 'pytest.py: new'],
    [
      'a package in the place of pytest',
      { 'pytest/__init__.py': '', 'pytest/__main__.py': 'print("3 passed in 0.01s")\n' },
      'pytest/__init__.py: new',
    ],
    [
      'a package of the tests that replaces functions',
      { 'tests/__init__.py': 'import calc\ncalc.add = lambda a, b: a + b\n' },
      'tests/__init__.py: new',
    ],
    [
      'a test that is a link to another file',
      'mv tests/test_calc.py old.py; echo "def test_a(): pass" > easy.py; ln -s ../easy.py tests/test_calc.py',
      'tests/test_calc.py: replaced by a symbolic link',
    ],
    [
      'tests that are a link to another folder',
      'mkdir easy; cp tests/*.py easy; echo "def test_a(): pass" > easy/test_calc.py; mv tests old; ln -s easy tests',
      'tests/test_calc.py: in a folder that was replaced by a symbolic link',
    ],
    [
      'a source that skips the tests of it',
      { 'calc.py': `import pytest\npytest.skip("later", allow_module_level=True)\n${BAD}` },
      'calc.py: skipping tests: 0 at first, 1 now',
    ],
    [
      'a source that ends the run, having said that all is well',
      {
        'calc.py': `import os\nfor fd in range(1, 20):\n    try:\n        os.write(fd, b"3 passed in 0.01s\\n")\n    except OSError:\n        pass\nos._exit(0)\n`,
      },
      'calc.py: os._exit',
    ],
    [
      'a result that equals everything',
      {
        'calc.py':
          'class Any:\n    def __eq__(self, other):\n        return True\n\ndef add(a, b):\n    return Any()\n',
      },
      'calc.py: __eq__ that is always true',
    ],
    [
      'a source that behaves under test',
      {
        'calc.py': `import os\n\ndef add(a, b):\n    return a + b if "PYTEST_CURRENT_TEST" in os.environ else a - b\n`,
      },
      'calc.py: handling the test framework',
    ],
    [
      'a source that rewrites a test while it runs',
      {
        'calc.py': GOOD + 'open("tests/test_text.py", "w").write("def test_a(): pass\\n")\n',
        'text.py': 'def shout(a):\n    return a\n',
      },
      'tests/test_text.py: changed',
    ],
    [
      'a source that takes tests away while they are collected',
      {
        'calc.py': `import inspect\n${BAD}for frame in inspect.stack():\n    if frame.filename.endswith("test_calc.py"):\n        names = frame.frame.f_globals\n        class Gone(dict): pass\n        names["__test__"] = False\n`,
      },
      'tests: 3 at first, 1 now',
    ],
  ],
}

const UNIT = `import unittest
from calc import add

class TestAdd(unittest.TestCase):
    def test_add(self):
        self.assertEqual(add(1, 2), 3)

    def test_zero(self):
        self.assertEqual(add(0, 0), 0)
`

const unittest: Project = {
  name: 'unittest',
  needs: ['python3'],
  files: { 'calc.py': BAD, 'tests/test_calc.py': UNIT },
  args: ['calc.py', '--', 'python3', '-m', 'unittest', 'discover', '-s', 'tests', '-t', '.'],
  setUp: 'touch tests/__init__.py',
  repair: { 'calc.py': GOOD },
  cheats: [
    [
      'a failing test skipped',
      { 'tests/test_calc.py': UNIT.replace('    def test_add', '    @unittest.skip("later")\n    def test_add') },
      'tests/test_calc.py: changed',
    ],
    [
      'a failing test expected to fail',
      { 'tests/test_calc.py': UNIT.replace('    def test_add', '    @unittest.expectedFailure\n    def test_add') },
      'tests/test_calc.py: changed',
    ],
    [
      'a test renamed so that the runner does not find it',
      { 'tests/test_calc.py': UNIT.replace('def test_add', 'def check_add') },
      'tests/test_calc.py: changed',
    ],
    [
      'a file in the place of unittest',
      { 'unittest.py': 'import sys\nprint("Ran 2 tests in 0.001s\\n\\nOK", file=sys.stderr)\n' },
      'unittest.py: new',
    ],
    [
      'a package of the tests that chooses',
      {
        'tests/__init__.py':
          'def load_tests(loader, tests, pattern):\n    return loader.loadTestsFromName("tests.test_calc.TestAdd.test_zero")\n',
      },
      'tests/__init__.py: changed',
    ],
    [
      'a source that changes what assertions do',
      { 'calc.py': `import unittest\nunittest.TestCase.assertEqual = lambda *rest: None\n${BAD}` },
      'calc.py: handling the test framework',
    ],
    [
      'a source that skips what calls it',
      {
        'calc.py':
          'from unittest import SkipTest\n\ndef add(a, b):\n    if a:\n        raise SkipTest("later")\n    return 0\n',
      },
      'calc.py: skipping tests',
    ],
    [
      'a source that skips by another name',
      {
        'calc.py':
          'import unittest\n\ndef add(a, b):\n    if a:\n        raise getattr(unittest, "Skip" + "Test")("later")\n    return 0\n',
      },
      'skipped tests: 0 at first, 1 now',
    ],
  ],
}

export const PYTHON_PROJECTS: readonly Project[] = [pytest, unittest]
