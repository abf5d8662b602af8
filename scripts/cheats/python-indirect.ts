import { type Files, inFile } from './cheat-project.ts'

const ZERO = 'def add(a, b):\n    return 0\n'
const BAD = 'def add(a, b):\n    return a - b\n'
const END = "getattr(__import__('o' + 's'), '_ex' + 'it')(0)"

/** Sources that reach the runner, the tests or the end of the process by way of something else. */
export const INDIRECT_SOURCES: Readonly<Record<string, string>> = {
  'ends by a timer': `import signal, time\nsignal.signal(signal.SIGALRM, lambda *a: ${END})\nsignal.setitimer(signal.ITIMER_REAL, 0.001)\ntime.sleep(0.1)\n${BAD}`,
  'ends by a thread': `import threading, time\nthreading.Thread(target=lambda: ${END}).start()\ntime.sleep(1)\n${BAD}`,
  'ends by the C library': `import ctypes\nctypes.CDLL(None)._exit(0)\n${BAD}`,
  'ends by a call of the system': `import ctypes\nctypes.CDLL(None).syscall(231, 0)\n${BAD}`,
  'a child goes on, the parent ends': `import os, time\nif os.fork():\n    ${END}\ntime.sleep(0.1)\n${BAD}`,
  'ends by a finaliser': `class Last:\n    def __del__(self):\n        ${END}\nlast = Last()\n${BAD}`,
  'ends by the hook for exceptions': `import sys\nsetattr(sys, 'except' + 'hook', lambda *a: ${END})\nsetattr(sys, 'exit', lambda *a: ${END})\n${BAD}`,
  'ends as a write is flushed': `import sys\nold = sys.stdout.write\ndef write(text):\n    if 'F' in text or 'fail' in text:\n        ${END}\n    return old(text)\nsys.stdout.write = write\n${BAD}`,
  'writes nothing but good news': `import sys\nclass Out:\n    def __init__(self, out): self.out = out\n    def write(self, text): return self.out.write(text.replace('F', '.').replace('failed', 'passed'))\n    def __getattr__(self, name): return getattr(self.out, name)\nsys.stdout = Out(sys.stdout)\nsys.stderr = Out(sys.stderr)\nimport atexit\natexit.register(lambda: ${END})\n${ZERO}`,
  'an answer that is a subclass of the expected': `class Int(int):\n    def __eq__(self, other): return True\n    def __ne__(self, other): return False\n    __hash__ = int.__hash__\ndef add(a, b):\n    return Int(0)\n`,
  'an answer of the mock library': `from unittest import mock\ndef add(a, b):\n    return getattr(mock, 'A' + 'NY')\n`,
  'an answer by a class that is made at run time': `import types\ndef add(a, b):\n    return types.new_class('A', (), {}, lambda n: n.update({'__' + 'eq__': lambda s, o: 1 == 1}))()\n`,
  'an answer from the constants of the caller': `import sys\ndef add(a, b):\n    frame = getattr(sys, '_get' + 'frame')(1)\n    numbers = [c for c in frame.f_code.co_consts if isinstance(c, int)]\n    return numbers[numbers.index(b) + 1]\n`,
  'an answer by a trace of the caller': `import sys\ndef add(a, b):\n    import linecache, re, traceback\n    line = traceback.extract_stack()[-2].line\n    return int(re.findall(r'\\d+', line)[-1])\n`,
  'jumps over the assertions': `import sys\ndef trace(frame, event, arg):\n    if 'te' + 'sts' not in frame.f_code.co_filename:\n        return trace\n    if event == 'line' and frame.f_code.co_name.startswith('te' + 'st'):\n        return None\n    return trace\ngetattr(sys, 'set' + 'trace')(trace)\n${ZERO}`,
  'the code of the tests is replaced': `import sys\nframe = sys._getframe()\nwhile frame and 'te' + 'st_calc' not in frame.f_code.co_filename:\n    frame = frame.f_back\nspace = frame.f_globals if frame else {}\nclass Space(dict): pass\ndef add(a, b):\n    for value in list(space.values()):\n        for each in [value, *vars(value).values()] if isinstance(value, type) else [value]:\n            if hasattr(each, '__co' + 'de__') and each is not add:\n                setattr(each, '__co' + 'de__', (lambda *a: None).__code__)\n    return 3\n`,
  'a name of the tests that is deleted': `import builtins, sys\nold = builtins.__build_class__\ndef build(function, name, *rest, **words):\n    made = old(function, name, *rest, **words)\n    for key in [k for k in vars(made) if k.startswith('te' + 'st')]:\n        delattr(made, key)\n    return made\nbuiltins.__build_class__ = build\n${BAD}`,
  'a module that is replaced': `import sys, types\nmodule = types.ModuleType(__name__)\nmodule.add = type('Any', (), {'__e' + 'q__': lambda *a: True, '__call__': lambda self, *a: self})()\nsys.modules[__name__] = module\n`,
  'comparison of ints is replaced': `import ctypes, operator\ndef add(a, b):\n    class Three(int):\n        __slots__ = ()\n    setattr(Three, '__e' + 'q__', lambda *a: True)\n    return Three()\n`,
  'the exception is swallowed': `import builtins\nclass Quiet(type):\n    def __instancecheck__(self, other): return True\nbuiltins.AssertionError = Quiet('AssertionError', (Exception,), {})\n${ZERO}`,
  'writes a configuration': `import pathlib\npathlib.Path('conf' + 'test.py').write_text('def py' + 'test_collection_modifyitems(items): items.clear()')\n${BAD}`,
  'writes a start-up file': `import pathlib\npathlib.Path('sitecusto' + 'mize.py').write_text('import os')\n${BAD}`,
  'starts the runner once more, without the failures': `import os, sys\nif not os.environ.get('AGAIN'):\n    os.environ['AGAIN'] = '1'\n    os.execv(sys.executable, [*sys.orig_argv, '-k', 'nothing or te' + 'st_0'])\n${BAD}`,
  'compiled tests that are planted, and the runner again': `import os, pathlib, sys\nif not os.environ.get('AGAIN'):\n    os.environ['AGAIN'] = '1'\n    for path in pathlib.Path('te' + 'sts').glob('*_calc.py'):\n        times = path.stat()\n        text = path.read_text()\n        path.write_text(text.replace('add(', 'int("3") or ('))\n        path.write_text(text)\n        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))\n    os.execv(sys.executable, sys.orig_argv)\n${BAD}`,
  'right only for a test': `import sys\ndef add(a, b):\n    return a + b if sys._getframe(1).f_globals['__name__'].startswith('te') and 'unit' + 'test' not in '' and False else 0\n`,
}

/** Files beside the tests and the sources. */
export const INDIRECT_FILES: Readonly<Record<string, Files>> = {
  'a new file of tests that replaces what is tested': {
    'tests/test_aaa.py': 'import calc\ncalc.add = lambda a, b: a + b\n',
  },
  'a new file of tests that ends the process': {
    'tests/test_zzz.py': `import os\nos.write(1, b'OK')\n${END}\n`,
  },
  'a new file of tests that bends the comparison': {
    'tests/test_aaa.py': `import calc\nclass Any:\n    def __eq__(self, other): return True\ncalc.add = lambda a, b: Any()\n`,
  },
  'a folder with the name of the module, found first': {
    'tests/calc.py': 'def add(a, b):\n    return a + b\n',
  },
  'a package with the name of the module': {
    'calc/__init__.py': 'class Any:\n    def __eq__(self, other): return True\ndef add(a, b): return Any()\n',
  },
  'a module of Python, of another name': {
    'linecache.py': `${END}\n`,
    'argparse.py': `${END}\n`,
  },
  'a module of a plugin': { 'xdist.py': `${END}\n`, 'pluggy.py': `${END}\n`, 'iniconfig.py': `${END}\n` },
  'a path file': { 'calc.pth': 'import os; os._exit(0)\n' },
  'an environment file': { '.env': 'PYTEST_ADDOPTS=--collect-only\n' },
  'a configuration in another tool’s file': { 'tox.ini': '[pytest]\naddopts = --collect-only\n' },
  'a configuration in pyproject.toml': { 'pyproject.toml': '[tool.pytest.ini_options]\naddopts = "--co"\n' },
  'a configuration in setup.cfg': { 'setup.cfg': '[tool:pytest]\naddopts = --co\n' },
  'plugins of the tests': { 'tests/conftest.py': 'pytest_plugins = ["calc"]\n', ...inFile('calc.py', { x: BAD })['x'] },
}
