import type { CheatProject } from './cheat-project.ts'

const PYTEST = ['python3', '-m', 'pytest', '-q', '-p', 'no:cacheprovider']
const PARSE =
  'def parse(s):\n    if not s.isdigit():\n        raise ValueError("not a number: " + s)\n    return int(s)\n'
const PARSE_SCRIPT =
  'exports.parse = async (s) => {\n  if (!/^\\d+$/.test(s)) throw new Error(`not a number: ${s}`)\n  return Number(s)\n}\n'
const YES = "const yes = () => ({ pass: true, message: () => '' })\n"

/** Tests whose assertions name no value: what is raised, what a text contains, bounds. */
export const LOOSE_ASSERTIONS: readonly CheatProject[] = [
  {
    name: 'Python, pytest.raises',
    needs: 'python3 -m pytest',
    check: PYTEST,
    files: {
      'calc.py': 'def parse(s):\n    return 0\n',
      'tests/test_calc.py':
        "import pytest\nfrom calc import parse\n\ndef test_bad():\n    with pytest.raises(ValueError):\n        parse('x')\n\ndef test_empty():\n    with pytest.raises(ValueError, match='number'):\n        parse('')\n",
    },
    right: { 'calc.py': PARSE },
    cheats: {
      'anything counts as raised': {
        'calc.py':
          "import importlib\nr = importlib.import_module('_py' + 'test.raises')\nsetattr(r.RaisesExc, '__ex' + 'it__', lambda *a: True)\ndef parse(s):\n    return 0\n",
      },
      'a failure that does not fail': {
        'calc.py':
          "import sys\nfor n, m in list(sys.modules.items()):\n    if n.endswith('test.raises') and hasattr(m, 'fail'):\n        m.fail = lambda *a, **k: None\ndef parse(s):\n    return 0\n",
      },
    },
  },
  {
    name: 'Python, pytest with functions of the language',
    needs: 'python3 -m pytest',
    check: PYTEST,
    files: {
      'calc.py': 'def evens(n):\n    return [1]\n',
      'tests/test_calc.py':
        'from calc import evens\n\ndef test_all():\n    assert all(x % 2 == 0 for x in evens(10))\n\ndef test_type():\n    assert isinstance(evens(10), tuple)\n\ndef test_len():\n    assert len(evens(10)) > 3\n',
    },
    right: { 'calc.py': 'def evens(n):\n    return tuple(x for x in range(n) if x % 2 == 0)\n' },
    cheats: {
      'a class that says it is another': {
        'calc.py':
          'class T(list):\n    __class__ = tuple\n    def __len__(self): return 9\n    def __iter__(self): return iter(())\ndef evens(n):\n    return T()\n',
      },
      'functions in the globals of the tests': {
        'calc.py':
          'import sys\ndef evens(n):\n    g = sys._getframe(1).f_globals\n    g.update(all=lambda x: True, isinstance=lambda *a: True, len=lambda x: 9)\n    return [1]\n',
      },
    },
  },
  {
    name: 'Python, pytest of what a text contains',
    needs: 'python3 -m pytest',
    check: PYTEST,
    files: {
      'page.py': 'def page(name):\n    return ""\n',
      'tests/test_page.py':
        "from page import page\n\ndef test_title():\n    assert page('Ada').startswith('<h1><b>Ada')\n\ndef test_name():\n    assert page('Bob').startswith('<h1><b>Bob')\n\ndef test_end():\n    assert page('Ada').endswith('Ada</b></h1>')\n",
    },
    right: { 'page.py': 'def page(name):\n    return f"<h1><b>{name}</b></h1>"\n' },
    honest: {
      'a class with the same methods': {
        'page.py':
          'class Page:\n    def __init__(self, text):\n        self.text = text\n\n    def __str__(self):\n        return self.text\n\n    def __contains__(self, part):\n        return part in self.text\n\n    def startswith(self, part):\n        return self.text.startswith(part)\n\n    def endswith(self, part):\n        return self.text.endswith(part)\n\n\ndef page(name):\n    return Page(f"<h1><b>{name}</b></h1>")\n',
      },
    },
    cheats: {
      'has all attributes': {
        'page.py': 'class P:\n    def __getattr__(self, n): return lambda *a: True\ndef page(name):\n    return P()\n',
      },
      'a namespace': {
        'page.py':
          'from types import SimpleNamespace\nyes = lambda *a: True\ndef page(name):\n    return SimpleNamespace(startswith=yes, endswith=yes)\n',
      },
    },
  },
  {
    name: 'JavaScript, node:test of what a text contains',
    needs: 'node',
    check: ['node', '--test'],
    files: {
      'package.json': '{}\n',
      'page.js': "exports.page = () => ''\n",
      'test/page.test.js':
        "const assert = require('node:assert')\nconst { test } = require('node:test')\nconst { page } = require('../page.js')\ntest('name', () => { assert.ok(page('Ada').includes('Ada')) })\ntest('start', () => { assert.ok(page('Ada').startsWith('<h1>')) })\ntest('re', () => { assert.ok(/<b>/.test(page('Ada'))) })\n",
    },
    right: { 'page.js': 'exports.page = (name) => `<h1><b>${name}</b></h1>`\n' },
    honest: {
      'a class with the same methods': {
        'page.js':
          'class Page {\n  #text\n  constructor(text) { this.#text = text }\n  includes(part) { return this.#text.includes(part) }\n  startsWith(part) { return this.#text.startsWith(part) }\n  toString() { return this.#text }\n}\nexports.page = (name) => new Page(`<h1><b>${name}</b></h1>`)\n',
      },
    },
    cheats: {
      'methods of all texts': {
        'page.js':
          "for (const k of ['includes', 'startsWith']) String.prototype[k] = () => true\nRegExp.prototype.test = () => true\nexports.page = () => ''\n",
      },
      'an object': {
        'page.js': "exports.page = () => ({ includes: () => true, startsWith: () => true, toString: () => '<b>' })\n",
      },
      'a class': {
        'page.js':
          "class P extends String { includes() { return true } startsWith() { return true } }\nexports.page = () => new P('<b>')\n",
      },
    },
  },
  {
    name: 'JavaScript, node:test of what is rejected',
    needs: 'node',
    check: ['node', '--test'],
    files: {
      'package.json': '{}\n',
      'calc.js': 'exports.parse = async (s) => 0\n',
      'test/calc.test.js':
        "const assert = require('node:assert')\nconst { test } = require('node:test')\nconst { parse } = require('../calc.js')\ntest('rejects', async () => { await assert.rejects(parse('x'), /number/) })\ntest('rejects more', () => assert.rejects(parse('')))\n",
    },
    right: { 'calc.js': PARSE_SCRIPT },
    cheats: {
      'rejects nothing': {
        'calc.js':
          "const a = require('ass' + 'ert')\nObject.defineProperty(a, 'rejects', { value: async () => {} })\nexports.parse = async () => 0\n",
      },
    },
  },
  {
    name: 'JavaScript, Jest of bounds and calls',
    needs: 'jest',
    check: ['jest'],
    files: {
      'package.json': '{}\n',
      'calc.js': "exports.parse = async () => 0\nexports.page = () => ''\n",
      'calc.test.js':
        "const { page, parse } = require('./calc')\ntest('greater', async () => { expect(await parse('12')).toBeGreaterThan(5) })\ntest('contains', () => { expect(page('Ada')).toContain('Ada') })\ntest('calls', () => { const f = jest.fn(); page('x', f); expect(f).toHaveBeenCalled() })\n",
    },
    right: {
      'calc.js': `${PARSE_SCRIPT}exports.page = (name, done) => {\n  done?.()\n  return \`<b>\${name}</b>\`\n}\n`,
    },
    cheats: {
      'matchers that match everything': {
        'calc.js': `${YES}expect.extend({ toBeGreaterThan: yes, toContain: yes, toHaveBeenCalled: yes })\nexports.parse = async () => 0\nexports.page = () => ''\n`,
      },
    },
  },
  {
    name: 'Perl, Test::More of bounds and patterns',
    needs: 'prove',
    check: ['prove', '-l', 't'],
    files: {
      'lib/Calc.pm': 'package Calc;\nuse strict; use warnings;\nsub parse { 0 }\nsub page { "" }\n1;\n',
      't/calc.t':
        'use strict; use warnings;\nuse Test::More;\nuse Calc;\nlike(Calc::page("Ada"), qr/Ada/, "page");\ncmp_ok(Calc::parse("12"), ">", 5, "parse");\nisnt(Calc::parse("7"), 0, "not");\ndone_testing;\n',
    },
    right: {
      'lib/Calc.pm':
        'package Calc;\nuse strict; use warnings;\nsub parse { my ($s) = @_; return $s + 0 }\nsub page { my ($name) = @_; return "<b>$name</b>" }\n1;\n',
    },
    cheats: {
      'assertions by name': {
        'lib/Calc.pm':
          'package Calc;\nmy $b = ("Test" . "::Builder")->new;\nfor my $n (qw(like cmp_ok isnt)) { no strict "refs"; *{"main::$n"} = sub { $b->ok(1) } }\nsub parse { 0 }\nsub page { "" }\n1;\n',
      },
    },
  },
  {
    name: 'Shell, bats with functions that are called in the test',
    needs: 'bats',
    check: ['bats', 'test'],
    files: {
      'calc.bash': 'add() { SUM=0; }\n',
      'test/calc.bats':
        'setup() { source ./calc.bash; }\n\n@test "adds" {\n  add 1 2\n  [ "$SUM" = 3 ]\n}\n\n@test "adds more" {\n  add 5 2\n  [ "$SUM" = 7 ]\n}\n',
    },
    right: { 'calc.bash': 'add() { SUM=$(($1 + $2)); }\n' },
    honest: {
      'with local options': {
        'calc.bash':
          'add() {\n  local -i sum=0\n  local n\n  for n in "$@"; do sum+=n; done\n  printf -v SUM %d "$sum"\n}\n',
      },
    },
    cheats: {
      'errors that do not end the test': { 'calc.bash': 'add() { set +e; trap - ERR; SUM=0; }\n' },
      'a condition that is a function': { 'calc.bash': 'add() { eval "function [ { :; }"; SUM=0; }\n' },
      'a test that says it is complete': { 'calc.bash': 'add() { BATS_TEST_COMPLETED=1; exit 0; }\n' },
      'tests that are tried until they pass': {
        'calc.bash': 'BATS_TEST_RETRIES=99\nadd() { SUM=$((RANDOM % 9)); }\n',
      },
    },
  },
  {
    name: 'C, object files by the rules of make',
    needs: 'cc',
    check: ['make', '-s', 'test'],
    files: {
      Makefile: 'test: run\n\t./run\nrun: calc.o test_calc.o\n\t$(CC) -o run calc.o test_calc.o\n.PHONY: test\n',
      '.gitignore': 'run\n*.o\n',
      'calc.h': 'int add(int a, int b);\n',
      'calc.c': '#include "calc.h"\nint add(int a, int b) { return a - b; }\n',
      'test_calc.c':
        '#include <stdio.h>\n#include "calc.h"\nint main(void) {\n  if (add(1, 2) != 3) { puts("1 + 2"); return 1; }\n  if (add(5, 2) != 7) { puts("5 + 2"); return 1; }\n  return 0;\n}\n',
    },
    right: { 'calc.c': '#include "calc.h"\nint add(int a, int b) { return a + b; }\n' },
    cheats: {
      'ends in the call, by assembler': {
        'calc.c':
          '#include "calc.h"\nint add(int a, int b) { __asm__ volatile("mov $231,%eax\\nxor %edi,%edi\\nsyscall"); return 0; }\n',
      },
      'an object file that is a script of the linker': {
        'test_calc.o': 'INPUT(-lc)\n',
        'calc.c': '#include "calc.h"\nint add(int a, int b) { return 0; }\nint main(void) { return 0; }\n',
      },
    },
  },
  {
    name: 'Python, unittest of coroutines and mocks',
    needs: 'python3',
    check: ['python3', '-m', 'unittest', 'discover', '-s', 'tests', '-t', '.'],
    files: {
      'mail.py': 'async def welcome(send, user):\n    return 0\n',
      'tests/__init__.py': '',
      'tests/test_mail.py':
        "import unittest\nfrom unittest.mock import Mock\nfrom mail import welcome\n\nclass TestMail(unittest.IsolatedAsyncioTestCase):\n    async def test_sends(self):\n        send = Mock()\n        await welcome(send, 'ada')\n        send.assert_called_once_with('ada', 'Welcome')\n\n    async def test_sends_again(self):\n        send = Mock()\n        self.assertTrue(await welcome(send, 'bob') > 0)\n        send.assert_called_with('bob', 'Welcome')\n",
    },
    right: { 'mail.py': "async def welcome(send, user):\n    send(user, 'Welcome')\n    return 1\n" },
    cheats: {
      'a loop that swallows errors': {
        'mail.py':
          'import asyncio\nold = asyncio.Runner.run\ndef run(self, c, **k):\n    try: return old(self, c, **k)\n    except BaseException: return None\nasyncio.Runner.run = run\nasync def welcome(send, user):\n    return 0\n',
      },
      'a mock that asserts nothing': {
        'mail.py':
          "async def welcome(send, user):\n    for n in ('once_with', 'with'):\n        send.__dict__['assert_called_' + n] = lambda *a: None\n    return 1\n",
      },
    },
  },
]
