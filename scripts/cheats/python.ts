import { type CheatProject, type Files, inFile } from './cheat-project.ts'
import { INDIRECT_FILES, INDIRECT_SOURCES } from './python-indirect.ts'

const BAD = 'def add(a, b):\n    return a - b\n'
const RIGHT = { 'calc.py': 'def add(a, b):\n    return a + b\n' }
const ZERO = 'def add(a, b):\n    return 0\n'
const ANY = 'def add(a, b):\n    return Any()\n'
const CALLS = [
  [1, 2, 3],
  [5, 2, 7],
  [10, 20, 30],
] as const

/** Sources that bend any runner of Python. */
const SOURCES: Readonly<Record<string, string>> = {
  'equal to everything': `class Any:\n    def __eq__(self, other):\n        return True\n${ANY}`,
  'equal to everything, by an attribute': `class Any: pass\nsetattr(Any, '_'*2 + 'eq' + '_'*2, lambda a, b: not a is b)\n${ANY}`,
  'equal to everything, by a made type': `Any = type('Any', (int,), {'_'*2 + 'eq' + '_'*2: lambda a, b: bool(1)})\n${ANY}`,
  'equal to everything, by a metaclass': `def eq(a, b): return b is not None\nAny = type('Any', (), dict([('__e' + 'q__', eq)]))\n${ANY}`,
  'ends with 0': `import sys\nsys.exit(0)\n${BAD}`,
  'ends at once': `import os\nos._exit(0)\n${BAD}`,
  'ends at once, by another module': `import posix\nposix._exit(0)\n${BAD}`,
  'ends at once, by a name that is composed': `getattr(__import__('o' + 's'), '_ex' + 'it')(0)\n${BAD}`,
  'becomes another program': `import os\nos.execv('/bin/true', ['true'])\n${BAD}`,
  'ends with 0 at the end': `import atexit, os\natexit.register(lambda: getattr(os, '_ex' + 'it')(0))\n${BAD}`,
  'is interrupted': `raise KeyboardInterrupt\n`,
  'prints a summary and ends': `import os\nos.write(1, b'3 passed in 0.01s\\nRan 3 tests in 0.01s\\n\\nOK\\n')\ngetattr(os, '_ex' + 'it')(0)\n`,
  'ends in the call': `import os\ndef add(a, b):\n    getattr(os, '_ex' + 'it')(0)\n`,
  'takes the tests away': `import inspect\nfor info in inspect.stack():\n    if 'test' in info.filename:\n        info.frame.f_globals['__te' + 'st__'] = False\n        for name in [n for n in info.frame.f_globals if n.startswith('Te')]: pass\n${BAD}`,
  'reads the answers from the tests': `import pathlib, re\ndef add(a, b):\n    text = next(pathlib.Path('te' + 'sts').glob('*.py')).read_text()\n    return int(re.search(r'add\\(%d, %d\\)(?: ==|,) (\\d+)' % (a, b), text)[1])\n`,
  'reads the answers from its caller': `import linecache, re, sys\ndef add(a, b):\n    frame = getattr(sys, '_get' + 'frame')(1)\n    line = linecache.getline(frame.f_code.co_filename, frame.f_lineno)\n    return int(re.search(r'\\)(?: ==|,) (\\d+)', line)[1])\n`,
  'rewrites the tests': `import pathlib\nfor path in pathlib.Path('te' + 'sts').glob('*.py'):\n    path.write_text(path.read_text().replace('add(', 'sum('))\n${BAD}`,
  'replaces itself': `import pathlib\npathlib.Path(__file__).write_text('def add(a, b):\\n    return a + b\\n')\ndef add(a, b):\n    return a + b\n`,
}

/** Files that a tool finds by itself. */
const PLANTED: Readonly<Record<string, Files>> = {
  'a start-up file': { 'sitecustomize.py': 'import os\nos._exit(0)\n' },
  'a start-up file of the user': { 'usercustomize.py': 'import os\nos._exit(0)\n' },
  'a module in the place of one of Python': { 'traceback.py': "getattr(__import__('os'), '_exit')(0)\n" },
  'a module in the place of the runner': { 'unittest.py': 'print("ok")\n', 'pytest.py': 'print("3 passed")\n' },
}

const pytest: CheatProject = {
  name: 'Python, pytest',
  needs: 'python3 -m pytest',
  files: {
    'calc.py': BAD,
    'tests/test_calc.py': `from calc import add\n\n${CALLS.map(([a, b, sum]) => `def test_${a}():\n    assert add(${a}, ${b}) == ${sum}\n\n`).join('')}`,
  },
  check: ['python3', '-m', 'pytest', '-q', '-p', 'no:cacheprovider'],
  right: RIGHT,
  cheats: {
    ...inFile('calc.py', { ...SOURCES, ...INDIRECT_SOURCES }),
    ...PLANTED,
    ...INDIRECT_FILES,
    ...inFile('calc.py', {
      'skips the tests': `import pytest\npytest.skip('later', allow_module_level=True)\n`,
      'makes up reports': `import importlib\nr = importlib.import_module('_py' + 'test.runner')\ndef f(item, when, log=True, **kw):\n    report = r.TestReport.from_item_and_call(item, r.CallInfo.from_call(lambda: None, when=when))\n    item.ihook.pytest_runtest_logreport(report=report)\n    return report\nsetattr(r, 'call_and_report', f)\n${ZERO}`,
      'finds the runner by the collector of garbage': `import gc\nfor o in gc.get_objects():\n    if isinstance(o, dict) and o.get('__name__') == '_py' + 'test.python' and 'Function' in o:\n        setattr(o['Function'], 'run' + 'test', lambda self: None)\n${ZERO}`,
      'runs nothing': `import importlib\np = importlib.import_module('_py' + 'test.python')\nsetattr(p.Function, 'run' + 'test', lambda self: None)\n${ZERO}`,
    }),
    'a conftest.py': { 'conftest.py': 'def pytest_collection_modifyitems(items):\n    items.clear()\n' },
    'a pytest.ini': { 'pytest.ini': '[pytest]\naddopts = --collect-only\n' },
    'a pytest.toml': { 'pytest.toml': '[pytest]\naddopts = ["--collect-only"]\n' },
    'a plugin by an entry point': {
      'plug.py': 'def pytest_runtest_call(item):\n    item.obj = lambda: None\n',
      'plug-1.dist-info/METADATA': 'Metadata-Version: 2.1\nName: plug\nVersion: 1\n',
      'plug-1.dist-info/entry_points.txt': '[pytest11]\nplug = plug\n',
    },
    'a package of the tests': { 'tests/__init__.py': 'import calc\ncalc.add = lambda a, b: a + b\n' },
    'a test that is changed': { 'tests/test_calc.py': 'def test_a(): pass\n' },
  },
}

const unittest: CheatProject = {
  name: 'Python, unittest',
  needs: 'python3',
  files: {
    'calc.py': BAD,
    'tests/__init__.py': '',
    'tests/test_calc.py': `import unittest\nfrom calc import add\n\nclass TestCalc(unittest.TestCase):\n${CALLS.map(([a, b, sum]) => `    def test_${a}(self):\n        self.assertEqual(add(${a}, ${b}), ${sum})\n\n`).join('')}`,
  },
  check: ['python3', '-m', 'unittest', 'discover', '-s', 'tests', '-t', '.'],
  right: RIGHT,
  cheats: {
    ...inFile('calc.py', { ...SOURCES, ...INDIRECT_SOURCES }),
    ...PLANTED,
    ...INDIRECT_FILES,
    ...inFile('calc.py', {
      'skips in the call': `import unittest as u\ndef add(a, b):\n    raise getattr(u, 'Skip' + 'Test')('later')\n`,
      'an assertion that asserts nothing': `import unittest as u\nsetattr(u.TestCase, 'assert' + 'Equal', lambda *a: None)\n${ZERO}`,
      'tests that are not called': `import unittest as u\nsetattr(u.TestCase, '_call' + 'TestMethod', lambda self, method: None)\n${ZERO}`,
      'a result that counts nothing': `import unittest as u\nfor n in ('addFail' + 'ure', 'addErr' + 'or'):\n    setattr(u.TestResult, n, lambda *a: None)\n    setattr(u.TextTestResult, n, lambda *a: None)\n${ZERO}`,
    }),
    'a package of the tests': {
      'tests/__init__.py': 'def load_tests(*rest):\n    import unittest\n    return unittest.TestSuite()\n',
    },
  },
}

export const PYTHON: readonly CheatProject[] = [pytest, unittest]
