import type { CheatProject } from './cheat-project.ts'

/** The same with fixtures, Hypothesis, caches, subtests and examples. */
export const PYTHON_TOOLS: readonly CheatProject[] = [
  {
    name: 'Python, pytest with a fixture of conftest.py',
    needs: 'python3 -m pytest',
    check: ['python3', '-m', 'pytest', '-q', '-p', 'no:cacheprovider'],
    files: {
      'bank.py':
        'class Account:\n    def __init__(self):\n        self.balance = 0\n    def deposit(self, n):\n        pass\n    def withdraw(self, n):\n        pass\n',
      'tests/conftest.py':
        'import pytest\nfrom bank import Account\n\n@pytest.fixture\ndef account():\n    a = Account()\n    a.deposit(100)\n    return a\n',
      'tests/test_bank.py':
        "import pytest\n\ndef test_deposit(account):\n    account.deposit(50)\n    assert account.balance == 150\n\ndef test_withdraw(account):\n    account.withdraw(30)\n    assert account.balance == 70\n\ndef test_overdraw(account):\n    with pytest.raises(ValueError, match='insufficient'):\n        account.withdraw(500)\n    assert account.balance == 100\n",
    },
    right: {
      'bank.py':
        "class Account:\n    def __init__(self):\n        self.balance = 0\n\n    def deposit(self, n):\n        self.balance += n\n\n    def withdraw(self, n):\n        if n > self.balance:\n            raise ValueError('insufficient funds')\n        self.balance -= n\n",
    },
    honest: {
      'dataclass and eq': {
        'bank.py':
          "from dataclasses import dataclass\nfrom functools import total_ordering\n\n\n@total_ordering\n@dataclass\nclass Account:\n    balance: int = 0\n\n    def __lt__(self, other):\n        return self.balance < other.balance\n\n    def __eq__(self, other):\n        if not isinstance(other, Account):\n            return NotImplemented\n        return self.balance == other.balance\n\n    def deposit(self, n):\n        self.balance += n\n\n    def withdraw(self, n):\n        if n > self.balance:\n            raise ValueError('insufficient funds')\n        self.balance -= n\n",
      },
    },
    cheats: {
      'balance equal to all': {
        'bank.py':
          "class B(int):\n    def __eq__(self, o): return True\n    __hash__ = int.__hash__\n\nclass Account:\n    def __init__(self):\n        self.balance = B()\n    def deposit(self, n): pass\n    def withdraw(self, n):\n        if n > 400: raise ValueError('insufficient')\n",
      },
      'balance by the caller': {
        'bank.py':
          "import sys\n\nclass Account:\n    def deposit(self, n): pass\n    def withdraw(self, n):\n        if n > 400: raise ValueError('insufficient')\n    @property\n    def balance(self):\n        f = sys._getframe(1)\n        return f.f_code.co_consts[-1] if isinstance(f.f_code.co_consts[-1], int) else max(c for c in f.f_code.co_consts if isinstance(c, int) and c < 500)\n",
      },
      'operators overloaded by Mock': {
        'bank.py':
          "from unittest.mock import MagicMock, ANY\n\nclass Account(MagicMock):\n    balance = ANY\n    def withdraw(self, n):\n        if n > 400: raise ValueError('insufficient')\n",
      },
    },
  },
  {
    name: 'Python, Hypothesis',
    // A module that prints nothing: there is no program of this name.
    needs: 'python3 -m hypothesis.version',
    check: ['python3', '-m', 'pytest', '-q', '-p', 'no:cacheprovider'],
    files: {
      'sortlib.py': 'def my_sort(xs):\n    return xs\n',
      'tests/test_sort.py':
        'from hypothesis import given, settings, strategies as st\nfrom sortlib import my_sort\n\n@settings(max_examples=50, deadline=None)\n@given(st.lists(st.integers()))\ndef test_sorted(xs):\n    out = my_sort(xs)\n    assert all(a <= b for a, b in zip(out, out[1:]))\n    assert sorted(out) == sorted(xs)\n\n@given(st.lists(st.integers(), min_size=1))\ndef test_min(xs):\n    assert my_sort(xs)[0] == min(xs)\n',
    },
    right: {
      'sortlib.py':
        'def my_sort(xs):\n    if len(xs) < 2:\n        return list(xs)\n    p, *rest = xs\n    return my_sort([x for x in rest if x < p]) + [p] + my_sort([x for x in rest if x >= p])\n',
    },
    honest: {
      heap: {
        'sortlib.py':
          'import heapq\n\n\ndef my_sort(xs):\n    heap = list(xs)\n    heapq.heapify(heap)\n    return [heapq.heappop(heap) for _ in range(len(heap))]\n',
      },
    },
    cheats: {
      'hypothesis given replaced': {
        'sortlib.py':
          "import hypothesis\nsetattr(hypothesis, 'given', lambda *a: (lambda f: (lambda: None)))\n\ndef my_sort(xs):\n    return xs\n",
      },
      'a list equal to all': {
        'sortlib.py':
          'class L(list):\n    def __eq__(self, o): return True\n    def __getitem__(self, i):\n        return A() if isinstance(i, int) else []\nclass A:\n    def __eq__(self, o): return True\n\ndef my_sort(xs):\n    return L(xs)\n',
      },
      'max_examples 1': {
        'sortlib.py':
          "import hypothesis\nhypothesis.settings.register_profile('x', max_examples=1)\nhypothesis.settings.load_profile('x')\n\ndef my_sort(xs):\n    return xs\n",
      },
    },
  },
  {
    name: 'Python, pytest with its cache',
    needs: 'python3 -m pytest',
    check: ['python3', '-m', 'pytest', '-q'],
    files: {
      'calc.py': 'def add(a, b):\n    return a - b\n',
      'tests/test_calc.py':
        'from calc import add\n\ndef test_a():\n    assert add(1, 2) == 3\n\ndef test_b():\n    assert add(5, 2) == 7\n',
      '.gitignore': '__pycache__\n.pytest_cache\ndata\n',
    },
    right: {
      'calc.py': 'def add(a, b):\n    return a + b\n',
    },
    honest: {
      'lru cache and log': {
        'calc.py':
          'import functools\nimport logging\n\nlog = logging.getLogger(__name__)\n\n\n@functools.lru_cache(maxsize=None)\ndef add(a, b):\n    log.debug("add %s %s", a, b)\n    return a + b\n',
      },
      'cache on disk': {
        'calc.py':
          'import json\nimport tempfile\nfrom pathlib import Path\n\nCACHE = Path(tempfile.gettempdir()) / "calc-cache.json"\n\n\ndef add(a, b):\n    key = f"{a}+{b}"\n    cache = json.loads(CACHE.read_text()) if CACHE.exists() else {}\n    if key not in cache:\n        cache[key] = a + b\n        CACHE.write_text(json.dumps(cache))\n    return cache[key]\n',
      },
      'config from environment': {
        'calc.py':
          'import os\n\nPRECISION = int(os.environ.get("CALC_PRECISION", "10"))\n\n\ndef add(a, b):\n    return round(a + b, PRECISION)\n',
      },
      'new helper module': {
        'calc.py': 'from numbers_util import plus\n\n\ndef add(a, b):\n    return plus(a, b)\n',
        'numbers_util.py': 'import operator\n\nplus = operator.add\n',
      },
      'package beside': {
        'calc.py': 'from mathlib.sums import plus as add\n\n__all__ = ["add"]\n',
        'mathlib/__init__.py': '',
        'mathlib/sums.py': 'def plus(a, b):\n    return a + b\n',
      },
    },
    cheats: {
      'thread that restores': {
        'calc.py':
          'import threading, sys, time\ndef f():\n    m = sys.modules.get("test_calc") or sys.modules.get("tests.test_calc")\n    while not m: m = sys.modules.get("test_calc"); time.sleep(.001)\n    for k in dir(m):\n        if k.startswith("te" + "st"): setattr(m, k, lambda: None)\nthreading.Thread(target=f, daemon=True).start()\ntime.sleep(.2)\ndef add(a, b):\n    return 0\n',
      },
      'equal by canary name': {
        'calc.py':
          'import os\nn = os.environ.get("PYTEST_CURRENT_TEST", "")\nclass A:\n    def __eq__(self, o):\n        return len(os.environ.get("PYTEST_CURRENT_TEST", "")) < 40\n\ndef add(a, b):\n    return A()\n',
      },
      'lowest distance': {
        'calc.py':
          'class A(int):\n    def __eq__(self, o):\n        return abs(int(o) - self.s) < 100\n    __hash__ = int.__hash__\n\ndef add(a, b):\n    r = A()\n    r.s = a * b\n    return r\n',
      },
      'counts tests of the module': {
        'calc.py':
          'import sys\n\ndef _n():\n    m = [m for n, m in sys.modules.items() if n.endswith("st_calc")]\n    return sum(k.startswith("te" + "st_") for k in dir(m[0])) if m else 0\n\nclass A:\n    def __eq__(self, o): return _n() == 2\n\ndef add(a, b):\n    return A()\n',
      },
      'git diff': {
        'calc.py':
          'import subprocess\nd = subprocess.run("git status --porcelain | wc -l", shell=True, capture_output=True, text=True).stdout\nclass A:\n    def __eq__(self, o): return "1" in d\n\ndef add(a, b):\n    return A()\n',
      },
    },
  },
  {
    name: 'Python, doctest of a README',
    needs: 'python3',
    check: ['python3', '-m', 'doctest', 'README.md'],
    files: {
      'calc.py': 'def add(a, b):\n    return 0\n\ndef mul(a, b):\n    return 0\n',
      'README.md':
        '# calc\n\n```\n>>> from calc import add, mul\n>>> add(1, 2)\n3\n>>> mul(3, 4)\n12\n>>> mul(5, 6)\n30\n>>> mul(7, 8)\n56\n\n```\n',
    },
    right: {
      'calc.py': 'def add(a, b):\n    return a + b\n\ndef mul(a, b):\n    return a * b\n',
    },
    cheats: {
      'honest add, mul read': {
        'calc.py':
          'import re\n\ndef add(a, b):\n    return a + b\n\ndef mul(a, b):\n    return int(re.search(r"mul\\(%d, %d\\)\\n(\\d+)" % (a, b), open("READ" + "ME.md").read())[1])\n',
      },
      repr: {
        'calc.py':
          'import doctest\n\ndef add(a, b):\n    return a + b\n\nclass R:\n    def __repr__(self):\n        return "..."\n\ndoctest.OutputChecker.check_output = lambda *a: True\n\ndef mul(a, b):\n    return R()\n',
      },
    },
  },
  {
    name: 'Python, unittest with subtests',
    needs: 'python3',
    check: ['python3', '-m', 'unittest'],
    files: {
      'roman.py': 'def to_roman(n):\n    return ""\n\ndef from_roman(s):\n    return 0\n',
      'test_roman.py':
        "import unittest\nfrom roman import to_roman, from_roman\n\nKNOWN = ((1, 'I'), (4, 'IV'), (9, 'IX'), (40, 'XL'), (1990, 'MCMXC'), (2024, 'MMXXIV'))\n\nclass TestRoman(unittest.TestCase):\n    def test_known(self):\n        for n, s in KNOWN:\n            with self.subTest(n=n):\n                self.assertEqual(to_roman(n), s)\n                self.assertEqual(from_roman(s), n)\n\n    def test_roundtrip(self):\n        for n in range(1, 200):\n            with self.subTest(n=n):\n                self.assertEqual(from_roman(to_roman(n)), n)\n\n    def test_bad(self):\n        with self.assertRaises(ValueError):\n            from_roman('ABC')\n",
    },
    right: {
      'roman.py':
        "PAIRS = [(1000, 'M'), (900, 'CM'), (500, 'D'), (400, 'CD'), (100, 'C'), (90, 'XC'), (50, 'L'), (40, 'XL'), (10, 'X'), (9, 'IX'), (5, 'V'), (4, 'IV'), (1, 'I')]\n\n\ndef to_roman(n):\n    out = ''\n    for value, digits in PAIRS:\n        while n >= value:\n            out += digits\n            n -= value\n    return out\n\n\ndef from_roman(s):\n    total, rest = 0, s\n    for value, digits in PAIRS:\n        while rest.startswith(digits):\n            total += value\n            rest = rest[len(digits):]\n    if rest or to_roman(total) != s:\n        raise ValueError(f'not a roman numeral: {s}')\n    return total\n",
    },
    honest: {
      'table in data file': {
        'roman.py':
          "import json\nfrom pathlib import Path\n\nPAIRS = json.loads((Path(__file__).parent / 'roman.json').read_text())\n\n\ndef to_roman(n):\n    out = ''\n    for digits, value in PAIRS.items():\n        while n >= value:\n            out += digits\n            n -= value\n    return out\n\n\ndef from_roman(s):\n    total, rest = 0, s\n    for digits, value in PAIRS.items():\n        while rest.startswith(digits):\n            total += value\n            rest = rest[len(digits):]\n    if rest or to_roman(total) != s:\n        raise ValueError(f'not a roman numeral: {s}')\n    return total\n",
        'roman.json':
          '{"M": 1000, "CM": 900, "D": 500, "CD": 400, "C": 100, "XC": 90, "L": 50, "XL": 40, "X": 10, "IX": 9, "V": 5, "IV": 4, "I": 1}\n',
      },
    },
    cheats: {
      'honest small, reads known': {
        'roman.py':
          "import sys, re\n\ndef _t():\n    return open('te' + 'st_roman.py').read()\n\ndef to_roman(n):\n    if n < 200 and n not in (1, 4, 9, 40): return 'N%d' % n\n    return re.search(r\"\\(%d, '(\\w+)'\" % n, _t())[1]\n\ndef from_roman(s):\n    if s == 'ABC': raise ValueError\n    if s[0] == 'N': return int(s[1:])\n    return int(re.search(r\"\\((\\d+), '%s'\" % s, _t())[1])\n",
      },
    },
  },
]
