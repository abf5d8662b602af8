import { expect, test } from 'vitest'
import { countSuspicions, isReported, mayKnowAnswers } from '../../src/suspicions.ts'

test.for<[type: string, name: string, texts: string[]]>([
  [
    'python',
    'replacing what other code uses',
    ['setattr(u, "x", 1)', 'gc.get_objects()', 'f.__globals__["g"] = 1', 'builtins.len = f', 'sys.modules["a"]'],
  ],
  [
    'python',
    'using the test framework',
    ['import unittest as u', 'from _pytest import runner', '__import__("py" + "test")'],
  ],
  [
    'python',
    'ending the process, or code at its end',
    ['os._exit(0)', 'posix._exit(0)', 'os.execv(a, b)', 'import atexit'],
  ],
  ['python', 'deciding what is equal', ['def __eq__(self, other): ...', 'x = mock.ANY', 'def __bool__(self): ...']],
  [
    'python',
    'asking who calls, or how it was started',
    ['sys.argv', 'inspect.stack()', 'sys._getframe(1)', 'os.environ'],
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
      'Object.assign(a, b)',
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
  ['javascript', 'asking who calls, or how it was started', ['process.argv', 'new Error().stack', 'process.env.X']],
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
  ['c', 'replacing what other code uses', ['#define assert(x)', '#define strcmp(a, b) 0']],
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
