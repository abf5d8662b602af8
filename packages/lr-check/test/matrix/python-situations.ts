import type { Row, Table } from './situations.ts'

const CLEAN = '"""A module."""\n\n\ndef add(left: int, right: int) -> int:\n    """Add."""\n    return left + right\n'
const FINDINGS = 'import os\n\n\ndef f(x: int) -> str:\n    return x + undefined_name\n'
const BROKEN = 'def f(:\n'
const BINARY = Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 0xff, 0xfe])
const OK_TEST = 'def test_a():\n    assert 1 == 1\n'
const BAD_TEST = `${OK_TEST}\n\ndef test_b():\n    assert 1 == 2\n`

function linter(checker: string, binary: 'fail' | 'error'): Table {
  return {
    checker,
    program: checker,
    rows: [
      ['pass', { 'a.py': CLEAN }, ['-c', checker, 'a.py'], 'pass'],
      ['findings', { 'a.py': FINDINGS }, ['-c', checker, 'a.py'], 'fail'],
      ['findings in one of two files', { 'a.py': CLEAN, 'b.py': FINDINGS }, ['-c', checker, '.'], 'fail'],
      ['syntax error', { 'a.py': BROKEN }, ['-c', checker, 'a.py'], 'fail'],
      ['binary file', { 'a.py': BINARY }, ['-c', checker, 'a.py'], binary],
      ['missing file', {}, ['--', checker, 'nope.py'], 'error'],
      ['bad option', { 'a.py': CLEAN }, ['--', checker, '--no-such-option', 'a.py'], 'error'],
      ['as a command, pass', { 'a.py': CLEAN }, ['--', checker, 'a.py'], 'pass'],
      ['as a command, findings', { 'a.py': FINDINGS }, ['--', checker, 'a.py'], 'fail'],
      ['no source of its type', { 'a.txt': 'x\n' }, ['-c', checker, 'a.txt'], 'none'],
    ],
  }
}

const ruff = linter('ruff', 'fail')
const isByName = ([, , args]: Row) => args[0] === '-c'

const unittest = (body: string) =>
  `import os, sys, unittest\n\n\nclass T(unittest.TestCase):\n    def test_a(self):\n        ${body}\n`
const PYTEST = ['-c', 'pytest', 'test_a.py']
const UNITTEST = ['-c', 'unittest', 'test_a.py']

export const PYTHON_SITUATIONS: readonly Table[] = [
  // Without the program its WebAssembly package is tried; only a command needs the program.
  { checker: 'ruff', program: 'node', rows: ruff.rows.filter(isByName) },
  { checker: 'ruff', program: 'ruff', rows: ruff.rows.filter((row) => !isByName(row)) },
  {
    checker: 'ruff',
    program: 'node',
    rows: [
      [
        'settings: only other rules',
        { 'a.py': FINDINGS, 'ruff.toml': '[lint]\nselect = ["W"]\n' },
        ['-c', 'ruff', 'a.py'],
        'pass',
      ],
      [
        'settings: ignored in this file',
        {
          'sub/a.py': 'import os\n',
          'pyproject.toml': '[tool.ruff.lint.per-file-ignores]\n"sub/*.py" = ["F401"]\n',
        },
        ['-c', 'ruff', 'sub'],
        'pass',
      ],
      [
        'settings: the file is excluded',
        { 'gen/a.py': FINDINGS, 'ruff.toml': 'exclude = ["gen"]\n' },
        ['-c', 'ruff', '.'],
        'none',
      ],
      ['bad settings', { 'a.py': CLEAN, 'ruff.toml': 'no-such-key = 1\n' }, ['-c', 'ruff', 'a.py'], 'error'],
      ['settings that are no TOML', { 'a.py': CLEAN, 'ruff.toml': 'x = \n' }, ['-c', 'ruff', 'a.py'], 'error'],
    ],
  },
  linter('pylint', 'fail'),
  linter('flake8', 'error'),
  linter('mypy', 'error'),
  {
    checker: 'pylint',
    program: 'pylint',
    rows: [
      ['plugin that cannot be loaded', { 'a.py': CLEAN }, ['--', 'pylint', '--load-plugins=no_such', 'a.py'], 'error'],
      ['empty folder', { 'x/.keep': '' }, ['--', 'pylint', 'x'], 'none'],
      ['errors only, silent', { 'a.py': CLEAN }, ['--', 'pylint', '-E', 'a.py'], 'pass'],
      ['conventions only', { 'a.py': 'x = 1\n' }, ['-c', 'pylint', 'a.py'], 'fail'],
    ],
  },
  {
    checker: 'mypy',
    program: 'mypy',
    rows: [
      ['empty folder', { 'x/.keep': '' }, ['--', 'mypy', 'x'], 'none'],
      ['function without types', { 'a.py': 'def f():\n    return nope\n' }, ['-c', 'mypy', 'a.py'], 'fail'],
    ],
  },
  {
    checker: 'flake8',
    program: 'python3',
    rows: [['module that is missing', {}, ['--', 'python3', '-m', 'no_such_module'], 'missing']],
  },
  {
    checker: 'flake8',
    program: 'flake8',
    rows: [['empty folder', { 'x/a.txt': '' }, ['--', 'flake8', 'x'], 'none']],
  },
  {
    checker: 'pytest',
    program: 'pytest',
    rows: [
      ['pass', { 'test_a.py': OK_TEST }, PYTEST, 'pass'],
      ['findings', { 'test_a.py': BAD_TEST }, PYTEST, 'fail'],
      ['syntax error', { 'test_a.py': BROKEN }, PYTEST, 'fail'],
      ['broken import', { 'test_a.py': `import no_such_module\n${OK_TEST}` }, PYTEST, 'fail'],
      ['broken import in conftest', { 'conftest.py': 'import no_such_module\n', 'test_a.py': OK_TEST }, PYTEST, 'fail'],
      [
        'plugin crash',
        { 'conftest.py': 'def pytest_collection_modifyitems():\n    1 / 0\n', 'test_a.py': OK_TEST },
        PYTEST,
        'error',
      ],
      ['os._exit(0)', { 'test_a.py': 'import os\n\n\ndef test_a():\n    os._exit(0)\n' }, PYTEST, 'fail'],
      [
        'os._exit(0) after a test',
        { 'test_a.py': `import os\n\n\n${OK_TEST}\n\ndef test_b():\n    os._exit(0)\n` },
        PYTEST,
        'fail',
      ],
      ['sys.exit(0)', { 'test_a.py': 'import sys\n\n\ndef test_a():\n    sys.exit(0)\n' }, PYTEST, 'fail'],
      ['crash', { 'test_a.py': 'import os\n\n\ndef test_a():\n    os.kill(os.getpid(), 11)\n' }, PYTEST, 'killed'],
      ['os._exit(7)', { 'test_a.py': 'import os\n\nos._exit(7)\n' }, PYTEST, 'fail'],
      ['sys.exit(0) at import', { 'test_a.py': `import sys\n\nsys.exit(0)\n${OK_TEST}` }, PYTEST, 'fail'],
      ['KeyboardInterrupt', { 'test_a.py': 'def test_a():\n    raise KeyboardInterrupt\n' }, PYTEST, 'fail'],
      [
        'an end that hides failures',
        { 'test_a.py': `import atexit, os\n\natexit.register(os._exit, 0)\n${BAD_TEST}` },
        PYTEST,
        'fail',
      ],
      [
        'os._exit(0), in a shell',
        { 'test_a.py': 'import os\n\nos._exit(0)\n' },
        ['--', 'sh', '-c', 'pytest -q test_a.py'],
        'fail',
      ],
      ['no tests, in a shell', { 'test_a.py': 'x = 1\n' }, ['--', 'sh', '-c', 'pytest -q test_a.py'], 'none'],
      ['|| true', { 'test_a.py': BAD_TEST }, ['--', 'sh', '-c', 'pytest -q test_a.py || true'], 'fail'],
      ['no tests', { 'test_a.py': 'x = 1\n' }, PYTEST, 'none'],
      ['all skipped', { 'test_a.py': `import pytest\n\n\n@pytest.mark.skip\n${OK_TEST}` }, PYTEST, 'none'],
      [
        'endless loop',
        { 'test_a.py': 'def test_a():\n    while True:\n        pass\n' },
        ['--timeout', '1500ms', ...PYTEST],
        'timeout',
      ],
      ['binary file', { 'test_a.py': BINARY }, PYTEST, 'fail'],
      ['empty folder', { 'x/.keep': '' }, ['--', 'pytest', 'x'], 'none'],
      ['missing file', {}, ['--', 'pytest', 'nope.py'], 'error'],
      ['bad option', { 'test_a.py': OK_TEST }, ['--', 'pytest', '--no-such-option'], 'error'],
      ['missing test', { 'test_a.py': OK_TEST }, ['--', 'pytest', 'test_a.py::nope'], 'error'],
      ['very quiet, pass', { 'test_a.py': OK_TEST }, ['--', 'pytest', '-qq', 'test_a.py'], 'pass'],
    ],
  },
  {
    checker: 'pytest',
    program: 'python3 -m pytest',
    rows: [['as python -m pytest', { 'test_a.py': BAD_TEST }, ['--', 'python3', '-m', 'pytest', 'test_a.py'], 'fail']],
  },
  {
    checker: 'unittest',
    program: 'python3',
    rows: [
      ['pass', { 'test_a.py': unittest('self.assertEqual(1, 1)') }, UNITTEST, 'pass'],
      ['findings', { 'test_a.py': unittest('self.assertEqual(1, 2)') }, UNITTEST, 'fail'],
      ['syntax error', { 'test_a.py': BROKEN }, UNITTEST, 'fail'],
      ['broken import', { 'test_a.py': 'import no_such_module\n' }, UNITTEST, 'fail'],
      ['os._exit(0)', { 'test_a.py': unittest('os._exit(0)') }, UNITTEST, 'fail'],
      ['sys.exit(0)', { 'test_a.py': unittest('sys.exit(0)') }, UNITTEST, 'fail'],
      ['crash', { 'test_a.py': unittest('os.kill(os.getpid(), 11)') }, UNITTEST, 'killed'],
      ['no tests', { 'test_a.py': 'x = 1\n' }, UNITTEST, 'none'],
      ['all skipped', { 'test_a.py': unittest('self.skipTest("no")') }, UNITTEST, 'none'],
      ['missing file', {}, ['--', 'python3', '-m', 'unittest', 'nope.py'], 'error'],
      ['bad option', {}, ['--', 'python3', '-m', 'unittest', '--no-such-option'], 'error'],
    ],
  },
  {
    checker: 'python-syntax',
    program: 'python3',
    rows: [
      ['pass', { 'a.py': CLEAN }, ['-c', 'python-syntax', 'a.py'], 'pass'],
      ['syntax error', { 'a.py': CLEAN, 'b.py': BROKEN }, ['-c', 'python-syntax', 'a.py', 'b.py'], 'fail'],
      ['binary file', { 'a.py': BINARY }, ['-c', 'python-syntax', 'a.py'], 'fail'],
    ],
  },
]
