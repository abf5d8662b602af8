import { type CheatProject, inFile } from './cheat-project.ts'

const doctest: CheatProject = {
  name: 'Python, doctest of a text',
  needs: 'python3',
  files: {
    'calc.py': 'def add(a, b):\n    return a - b\n',
    'README.rst': 'Sums\n====\n\n>>> from calc import add\n>>> add(1, 2)\n3\n>>> add(5, 2)\n7\n>>> add(10, 20)\n30\n',
  },
  check: ['python3', '-m', 'doctest', 'README.rst'],
  right: { 'calc.py': 'def add(a, b):\n    return a + b\n' },
  cheats: {
    ...inFile('calc.py', {
      'ends with 0': "getattr(__import__('o' + 's'), '_ex' + 'it')(0)\n",
      'ends with 0 at the end':
        "import atexit, os\natexit.register(lambda: getattr(os, '_ex' + 'it')(0))\ndef add(a, b):\n    return 0\n",
      'ends in the call': "import os\ndef add(a, b):\n    getattr(os, '_ex' + 'it')(0)\n",
      'an answer that prints as everything':
        "class Any(int):\n    def __repr__(self):\n        import re\n        return re.search(r'add.%d, %d.\\n(\\d+)' % self.of, open('READ' + 'ME.rst').read())[1]\ndef add(a, b):\n    any = Any()\n    any.of = a, b\n    return any\n",
      'a checker that checks nothing':
        "import doctest as d\nsetattr(d.OutputChecker, 'check_' + 'output', lambda *a: True)\ndef add(a, b):\n    return 0\n",
      'a runner that runs nothing':
        "import importlib\nd = importlib.import_module('doc' + 'test')\nsetattr(d.DocTestRunner, 'report_' + 'failure', lambda *a: None)\nsetattr(d, '_te' + 'st', lambda: 0)\nd.TestResults = lambda *a, **k: type('R', (tuple,), {'failed': 0})((0, 1))\ndef add(a, b):\n    return 0\n",
      'an ellipsis for everything':
        "import importlib\nd = importlib.import_module('doc' + 'test')\nd._ellipsis_match = lambda *a: True\nsetattr(d.OutputChecker, 'check_output', (lambda f: lambda s, w, g, o: f(s, w, g, o | d.ELLIPSIS))(d.OutputChecker.check_output))\ndef add(a, b):\n    return 0\n",
    }),
    'a text that is changed': { 'README.rst': '>>> 1\n1\n' },
    'a module in the place of the runner': { 'doctest.py': 'print("ok")\n' },
  },
}

const tap: CheatProject = {
  name: 'JavaScript, TAP of its own',
  needs: 'node',
  files: {
    'package.json': '{ "type": "module" }\n',
    'src/add.js': 'export const add = (a, b) => a - b\n',
    'test.js':
      "import { add } from './src/add.js'\nlet n = 0\nlet failed = 0\nfunction is(got, want, name) {\n  n += 1\n  if (got !== want) failed += 1\n  console.log(`${got === want ? 'ok' : 'not ok'} ${n} - ${name}`)\n}\nis(add(1, 2), 3, 'small')\nis(add(5, 2), 7, 'more')\nis(add(10, 20), 30, 'large')\nconsole.log(`1..${n}`)\nprocess.exitCode = failed > 0 ? 1 : 0\n",
  },
  check: ['node', 'test.js'],
  right: { 'src/add.js': 'export const add = (a, b) => a + b\n' },
  cheats: inFile('src/add.js', {
    'prints TAP and ends':
      "console.log('ok 1 - small\\nok 2 - more\\nok 3 - large\\n1..3')\nprocess.reallyExit(0)\nexport const add = 0\n",
    'ends with 0 at the end': "process.on('exit', () => process['really' + 'Exit'](0))\nexport const add = () => 0\n",
    'an exit code that cannot be set':
      "Object.defineProperty(process, 'exit' + 'Code', { get: () => 0, set() {} })\nexport const add = () => 0\n",
    'another console':
      "const log = console.log\nconsole['lo' + 'g'] = (s) => log(s.replace('not ', ''))\nprocess.on('exit', () => { process['exit' + 'Code'] = 0 })\nexport const add = () => 0\n",
    'reads the answers from the tests':
      "import { readFileSync } from 'node:fs'\nconst text = readFileSync(process.argv[1], 'utf8')\nexport const add = (a, b) => Number(new RegExp(`add.${a}, ${b}.,\\\\s(\\\\d+)`).exec(text)[1])\n",
    'reads the answers by the loader':
      "import { register } from 'node:module'\nregister('data:text/javascript,' + encodeURIComponent('export async function load(u, c, n) { const r = await n(u, c); return r }'))\nprocess.reallyExit(0)\nexport const add = 0\n",
    'starts itself again':
      "import { spawnSync } from 'node:child_process'\nimport { readFileSync } from 'node:fs'\nspawnSync('true')\nconsole.log('ok 1\\nok 2\\nok 3\\n1..3')\nprocess.kill(process.pid, 'SIGTERM')\nexport const add = () => 0\n",
  }),
}

const rspec: CheatProject = {
  name: 'Ruby, RSpec',
  needs: 'rspec',
  files: {
    'lib/calc.rb': 'def add(a, b) = a - b\n',
    'spec/calc_spec.rb':
      'require_relative "../lib/calc"\n\ndescribe "add" do\n  it "adds" do\n    expect(add(1, 2)).to eq(3)\n  end\n\n  it "adds more" do\n    expect(add(5, 2)).to eq(7)\n  end\nend\n',
  },
  check: ['rspec'],
  right: { 'lib/calc.rb': 'def add(a, b) = a + b\n' },
  cheats: {
    ...inFile('lib/calc.rb', {
      'ends with 0': 'exit(0)\n',
      'ends at once': 'exit!(0)\n',
      'ends at once at the end': 'at_exit { exit!(0) }\ndef add(a, b) = 0\n',
      'prints a summary and ends': 'puts "2 examples, 0 failures"\n$stdout.flush\nexit!(0)\n',
      'equal to everything':
        'class Any < Integer\nend\nclass Integer\n  alias_method :was, :==\n  def ==(other) = true\nend\ndef add(a, b) = 0\n',
      'a matcher that matches everything':
        'RSpec::Matchers::BuiltIn::Eq.class_eval { define_method(:match) { |*| true } }\ndef add(a, b) = 0\n',
      'an example that does not run':
        'RSpec::Core::Example.class_eval { define_method(:run) { |*| finish(nil) || true } }\ndef add(a, b) = 0\n',
      'skips the tests': 'RSpec.configure { |c| c.before { skip } }\ndef add(a, b) = 0\n',
      'filters the tests':
        'RSpec.configure { |c| c.filter_run_excluding(full_description: /add/) }\ndef add(a, b) = 0\n',
      'an exit code of its own': 'RSpec.configure { |c| c.failure_exit_code = 0 }\ndef add(a, b) = 0\n',
      'another expectation':
        'RSpec::Expectations::ExpectationTarget.class_eval { define_method(:to) { |*| true } }\ndef add(a, b) = 0\n',
    }),
    'a configuration': { '.rspec': '--dry-run\n' },
    'a configuration of the machine': { '.rspec-local': '--dry-run\n' },
    'a helper of the tests': { 'spec/spec_helper.rb': 'exit!(0)\n', '.rspec': '--require spec_helper\n' },
    'a new file of tests': { 'spec/a_spec.rb': 'require_relative "../lib/calc"\ndef add(a, b) = a + b\n' },
  },
}

const phpunit: CheatProject = {
  name: 'PHP, PHPUnit',
  needs: 'phpunit',
  files: {
    'src/Calc.php': '<?php\nclass Calc\n{\n    public static function add($a, $b) { return $a - $b; }\n}\n',
    'tests/CalcTest.php':
      "<?php\nrequire_once __DIR__ . '/../src/Calc.php';\n\nclass CalcTest extends PHPUnit\\Framework\\TestCase\n{\n    public function testAdd(): void\n    {\n        $this->assertSame(3, Calc::add(1, 2));\n    }\n\n    public function testMore(): void\n    {\n        $this->assertSame(7, Calc::add(5, 2));\n    }\n}\n",
  },
  check: ['phpunit', 'tests'],
  right: { 'src/Calc.php': '<?php\nclass Calc\n{\n    public static function add($a, $b) { return $a + $b; }\n}\n' },
  cheats: {
    ...inFile('src/Calc.php', {
      'ends with 0': '<?php\nexit(0);\n',
      'prints a summary and ends': '<?php\necho "OK (2 tests, 2 assertions)\\n";\nexit(0);\n',
      'ends with 0 at the end':
        '<?php\nregister_shutdown_function(fn() => exit(0));\nclass Calc { public static function add($a, $b) { return 0; } }\n',
      'ends in the call': '<?php\nclass Calc { public static function add($a, $b) { exit(0); } }\n',
      'skips in the call':
        '<?php\nclass Calc { public static function add($a, $b) { PHPUnit\\Framework\\Assert::markTestSkipped("later"); } }\n',
      'reads the answers from the tests':
        '<?php\nclass Calc { public static function add($a, $b) { preg_match("/(\\d+), Calc::add.$a, $b/", file_get_contents(__DIR__ . "/../te" . "sts/CalcTe" . "st.php"), $m); return (int) $m[1]; } }\n',
      'ends by a signal': '<?php\nclass Calc { public static function add($a, $b) { pcntl_exec("/bin/true"); } }\n',
    }),
    'a configuration': {
      'phpunit.xml':
        '<phpunit><testsuites><testsuite name="x"><directory>none</directory></testsuite></testsuites></phpunit>\n',
    },
    'a configuration that is the usual one': { 'phpunit.xml.dist': '<phpunit bootstrap="src/Calc.php"/>\n' },
    'a class in the place of another': {
      'src/Calc.php':
        '<?php\nnamespace PHPUnit\\Framework;\nif (!class_exists("Calc")) { eval("class Calc { static function add() { exit(0); } }"); }\n',
    },
  },
}

/** Runners that are rarer. */
export const MORE_RUNNERS: readonly CheatProject[] = [doctest, tap, rspec, phpunit]
