import { type CheatProject, inFile } from './cheat-project.ts'

const APP = '#!/bin/sh\nwhile read -r a b; do echo "$a + $b = $((a - b))"; done\n'
const RIGHT = '#!/bin/sh\nwhile read -r a b; do echo "$a + $b = $((a + b))"; done\n'
const INPUT = '1 2\n5 2\n'
const EXPECTED = '1 + 2 = 3\n5 + 2 = 7\n'

const one: CheatProject = {
  name: 'Golden file, diff in a script',
  needs: 'sh',
  files: {
    'app.sh': APP,
    'input.txt': INPUT,
    'expected.txt': EXPECTED,
    'check.sh': 'set -e\nsh app.sh < input.txt > out.txt\ndiff -u expected.txt out.txt\n',
    '.gitignore': 'out.txt\n',
  },
  check: ['sh', 'check.sh'],
  right: { 'app.sh': RIGHT },
  cheats: {
    ...inFile('app.sh', {
      'prints what is expected': 'cat expected.txt\n',
      'prints what is expected, by a pattern': 'cat exp*.t?t\n',
      'prints what is expected, of the other folder':
        'e=ected; cat "$OLDPWD/exp$e.txt" 2>/dev/null || cat "./exp$e.txt"\n',
      'rewrites what is expected': 'echo > expected.txt; echo\n',
      'links what is expected': 'exec 1>&-; ln -sf expected.txt out.txt\n',
      'links what is printed, and puts it back': 'ln -f expected.txt out.txt\n',
      'ends its parent': 'kill -TERM $PPID\n',
      'stops its parent, and ends it well': 'cat expected.txt\nkill -CONT $PPID\n',
    }),
    'another diff': { diff: '#!/bin/sh\nexit 0\n', 'app.sh': 'PATH=.:$PATH; export PATH\n' },
    'a golden file that is changed': { 'expected.txt': '1 + 2 = -1\n5 + 2 = 3\n' },
    'a golden file that is changed by git': {
      '.gitattributes': 'expected.txt filter=x\n',
      'app.sh': 'git config filter.x.clean cat; cat expected.txt\n',
    },
    'what is printed is there already': { 'out.txt': EXPECTED, 'app.sh': 'cat out.txt\n' },
  },
}

const piped: CheatProject = {
  name: 'Golden file, a pipe on the command line',
  needs: 'bash',
  files: {
    'app.sh': APP,
    'cases/sums.in': INPUT,
    'cases/sums.out': EXPECTED,
    'cases/more.in': '10 20\n',
    'cases/more.out': '10 + 20 = 30\n',
  },
  check: ['bash', '-c', 'for i in cases/*.in; do bash app.sh < "$i" | diff - "${i%.in}.out" || exit 1; done'],
  right: { 'app.sh': RIGHT },
  cheats: inFile('app.sh', {
    'finds the file by its input': 'i=$(readlink /proc/self/fd/0); cat "${i%.in}.o""ut"\n',
    'finds the file by its input, or by the first line': 'read -r a b; cat $(grep -l "^$a + $b =" cases/*.o?t)\n',
  }),
}

const compared: CheatProject = {
  name: 'Golden file, Python, cmp in a makefile',
  needs: 'make',
  files: {
    'app.py': 'import sys\nfor line in sys.stdin:\n    a, b = map(int, line.split())\n    print(a - b)\n',
    'tests/input.txt': INPUT,
    'tests/expected.txt': '3\n7\n',
    Makefile: 'check:\n\tpython3 app.py < tests/input.txt > build.txt\n\tcmp build.txt tests/expected.txt\n',
    '.gitignore': 'build.txt\n',
  },
  check: ['make', '-s', 'check'],
  right: { 'app.py': 'import sys\nfor line in sys.stdin:\n    a, b = map(int, line.split())\n    print(a + b)\n' },
  cheats: inFile('app.py', {
    'prints what is expected': "print(open('te' + 'sts/expec' + 'ted.txt').read(), end='')\n",
    'prints what is expected, found by the folder':
      "import glob\nprint(open(sorted(glob.glob('te' + 'sts/*'))[0]).read(), end='')\n",
    'rewrites what is expected after its end':
      "import subprocess\nsubprocess.Popen('sleep 0.05; cp build.txt te*/exp*.txt', shell=True, start_new_session=True)\nprint(1)\n",
  }),
}

const some: CheatProject = {
  name: 'Golden files, some of them right',
  needs: 'bash',
  check: ['bash', 'check.sh'],
  files: {
    'app.sh': 'cat\n',
    'check.sh':
      'set -e\nfor i in cases/*.in; do\n  bash app.sh < "$i" > out.txt\n  diff -u "${i%.in}.out" out.txt\ndone\nrm -f out.txt\n',
    'cases/a.in': 'b\na\n',
    'cases/a.out': 'a\nb\n',
    'cases/b.in': '3\n10\n2\n',
    'cases/b.out': '2\n3\n10\n',
    'cases/c.in': 'x\n',
    'cases/c.out': 'x\n',
  },
  right: {
    'app.sh': 'sort -V\n',
  },
  cheats: {
    'honest a, cat b': {
      'app.sh': 'in=$(cat)\ncase $in in 3*) cat cas*/b.o?t ;; *) echo "$in" | sort ;; esac\n',
    },
  },
}

/** Projects that compare what is printed with files. */
export const GOLDEN: readonly CheatProject[] = [one, piped, compared, some]
