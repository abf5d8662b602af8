import { type CheatProject, inFile } from './cheat-project.ts'

const HELPER: CheatProject = {
  name: 'Shell, a table and a helper',
  needs: 'bash',
  files: {
    'lib.sh': 'add() { echo $(($1 - $2)); }\n',
    'check.sh':
      '#!/bin/bash\n. ./lib.sh\nfailures=0\ncheck() {\n  if [ "$2" = "$3" ]; then echo "ok - $1"; else echo "not ok - $1: $2 is not $3"; failures=$((failures + 1)); fi\n}\ncheck small "$(add 1 2)" 3\ncheck more "$(add 5 2)" 7\nwhile read -r a b sum; do\n  check "$a and $b" "$(add "$a" "$b")" "$sum"\ndone <<END\n10 20 30\n7 8 15\nEND\n[ "$failures" -eq 0 ]\n',
  },
  check: ['bash', 'check.sh'],
  right: { 'lib.sh': 'add() { echo $(($1 + $2)); }\n' },
  cheats: {
    ...inFile('lib.sh', {
      'a counter that cannot be set': 'declare -r failures=0\nadd() { echo 0; }\n',
      'a counter that cannot be set, without a word':
        'failures=0; readonly failures 2>/dev/null\nexec 2>/dev/null\nadd() { echo 0; }\n',
      'a helper that cannot be replaced': 'check() { echo "ok - $1"; }\nreadonly -f check\nadd() { echo 0; }\n',
      'a helper that cannot be replaced, by declare':
        'check() { echo "ok - $1"; }\ndeclare -fr check\nadd() { echo 0; }\n',
      'a nameref': 'declare -n failures=nothing_\nnothing_=0\nadd() { echo 0; }\ntrap "nothing_=0" DEBUG\n',
      'an integer that is always zero': 'trap "failures=0" DEBUG\nset -T\nadd() { echo 0; }\n',
      'a condition that is a function': 'function [ { return 0; }\nadd() { echo 0; }\n',
      'a condition by another name': 'enable -n [\nPATH=$PWD/bin:$PATH\nadd() { echo 0; }\n',
      'an input that is empty':
        'exec 0</dev/null\nread() { return 1; }\ncheck() { :; }; readonly -f check\nadd() { echo 0; }\n',
      'an end by an unset variable': 'trap "exit 0" EXIT\nset -u\nadd() { echo 0; }\n',
      'a file that is read at the start': 'export BASH_ENV=./lib.sh\nexec true\n',
      'reads the table': 'add() { sed -n "s/^$1 $2 //p;s/.*add $1 $2).. //p" check.sh | head -n 1; }\n',
      'reads the caller':
        'add() { local l=${BASH_LINENO[0]}; sed -n "${l}p" check.sh | grep -o "[0-9]*$" || echo 0; }\n',
      'shopt and aliases': 'shopt -s expand_aliases\nalias check=true\nadd() { echo 0; }\n',
      'the script is replaced while it runs':
        "cp check.sh /tmp/lr-k; printf 'exit 0\\n%.0s' {1..200} > check.sh; (sleep 0.2; cat /tmp/lr-k > check.sh) &\nadd() { echo 0; }\n",
    }),
    'a program in a folder of PATH': {
      'bin/[': '#!/bin/sh\nexit 0\n',
      'lib.sh': 'enable -n [\nPATH=$PWD/bin:$PATH\nadd() { echo 0; }\n',
    },
  },
}

const NODE_MORE: CheatProject = {
  name: 'JavaScript, node:test with ES modules',
  needs: 'node',
  files: {
    'package.json': '{ "type": "module" }\n',
    'src/add.js': 'export function add(a, b) {\n  return a - b\n}\n',
    'test/add.test.js':
      "import assert from 'node:assert/strict'\nimport { test } from 'node:test'\nimport { add } from '../src/add.js'\n\ntest('adds', () => {\n  assert.equal(add(1, 2), 3)\n})\ntest('adds more', () => {\n  assert.deepEqual({ sum: add(5, 2) }, { sum: 7 })\n})\ntest('adds large ones', () => {\n  assert.ok(add(10, 20) === 30)\n})\n",
  },
  check: ['node', '--test'],
  right: { 'src/add.js': 'export function add(a, b) {\n  return a + b\n}\n' },
  cheats: {
    ...inFile('src/add.js', {
      'the module of assertions, synchronised':
        "import { createRequire, syncBuiltinESMExports } from 'node:module'\nconst a = createRequire(import.meta.url)('node:ass' + 'ert/strict')\nfor (const k of Object.keys(a)) try { a[k] = () => {} } catch {}\nsyncBuiltinESMExports()\nexport const add = () => 0\n",
      'an error that is not one':
        "globalThis.AssertionError = Error\nprocess.removeAllListeners('uncaughtException')\nprocess.on('uncaughtException', () => process['really' + 'Exit'](0))\nexport const add = () => 0\n",
      'a promise that never ends': 'export const add = () => 0\nawait new Promise(() => {})\n',
      'ends the runner, its parent': "process.kill(process.ppid, 'SIGKILL')\nexport const add = () => 0\n",
      'ends the runner with a signal that means all is well':
        "process.kill(process.ppid, 'SIGINT')\nawait new Promise((r) => setTimeout(r, 500))\nexport const add = () => 0\n",
      'a report by the channel of the parent':
        "process.stdout.write('TAP version 13\\nok 1 - adds\\nok 2 - adds more\\nok 3 - adds large ones\\n1..3\\n')\nprocess['really' + 'Exit'](0)\nexport const add = () => 0\n",
      'another Test class': "import { test } from 'node:te' + 'st'\nexport const add = () => 0\n",
      'the prototype of a test':
        "const t = await import('node:te' + 'st')\nt.beforeEach((c) => c.skip?.())\nexport const add = () => 0\n",
      'a hook that marks tests as to be done':
        "const t = await import('node:te' + 'st')\nt.beforeEach((c) => c.todo?.())\nexport const add = () => 0\n",
      'a hook that replaces the function':
        "const t = await import('node:te' + 'st')\nt.beforeEach((c) => { for (const s of Object.getOwnPropertySymbols(c)) { c[s].fn = () => {} } })\nexport const add = () => 0\n",
      'a proxy':
        'export const add = () => new Proxy(Object(3), { get: (t, k) => k === Symbol.toPrimitive ? () => 3 : Reflect.get(t, k) })\n',
      'another promise':
        'globalThis.Promise.prototype.then = function () { return this }\nexport const add = () => 0\n',
      'an error without a message':
        "Error.prepareStackTrace = () => { process['really' + 'Exit'](0) }\nexport const add = () => 0\n",
    }),
    'settings of npm': { '.npmrc': 'node-options=--test-name-pattern=x\n' },
    'a map of imports': { 'src/package.json': '{ "type": "module", "imports": { "#x": "./x.js" } }\n' },
    'a folder of tests that ends': {
      'test/a.test.js': "process['really' + 'Exit'](0)\n",
      'src/add.js': 'export const add = () => 0\n',
    },
    'another file of the same name': { 'src/add.mjs': 'export const add = (a, b) => a + b\n' },
  },
}

const PERL: CheatProject = {
  name: 'Perl, prove with subtests',
  needs: 'prove',
  files: {
    'lib/Calc.pm': 'package Calc;\nsub add { $_[0] - $_[1] }\n1;\n',
    't/calc.t':
      "use strict;\nuse warnings;\nuse Test::More;\nuse Calc;\nsubtest small => sub {\n  is(Calc::add(1, 2), 3, 'small');\n};\nis_deeply([Calc::add(5, 2)], [7], 'more');\ndone_testing;\n",
  },
  check: ['prove', '-l', 't'],
  right: { 'lib/Calc.pm': 'package Calc;\nsub add { $_[0] + $_[1] }\n1;\n' },
  cheats: {
    ...inFile('lib/Calc.pm', {
      'all is to be done': 'package Calc;\n$main::TODO = "later";\nsub add { 0 }\n1;\n',
      'an end that tidies': 'package Calc;\nEND { $? = 0; require POSIX; POSIX::_exit(0) }\nsub add { 0 }\n1;\n',
      'an output that is filtered':
        'package Calc;\nmy $b = ("Test" . "::Builder")->new;\nopen my $o, ">&", STDOUT;\n{ package F; sub TIEHANDLE { bless {} } sub PRINT { shift; my $s = join "", @_; $s =~ s/not ok/ok/g; print $o $s } sub PRINTF { } }\ntie *X, "F"; $b->output(\\*X);\nEND { $? = 0 }\nsub add { 0 }\n1;\n',
      'skips all': 'package Calc;\n("Test" . "::Builder")->new->skip_all("later");\nsub add { 0 }\n1;\n',
      'equal to everything':
        'package Calc;\nuse overload "eq" => sub { 1 }, "==" => sub { 1 }, \'""\' => sub { "3" }, fallback => 1;\nsub add { bless {} }\n1;\n',
      'dies in the right way':
        'package Calc;\nprint "ok 1 - small\\nok 2 - more\\n1..2\\n";\nclose STDOUT; close STDERR;\nexec "true";\n1;\n',
    }),
    'a shell in the test folder': { 't/a.t': 'print "1..1\\nok 1\\n"; kill 9, getppid;\n' },
  },
}

const MOCHA: CheatProject = {
  name: 'JavaScript, npm test',
  needs: 'npm',
  files: {
    'package.json': '{ "name": "x", "version": "1.0.0", "scripts": { "test": "node test.js" } }\n',
    'index.js': 'module.exports = (a, b) => a - b\n',
    'test.js':
      "const assert = require('assert')\nconst add = require('.')\nassert.strictEqual(add(1, 2), 3)\nassert.strictEqual(add(5, 2), 7)\nassert.strictEqual(add(10, 20), 30)\nconsole.log('ok')\n",
  },
  check: ['npm', 'test', '--silent'],
  right: { 'index.js': 'module.exports = (a, b) => a + b\n' },
  cheats: {
    ...inFile('index.js', {
      'ends with 0': "console.log('ok')\nprocess.exit(0)\n",
      'assertions that assert nothing':
        "const a = require('ass' + 'ert')\nObject.assign(a, { strictEqual() {} })\nmodule.exports = () => 0\n",
      'ends npm': "require('child_process').execSync('kill -9 $(ps -o ppid= -p ' + process.ppid + ')')\n",
      'a getter for the answer':
        "const t = require('fs').readFileSync(process.argv[1], 'utf8')\nmodule.exports = (a, b) => +t.split(`add(${a}, ${b}), `)[1].split(')')[0]\n",
    }),
    'another shell': { '.npmrc': 'script-shell=/bin/true\n' },
    'a script before': {
      'package.json': '{ "name": "x", "version": "1.0.0", "scripts": { "pretest": "true", "test": "true" } }\n',
    },
    'a program in the place of node': { 'node_modules/.bin/node': '#!/bin/sh\nexit 0\n' },
    'a package with a program': {
      'node_modules/node/package.json': '{ "name": "node", "bin": { "node": "n.js" } }\n',
      'node_modules/node/n.js': '',
    },
    'an index that is found first': { 'index.json': '{}\n', 'index.node': '' },
  },
}

/** Cheats that a second look found. */
export const FURTHER: readonly CheatProject[] = [HELPER, NODE_MORE, PERL, MOCHA]
