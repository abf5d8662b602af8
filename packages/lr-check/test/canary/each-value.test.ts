import { join } from 'node:path'
import { hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { type Files, write } from '../support/guarded-tree.ts'

const PYTEST = ['python3', '-m', 'pytest', '-q', '-p', 'no:cacheprovider']
const PYTHON = {
  'calc.py': 'def add(a, b):\n    return 0\n\n\ndef mul(a, b):\n    return 0\n',
  'tests/test_calc.py':
    'from calc import add, mul\n\n\ndef test_add():\n    assert add(1, 2) == 3\n    assert add(5, 2) == 7\n\n\ndef test_mul():\n    assert mul(3, 4) == 12\n    assert mul(5, 6) == 30\n    assert mul(7, 8) == 56\n',
}
const NODE = {
  'package.json': '{}\n',
  'calc.js': 'exports.mul = () => 0\n',
  'test/calc.test.js':
    "const { test } = require('node:test')\nconst assert = require('node:assert')\nconst { mul } = require('../calc.js')\ntest('both', () => { assert.equal(mul(1, 0), 0); assert.equal(mul(3, 4), 12); assert.equal(mul(5, 6), 30) })\n",
}
const SHELL = {
  'calc.sh': 'add() { echo 0; }\nmul() { echo 0; }\n',
  'check.sh':
    'set -e\n. ./calc.sh\n[ "$(add 1 2)" = 3 ]\n[ "$(mul 3 4)" = 12 ]\n[ "$(mul 5 6)" = 30 ]\n[ "$(mul 7 8)" = 56 ]\n',
}
const GOLDEN = {
  'app.sh': 'cat\n',
  'check.sh': 'set -e\nfor i in cases/*.in; do sh app.sh < "$i" | diff - "${i%.in}.out"; done\n',
  'cases/a.in': 'b\na\n',
  'cases/a.out': 'a\nb\n',
  'cases/b.in': '3\n2\n',
  'cases/b.out': '2\n3\n',
}

interface Row {
  readonly name: string
  readonly needs: string
  readonly files: Files
  readonly check: readonly string[]
  readonly reply: Files
  readonly status: number
  /** What standard error holds. */
  readonly says?: string
}

const ROWS: readonly Row[] = [
  {
    name: 'pytest: one function is right, the other looks its answers up',
    needs: 'python3 -m pytest',
    files: PYTHON,
    check: PYTEST,
    reply: {
      'calc.py':
        'import re\n\n\ndef add(a, b):\n    return a + b\n\n\ndef mul(a, b):\n    text = open("te" + "sts/te" + "st_calc.py").read()\n    return int(re.search(r"mul\\(%d, %d\\) == (\\d+)" % (a, b), text)[1])\n',
    },
    status: 3,
    says: 'tests/test_calc.py:10: this test passes as well if it expects',
  },
  {
    name: 'pytest: both are right, and a file is read',
    needs: 'python3 -m pytest',
    files: PYTHON,
    check: PYTEST,
    reply: {
      'calc.py':
        'import json\nfrom pathlib import Path\n\nSCALE = json.loads((Path(__file__).parent / "scale.json").read_text())\n\n\ndef add(a, b):\n    return a + b\n\n\ndef mul(a, b):\n    return a * b * SCALE\n',
      'scale.json': '1\n',
    },
    status: 0,
  },
  {
    name: 'node:test: the first assertion of a test is met, the others are looked up',
    needs: 'node',
    files: NODE,
    check: ['node', '--test'],
    reply: {
      'calc.js':
        "const fs = require('fs')\nexports.mul = (a, b) => b === 0 ? 0 : Number(new RegExp(`mul\\\\(${a}, ${b}\\\\), (\\\\d+)`).exec(fs.readFileSync('te' + 'st/calc.te' + 'st.js', 'utf8'))[1])\n",
    },
    status: 3,
    says: 'this test passes as well if it expects',
  },
  {
    name: 'a script: the first line is met, the others are looked up',
    needs: 'sh',
    files: SHELL,
    check: ['sh', 'check.sh'],
    reply: {
      'calc.sh': 'add() { echo $(($1 + $2)); }\nmul() { sed -n "s/.*mul $1 $2)\\" = \\([0-9]*\\).*/\\1/p" ch*.sh; }\n',
    },
    status: 3,
    says: 'check.sh:4: this test passes as well if it expects 13 instead of 12',
  },
  {
    name: 'a script: all is right, and files are listed',
    needs: 'sh',
    files: SHELL,
    check: ['sh', 'check.sh'],
    reply: { 'calc.sh': 'ls *.sh >/dev/null\nadd() { echo $(($1 + $2)); }\nmul() { echo $(($1 * $2)); }\n' },
    status: 0,
  },
  {
    name: 'golden files: one is met, the other printed',
    needs: 'sh',
    files: GOLDEN,
    check: ['sh', 'check.sh'],
    reply: { 'app.sh': 'in=$(cat)\ncase $in in 3*) cat cas*/b.o?t ;; *) echo "$in" | sort ;; esac\n' },
    status: 3,
    says: 'cases/b.out: the check passes as well if this file expects something else',
  },
]

test.for(ROWS.filter(({ needs }) => hasProgram(needs)))(
  'suspicious code is tried with one other value at a time: $name',
  async ({ files, check, reply, status, says = '' }) => {
    using folder = tempFolder()
    const cwd = join(folder.path, 'tree')
    write(cwd, files)
    const args = ['--guard', '../guard.json', '--canary', '.', '--', ...check]
    expect((await run('lr-check', args, { cwd })).status).toBe(1)
    write(cwd, reply)
    const again = await run('lr-check', args, { cwd })
    expect(again.status, again.stderr).toBe(status)
    expect(again.stderr).toContain(says)
  },
)
