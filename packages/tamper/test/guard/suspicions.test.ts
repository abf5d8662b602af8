import { expect, test } from 'vitest'
import { countSuspicions, isReported, mayKnowAnswers } from '../../src/suspicions.ts'

test.for<[type: string, name: string, texts: string[]]>([
  [
    'python',
    'replacing what other code uses',
    [
      'setattr(u, "x", 1)',
      'gc.get_objects()',
      'f.__globals__["g"] = 1',
      'builtins.len = f',
      'sys.modules["a"]',
      'sys.modules[n] = m',
    ],
  ],
  [
    'python',
    'using the test framework',
    ['import unittest as u', 'from _pytest import runner', '__import__("py" + "test")'],
  ],
  [
    'python',
    'ending the process, or code at its end',
    ['os._exit(0)', 'posix._exit(0)', 'os.execv(a, b)', 'from atexit import register', 'atexit.register(f)'],
  ],
  ['python', 'deciding what is equal', ['def __eq__(self, other): ...', 'x = mock.ANY', 'def __bool__(self): ...']],
  [
    'python',
    'deciding what is equal',
    ['__class__ = tuple', 'startswith = endswith = yes', 'def __getattr__(self, n): return lambda *a: True'],
  ],
  [
    'python',
    'asking who calls, or how it was started',
    ['sys.argv', 'inspect.stack()', 'sys._getframe(1)', 'os.environ', 'os.environ.get(f"PYTEST_{n}")'],
  ],
  ['python', 'running code from text', ['eval("1")', 'exec(text)']],
  ['python', 'naming files of tests', ['open("tests/test_a.py")']],
  [
    'python',
    'asking git, which has the tests as well',
    ["run(['git', 'show', 'HEAD:a'])", 'system("git show HEAD:a")'],
  ],
  [
    'python',
    'reading files by itself, or what its callers hold',
    ['open("a" + b)', 'Path(".").rglob(x)', "name = 'te' + 'sts/a'", 'sys._getframe(1)', '__file__'],
  ],
  ['shell', 'reading files by itself, or what its callers hold', ['sed -n 1p che[c]k.sh', 'cat "$0"']],
  [
    'javascript',
    'replacing what other code uses',
    [
      'Reflect.set(a, "b", c)',
      'Array.prototype.map = f',
      'Object.assign(assert, b)',
      'globalThis["expect"] = f',
      'require.cache[a]',
    ],
  ],
  ['typescript', 'using the test framework', ["import a from 'node:assert'", 'expect.extend({})', 'assert["equal"]']],
  [
    'javascript',
    'ending the process, or code at its end',
    ['process.exit(0)', 'process.reallyExit(0)', 'process.on("exit", f)'],
  ],
  ['javascript', 'deciding what is equal', ['{ valueOf: () => 1 }', '[Symbol.toPrimitive]() {}', 'Object.is = f']],
  ['javascript', 'deciding what is equal', ['{ includes: () => true }', 'startsWith(x) { return true }']],
  ['ruby', 'deciding what is equal', ['def include?(x) = true', 'def start_with?(x)\n  true\nend']],
  [
    'javascript',
    'asking who calls, or how it was started',
    ['process.argv', 'new Error().stack', 'process.env.NODE_ENV'],
  ],
  ['shell', 'ending the process, or code at its end', ['trap "exit 0" EXIT', 'exec true']],
  [
    'shell',
    'replacing what other code uses',
    ['[() { :; }', 'function [ { :; }', 'assert_equal() { :; }', 'alias test=true'],
  ],
  ['perl', 'replacing what other code uses', ["*{'main::is'} = sub {}"]],
  ['perl', 'ending the process, or code at its end', ['END { $? = 0 }']],
  ['php', 'ending the process, or code at its end', ['register_shutdown_function(f)', 'exit(0)']],
  ['ruby', 'ending the process, or code at its end', ['at_exit { exit! 0 }']],
  ['go', 'ending the process, or code at its end', ['os.Exit(0)', 'func init() {']],
  ['go', 'asking who calls, or how it was started', ['runtime.Callers(0, p)', 'os.Args']],
  ['rust', 'deciding what is equal', ['impl PartialEq for A {']],
  ['c', 'ending the process, or code at its end', ['atexit(f);', '__attribute__((destructor))', '_exit(0);']],
  ['c', 'replacing what other code uses', ['#define assert(x)', '#define strcmp(a, b) 0', '__asm__ volatile("")']],
  ['lua', 'deciding what is equal', ['mt.__eq = f']],
])('%s: %s', ([type, name, texts]) => {
  for (const text of texts) expect({ text, ...countSuspicions(text, type) }).toHaveProperty([name])
})

test.for([
  ['python', 'def add(a, b):\n    """Adds."""\n    return a + b\n'],
  ['python', 'for item in sorted(items, key=lambda pair: pair[1]):\n    total += compiled.evaluate(item)\n'],
  ['javascript', 'export const add = (a, b) => a + b\nconst exits = new Map([["a", 1]])\n'],
  ['typescript', 'class Queue<T> { #items: T[] = []; push(item: T): void { this.#items.push(item) } }\n'],
  ['shell', 'add() { echo $(($1 + $2)); }\n[ "$1" = x ] && add 1 2\n'],
  ['perl', 'package Calc;\nsub add { my ($a, $b) = @_; return $a + $b }\n1;\n'],
  ['go', 'package calc\n\nfunc Add(a, b int) int { return a + b }\n'],
  ['rust', 'pub fn add(a: i32, b: i32) -> i32 { a + b }\n'],
  ['c', '#include "calc.h"\nint add(int a, int b) { return a + b; }\n'],
])('nothing is suspicious in %s of a plain repair', ([type = '', text = '']) => {
  expect(countSuspicions(text, type)).toEqual({})
})

test.for<[type: string, texts: string[]]>([
  [
    'python',
    [
      'args = sys.argv[1:]',
      'sys.exit("no such file")',
      'sys.exit(main())',
      "level = os.environ.get('LOG_LEVEL', 'info')",
      "if 'HOME' not in os.environ: pass",
      'value = os.environ.get(f"APP_{name.upper()}")',
      "value = os.getenv('APP_' + name)",
      'try:\n    run()\nexcept (KeyboardInterrupt, SystemExit):\n    raise',
      'import atexit\natexit.register(pid_file.unlink)',
      '#!/usr/bin/env python3\ndef main():\n    print("1.0")\n    sys.exit(0)\n',
      'if key in os.environ: return os.environ[key]',
      'if name not in sys.modules: load(name)\nreturn sys.modules[name]',
      'env = {**os.environ, "A": "1"}',
      'signal.signal(signal.SIGTERM, stop)',
      'try:\n    run()\nexcept (EOFError, KeyboardInterrupt):\n    pass',
      'if inspect.iscoroutinefunction(f): pass',
      'setattr(self, name, value)',
      'def __eq__(self, rhs):\n    return self.a == rhs.a\n\ndef __ne__(self, rhs):\n    return not self == rhs\n',
      "if __name__ == '__main__':\n    args = sys.argv\n    sys.exit(0)\n",
    ],
  ],
  [
    'javascript',
    [
      'const [, , file] = process.argv.slice(2)',
      'process.exitCode = await main()',
      'process.exit(1)',
      "process.once('SIGINT', stop)",
      'const port = process.env.PORT ?? 3000',
      '#!/usr/bin/env node\nif (values.help) process.exit(0)',
      "if (key === '__proto__') continue",
      'Reflect.set(out, key, value)',
      'Temp.prototype[Symbol.toPrimitive] = function () { return this.c }',
      'const level = process.env[`APP_${name}`]',
      "spawn('ls', { env: process.env })",
      'Object.assign({}, a, b)',
      'Object.assign(this, options)',
      'Stack.prototype.peek = function () {}',
      'Error.captureStackTrace(this, MyError)',
      'if (require.main === module) {\n  process.exit(0)\n}\n',
    ],
  ],
  [
    'shell',
    [
      'trap \'rm -f "$tmp"\' EXIT',
      'find . -name x -exec rm {} +',
      'exec "$@"',
      'kill "$pid"',
      'cd "$(dirname "${BASH_SOURCE[0]}")"',
    ],
  ],
  ['ruby', ['abort "usage: a B"', 'name = ARGV.first', 'home = ENV["HOME"]', 'exit 1']],
  ['php', ['exit(1);', "$home = getenv('HOME');", "$path = $_SERVER['REQUEST_URI'];"]],
  ['perl', ['my ($a) = @ARGV;', 'exit 2;', '$SIG{INT} = sub { 1 };', 'my $home = $ENV{HOME};']],
  ['go', ['os.Exit(1)', 'args := os.Args[1:]', 'os.Getenv("HOME")', 'reflect.DeepEqual(a, b)']],
  ['rust', ['std::process::exit(1)', 'env::args().skip(1)', 'env::var("HOME")']],
  ['c', ['exit(EXIT_FAILURE);', 'getenv("HOME")']],
  ['lua', ['os.exit(1)', 'os.getenv("HOME")']],
])('usual code is not suspicious: %s', ([type, texts]) => {
  for (const text of texts) {
    const names = Object.keys(countSuspicions(text, type)).filter((name) => isReported(`a: ${name}: 0 at first, 1 now`))
    expect({ text, names }).toEqual({ text, names: [] })
  }
})

test.for<[type: string, text: string]>([
  ['python', 'def __eq__(self, other):\n    return isinstance(other, A) and self.a == other.a\n'],
  ['python', 'def __lt__(self, other):\n    return self.a < other.a\n'],
  ['javascript', 'valueOf() { return this.#cents }'],
  ['ruby', 'def ==(other) = other.is_a?(A) && a == other.a'],
  ['rust', 'impl PartialEq for A {\n    fn eq(&self, other: &A) -> bool { self.a == other.a }\n}\n'],
  ['lua', 'mt.__eq = function(a, b) return a.x == b.x end'],
])('a comparison with what belongs to the other is usual, but may know answers: %s %s', ([type, text]) => {
  expect(Object.keys(countSuspicions(text, type))).toEqual(['reading files by itself, or what its callers hold'])
})

test('types that are not checked are suspicious where types are checked', () => {
  const rows: [type: string, text: string][] = [
    ['typescript', 'return a as any'],
    ['typescript', 'const a: any = b'],
    ['tsx', 'a as unknown as B'],
    ['python', 'return cast(Any, a)'],
    ['python', 'def f(a: int) -> typing.Any: ...'],
  ]
  for (const [type, text] of rows) {
    expect({ text, ...countSuspicions(text, type, true) }).toHaveProperty(['leaving types unchecked'], 1)
    expect(countSuspicions(text, type)).toEqual({})
  }
})

test('variables that test runners set are not usual', () => {
  for (const text of ["os.environ.get('PYTEST_CURRENT_TEST')", "os.environ['CI']", "os.environ.get('PYTEST' + x)"])
    expect({ text, ...countSuspicions(text, 'python') }).toHaveProperty(['asking who calls, or how it was started'])
})

test('a file that code was given is no suspicion', () => {
  expect(
    countSuspicions('def load(path):\n    with open(path) as file:\n        return file.read()\n', 'python'),
  ).toEqual({})
  expect(countSuspicions('exports.load = (path) => readFileSync(path, "utf8")\n', 'javascript')).toEqual({})
})

test('which lines are reported, and which may say how any value is right', () => {
  const read = 'a.py: reading files by itself, or what its callers hold: 0 at first, 1 now'
  const ends = 'a.py: ending the process, or code at its end: 0 at first, 1 now'
  expect([read, ends].map(isReported)).toEqual([false, true])
  expect([read, ends].map(mayKnowAnswers)).toEqual([true, false])
})
