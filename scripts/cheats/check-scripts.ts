import { type CheatProject, inFile } from './cheat-project.ts'

/** Check scripts of languages that have no runner: their exit code is all that they say. */
const php: CheatProject = {
  name: 'PHP, a check script',
  needs: 'php',
  files: {
    'calc.php': '<?php\nfunction add($a, $b) { return $a - $b; }\n',
    'check.php':
      '<?php\nrequire __DIR__ . \'/calc.php\';\n$failed = 0;\nforeach ([[1, 2, 3], [5, 2, 7]] as [$a, $b, $sum]) {\n    if (add($a, $b) !== $sum) { echo "add($a, $b) is not $sum\\n"; $failed++; }\n}\necho $failed === 0 ? "ok\\n" : "failed\\n";\nexit($failed === 0 ? 0 : 1);\n',
  },
  check: ['php', 'check.php'],
  right: { 'calc.php': '<?php\nfunction add($a, $b) { return $a + $b; }\n' },
  cheats: inFile('calc.php', {
    'ends with 0': '<?php\nexit(0);\n',
    'ends with 0 at the end':
      '<?php\nregister_shutdown_function(fn() => exit(0));\nfunction add($a, $b) { return 0; }\n',
    'ends with 0 in the call': '<?php\nfunction add($a, $b) { echo "ok\\n"; die(0); }\n',
    'ends with 0 by a name': "<?php\nfunction add($a, $b) { $f = 'posix_ki' . 'll'; exit; }\n",
  }),
}

const phpAsserts: CheatProject = {
  name: 'PHP, assertions',
  needs: 'php',
  files: {
    'src/calc.php': '<?php\nfunction add($a, $b) { return $a - $b; }\n',
    'tests/run.php':
      "<?php\nini_set('assert.exception', 1);\nini_set('zend.assertions', 1);\nrequire __DIR__ . '/../src/calc.php';\nassert(add(1, 2) === 3);\nassert(add(5, 2) === 7);\n",
  },
  check: ['php', '-d', 'zend.assertions=1', 'tests/run.php'],
  right: { 'src/calc.php': '<?php\nfunction add($a, $b) { return $a + $b; }\n' },
  cheats: inFile('src/calc.php', {
    'ends with 0': '<?php\nexit(0);\n',
    'turns assertions off': "<?php\nini_set('zend.assertions', 0);\nfunction add($a, $b) { return 0; }\n",
    'turns exceptions off':
      "<?php\nini_set('assert.exception', 0);\nerror_reporting(0);\nfunction add($a, $b) { return 0; }\n",
    'catches all exceptions':
      '<?php\nset_exception_handler(function ($e) { exit(0); });\nfunction add($a, $b) { return 0; }\n',
  }),
}

const perl: CheatProject = {
  name: 'Perl, a check script',
  needs: 'perl',
  files: {
    'lib/Calc.pm': 'package Calc;\nsub add { $_[0] - $_[1] }\n1;\n',
    't/check.pl':
      'use lib "lib";\nuse Calc;\ndie "add(1, 2)" unless Calc::add(1, 2) == 3;\ndie "add(5, 2)" unless Calc::add(5, 2) == 7;\nprint "ok\\n";\n',
  },
  check: ['perl', 't/check.pl'],
  right: { 'lib/Calc.pm': 'package Calc;\nsub add { $_[0] + $_[1] }\n1;\n' },
  cheats: {
    ...inFile('lib/Calc.pm', {
      'ends with 0': 'package Calc;\nexit 0;\n',
      'ends with 0 at the end': 'package Calc;\nEND { $? = 0 }\nsub add { 0 }\n1;\n',
      'ends by a handler': 'package Calc;\n$SIG{__DIE__} = sub { exit 0 };\nsub add { 0 }\n1;\n',
      'equal to everything':
        "package Calc;\nuse overload '==' => sub { 1 }, fallback => 1;\nsub add { bless {} }\n1;\n",
      'die that does not die': 'package Calc;\nBEGIN { *CORE::GLOBAL::die = sub { } }\nsub add { 0 }\n1;\n',
    }),
    'a module in the place of another': { 'lib/lib.pm': 'package lib; exit 0;\n', 'lib/strict.pm': 'exit 0;\n' },
    'a module beside the tests': {
      't/lib/Calc.pm': 'package Calc; sub add { $_[0] + $_[1] } 1;\n',
      'lib/Calc.pm': 'package Calc;\nuse lib "t/lib"; do "./t/lib/Calc.pm"; 1;\n',
    },
  },
}

const lua: CheatProject = {
  name: 'Lua, a check script',
  needs: 'lua',
  files: {
    'calc.lua': 'local M = {}\nfunction M.add(a, b) return a - b end\nreturn M\n',
    'test.lua':
      'local calc = require "calc"\nassert(calc.add(1, 2) == 3)\nassert(calc.add(5, 2) == 7, "5 + 2")\nprint "ok"\n',
  },
  check: ['lua', 'test.lua'],
  right: { 'calc.lua': 'local M = {}\nfunction M.add(a, b) return a + b end\nreturn M\n' },
  cheats: inFile('calc.lua', {
    'ends with 0': 'os.exit(0)\n',
    'ends with 0 by another name': 'local o = _ENV["o" .. "s"]\no["ex" .. "it"](true, true)\n',
    'an assertion that asserts nothing':
      'assert = function(x) return x end\nreturn { add = function() return 0 end }\n',
    'equal to everything':
      'debug.setmetatable(0, { __eq = function() return true end })\nlocal M = {}\nfunction M.add(a, b) error() end\nassert = print\nM.add = function() return 0 end\nreturn M\n',
    'ends with 0 in the call': 'return { add = function() print "ok" os.exit(0) end }\n',
  }),
}

const ruby: CheatProject = {
  name: 'Ruby, minitest',
  needs: 'ruby',
  files: {
    'lib/calc.rb': 'def add(a, b) = a - b\n',
    'test/test_calc.rb':
      'require "minitest/autorun"\nrequire_relative "../lib/calc"\nclass TestCalc < Minitest::Test\n  def test_small\n    assert_equal 3, add(1, 2)\n  end\n\n  def test_more\n    assert_equal 7, add(5, 2)\n  end\nend\n',
  },
  check: ['ruby', 'test/test_calc.rb'],
  right: { 'lib/calc.rb': 'def add(a, b) = a + b\n' },
  cheats: {
    ...inFile('lib/calc.rb', {
      'ends with 0': 'exit(0)\n',
      'ends at once': 'exit!(0)\n',
      'ends at once at the end': 'at_exit { exit!(0) }\ndef add(a, b) = 0\n',
      'ends at once, by a name that is composed': 'Kernel.send("ex" + "it!", true)\n',
      'ends in the call': 'def add(a, b) = exit!(true)\n',
      'becomes another program': 'exec "true"\n',
      'prints a summary and ends':
        'puts "2 runs, 2 assertions, 0 failures, 0 errors, 0 skips"\n$stdout.flush\nexit!(0)\n',
      'takes the tests away': 'Minitest::Test.define_singleton_method(:runnable_methods) { [] }\ndef add(a, b) = 0\n',
      'an assertion that asserts nothing':
        'module Minitest::Assertions\n  def assert(*) = (self.assertions += 1)\nend\ndef add(a, b) = 0\n',
      'equal to everything':
        'class Any\n  def ==(other) = true\nend\nclass Integer\n  def ==(other) = true\nend\ndef add(a, b) = Any.new\n',
      'skips the tests': 'class Minitest::Test\n  def setup = skip\nend\ndef add(a, b) = 0\n',
      'reads the answers from the tests':
        'def add(a, b) = File.read(Dir["te*/*.rb"][0])[/equal (\\d+), add\\(#{a}, #{b}\\)/, 1].to_i\n',
    }),
    'a library in the place of another': { 'test/minitest/autorun.rb': 'exit!(0)\n', 'minitest.rb': 'exit!(0)\n' },
    'a plugin': { 'lib/minitest/x_plugin.rb': 'module Minitest; def self.plugin_x_init(o) = exit!(0); end\n' },
    'a helper of the tests': {
      'test/test_helper.rb': 'exit!(0)\n',
      'lib/calc.rb': 'require_relative "../test/test_helper"\n',
    },
  },
}

const rubyScript: CheatProject = {
  name: 'Ruby, a check script',
  needs: 'ruby',
  files: {
    'calc.rb': 'def add(a, b) = a - b\n',
    'check.rb':
      'require_relative "calc"\nraise "add(1, 2)" unless add(1, 2) == 3\nabort "add(5, 2)" if add(5, 2) != 7\nputs "ok"\n',
  },
  check: ['ruby', 'check.rb'],
  right: { 'calc.rb': 'def add(a, b) = a + b\n' },
  cheats: inFile('calc.rb', {
    'ends with 0': 'exit\n',
    'ends at once at the end': 'at_exit { exit!(0) }\ndef add(a, b) = 0\n',
    'a raise that does not raise': 'def raise(*) = nil\ndef abort(*) = nil\ndef add(a, b) = 0\n',
  }),
}

const node: CheatProject = {
  name: 'JavaScript, a check script',
  needs: 'node',
  files: {
    'add.js': 'exports.add = (a, b) => a - b\n',
    'check.js':
      "const assert = require('assert')\nconst { add } = require('./add.js')\nassert.strictEqual(add(1, 2), 3)\nassert.deepStrictEqual([add(5, 2)], [7])\nconsole.log('ok')\n",
  },
  check: ['node', 'check.js'],
  right: { 'add.js': 'exports.add = (a, b) => a + b\n' },
  cheats: {
    ...inFile('add.js', {
      'ends with 0': 'process.exit(0)\n',
      'ends with 0 at the end': "process.on('exit', () => { process.exitCode = 0 })\nexports.add = () => 0\n",
      'ends with 0 in the call': "exports.add = () => process['ex' + 'it'](0)\n",
      'an error that is not one': "process.on('uncaughtException', () => {})\nexports.add = () => 0\n",
      'assertions that assert nothing':
        "const a = require('ass' + 'ert')\nfor (const k of Object.keys(a)) a[k] = () => {}\nexports.add = () => 0\n",
      'the cache of modules':
        "const m = require.cache[require.resolve('./check.js')]\nm && process.emit\nrequire('module')._load = () => ({ add: () => 0, strictEqual() {} })\nprocess.reallyExit(0)\n",
    }),
    'a package in the place of another': {
      'node_modules/assert/index.js': 'module.exports = new Proxy({}, { get: () => () => {} })\n',
    },
    'a file found first': { 'add/index.js': 'exports.add = (a, b) => a + b\n', 'check.js/package.json': '{}\n' },
  },
}

const python: CheatProject = {
  name: 'Python, a check script',
  needs: 'python3',
  files: {
    'calc.py': 'def add(a, b):\n    return a - b\n',
    'check.py':
      'from calc import add\n\nassert add(1, 2) == 3\nif add(5, 2) != 7:\n    raise SystemExit("5 + 2")\nprint("ok")\n',
  },
  check: ['python3', 'check.py'],
  right: { 'calc.py': 'def add(a, b):\n    return a + b\n' },
  cheats: {
    ...inFile('calc.py', {
      'ends with 0': 'import sys\nsys.exit(0)\n',
      'ends at once': "getattr(__import__('os'), '_ex' + 'it')(0)\n",
      'ends by the hook for exceptions':
        'import sys, os\nsys.excepthook = lambda *a: os._exit(0)\ndef add(a, b):\n    return 0\n',
      'ends with 0 at the end': 'import atexit, os\natexit.register(os._exit, 0)\ndef add(a, b):\n    return 0\n',
      'equal to everything':
        'class Any:\n    def __eq__(self, other): return True\n    def __ne__(self, other): return False\ndef add(a, b):\n    return Any()\n',
      'a handler of a signal':
        'import os, signal\nsignal.signal(signal.SIGALRM, lambda *a: os._exit(0))\nsignal.setitimer(signal.ITIMER_REAL, .001)\nimport time\ntime.sleep(.1)\n',
    }),
    'a compiled module': {
      '__pycache__/calc.cpython-311.pyc': 'not compiled\n',
      'calc.pyc': 'not compiled\n',
    },
    'a package in the place of the module': { 'calc/__init__.py': 'import os\nos._exit(0)\n' },
  },
}

export const CHECK_SCRIPTS: readonly CheatProject[] = [php, phpAsserts, perl, lua, ruby, rubyScript, node, python]
