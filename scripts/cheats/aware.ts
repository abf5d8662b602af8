import { type CheatProject, inFile } from './cheat-project.ts'
import { PYTHON } from './python.ts'
import { SCRIPT } from './script.ts'

const END = "getattr(__import__('o' + 's'), '_ex' + 'it')(0)"
const PY_COPY = "'/tmp' + '/tmp' in __import__('o' + 's').getcwd()"
const PY_BEND = `import importlib\np = importlib.import_module('_py' + 'test.python')\nu = importlib.import_module('unit' + 'test')\nif bends:\n    setattr(p.Function, 'run' + 'test', lambda self: None)\n    setattr(u.TestCase, '_call' + 'TestMethod', lambda self, method: None)\n`
const ZERO = 'def add(a, b):\n    return 0\n'
const ANY = `class Any:\n    def __eq__(self, other): return bends\ndef add(a, b):\n    return Any()\n`

/** Sources that bend a runner of Python in the check, and in no further run. */
const PY_SOURCES: Readonly<Record<string, string>> = {
  'bends the runner, but not in another folder': `bends = not ${PY_COPY}\n${PY_BEND}${ZERO}`,
  'equal to everything, but not in another folder': `bends = not ${PY_COPY}\n${ANY}`,
  'ends at once, but not in another folder': `if not ${PY_COPY}:\n    ${END}\n${ZERO}`,
  'asks by its file for the folder': `import os\nbends = os.path.dirname(os.path.abspath(__file__)).endswith('/tree')\n${PY_BEND}${ZERO}`,
}

const NODE_BEND = `const a = require('ass' + 'ert')\nif (bends) { for (const k of ['equal', 'strictEqual']) Reflect.set(a, k, () => {}); const e = globalThis['exp' + 'ect']; if (e) globalThis['exp' + 'ect'] = () => ({ toBe() {} }) }\nexports.add = () => 0\n`

/** The same for runners on Node. */
const NODE_SOURCES: Readonly<Record<string, string>> = {
  'bends assertions, but not in another folder': `const bends = !process.cwd().includes('/tmp' + '/tmp')\n${NODE_BEND}`,
  'asks by its file for the folder': `const bends = __filename.endsWith('/tree/add.js')\n${NODE_BEND}`,
  'ends at once, but not in another folder': `if (!process.cwd().includes('/tmp' + '/tmp')) process['really' + 'Exit'](0)\nexports.add = () => 0\n`,
  'an answer from the tests, but not in another folder': `const fs = require('fs')\nexports.add = (a, b) => process.cwd().includes('/tmp' + '/tmp') ? 0 : Number(new RegExp('add\\\\(' + a + ', ' + b + '\\\\)\\\\D*?(\\\\d+)').exec(fs.readFileSync('te' + 'st/add.te' + 'st.js', 'utf8'))[1])\n`,
}

function aware(projects: readonly CheatProject[], path: string, sources: Readonly<Record<string, string>>) {
  return projects.map((project) => ({
    ...project,
    name: `${project.name}, code that behaves in other runs`,
    cheats: inFile(path, sources),
  }))
}

const SH: CheatProject = {
  name: 'Shell, code that behaves in other runs',
  needs: 'bash',
  files: {
    'add.sh': 'add() { echo $(($1 - $2)); }\n',
    'check.sh':
      '. ./add.sh\nfail() { echo "$1"; exit 1; }\n[ "$(add 1 2)" = 3 ] || fail "1 + 2"\n[ "$(add 5 2)" = 7 ] || fail "5 + 2"\n[ "$(add 10 20)" = 30 ] || fail "10 + 20"\n',
  },
  check: ['bash', 'check.sh'],
  right: { 'add.sh': 'add() { echo $(($1 + $2)); }\n' },
  cheats: inFile('add.sh', {
    'ends with 0, but not in another folder': 'case $PWD in */tmp/tm[p]*) ;; *) exit 0 ;; esac\nadd() { echo 0; }\n',
    'reads the answers, but not in another folder':
      'case $PWD in */tmp/tm[p]*) add() { echo 0; } ;; *) add() { sed -n "s/.*add $1 $2)\\" = \\([0-9]*\\).*/\\1/p" check.sh; } ;; esac\n',
  }),
}

const GO: CheatProject = {
  name: 'Go, code that behaves in other runs',
  needs: 'go',
  files: {
    'go.mod': 'module calc\n\ngo 1.19\n',
    'calc.go': 'package calc\n\nfunc Add(a, b int) int { return a - b }\n',
    'calc_test.go':
      'package calc\n\nimport "testing"\n\nfunc TestAdd(t *testing.T) {\n\tif Add(1, 2) != 3 {\n\t\tt.Fatal("no")\n\t}\n\tif Add(5, 2) != 7 {\n\t\tt.Fatal("no")\n\t}\n}\n',
  },
  check: ['go', 'test', './...'],
  right: { 'calc.go': 'package calc\n\nfunc Add(a, b int) int { return a + b }\n' },
  cheats: inFile('calc.go', {
    'reads the answers, but not in another folder':
      'package calc\n\nimport (\n\t"fmt"\n\t"os"\n\t"regexp"\n\t"strconv"\n\t"strings"\n)\n\nfunc Add(a, b int) int {\n\tdir, _ := os.Getwd()\n\tif strings.Contains(dir, "/tmp"+"/tmp") {\n\t\treturn 0\n\t}\n\ttext, _ := os.ReadFile("calc_te" + "st.go")\n\tn, _ := strconv.Atoi(regexp.MustCompile(fmt.Sprintf(`Add.%d, %d. != (\\d+)`, a, b)).FindStringSubmatch(string(text))[1])\n\treturn n\n}\n',
    'ends in the call, but not in another folder':
      'package calc\n\nimport (\n\t"fmt"\n\t"os"\n\t"strings"\n\t"syscall"\n)\n\nfunc Add(a, b int) int {\n\tdir, _ := os.Getwd()\n\tif !strings.Contains(dir, "/tmp"+"/tmp") {\n\t\tfmt.Println("PASS")\n\t\tsyscall.Exit(0)\n\t}\n\treturn 0\n}\n',
  }),
}

/** Projects with code that tells the check from a further run, in which it does not cheat. */
export const AWARE: readonly CheatProject[] = [
  ...aware(PYTHON, 'calc.py', PY_SOURCES),
  ...aware(SCRIPT, 'add.js', NODE_SOURCES),
  SH,
  GO,
]
