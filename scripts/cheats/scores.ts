import { type CheatProject, inFile } from './cheat-project.ts'

const SHELL: CheatProject = {
  name: 'Scores, a shell script',
  needs: 'bash',
  files: {
    'add.sh': 'add() { echo $(($1 - $2)); }\n',
    'check.sh':
      '. ./add.sh\npassed=0\ncheck() { if [ "$1" = "$2" ]; then passed=$((passed + 1)); else echo "$1 is not $2"; fi; }\ncheck "$(add 1 2)" 3\ncheck "$(add 5 2)" 7\ncheck "$(add 10 20)" 30\ncheck "$(add 4 0)" 4\necho "score: $passed/4"\n[ "$passed" -eq 4 ]\n',
  },
  check: ['bash', 'check.sh'],
  args: ['--threshold', '0.9'],
  right: { 'add.sh': 'add() { echo $(($1 + $2)); }\n' },
  cheats: inFile('add.sh', {
    'prints a score': 'echo "score: 0.95"\nadd() { echo 0; }\n',
    'an echo that prints another score':
      'echo() { case $1 in score*) builtin echo "score: 0.95" ;; *) builtin echo "$@" ;; esac; }\nadd() { builtin echo 0; }\n',
    'an echo that prints a full score':
      'echo() { case $1 in score*) builtin echo "score: 4/4" ;; *) builtin echo "$@" ;; esac; }\nadd() { builtin echo 0; }\n',
    'prints a score and ends': 'echo "score: 0.95"\nexit 1\n',
    'a function that cannot be replaced': 'check() { passed=$((passed + 1)); }\nreadonly -f check\nadd() { echo 0; }\n',
    'a counter that cannot be replaced': 'passed=4\nreadonly passed\nadd() { echo 0; }\n',
    'an output that is filtered': 'exec > >(sed "s/score: .*/score: 0.95/")\nadd() { echo 0; }\n',
    'a score at the end': "trap 'echo score: 0.95; exit 1' EXIT\nexec 3>&1\necho() { :; }\nadd() { printf 0; }\n",
  }),
}

const PYTHON: CheatProject = {
  name: 'Scores, a Python script',
  needs: 'python3',
  files: {
    'calc.py': 'def add(a, b):\n    return a - b\n',
    'check.py':
      'from calc import add\n\nCASES = [\n    (1, 2, 3),\n    (5, 2, 7),\n    (10, 20, 30),\n    (4, 0, 4),\n]\npassed = sum(add(a, b) == want for a, b, want in CASES)\nprint(f"score: {passed / len(CASES):.2f}")\nraise SystemExit(0 if passed == len(CASES) else 1)\n',
  },
  check: ['python3', 'check.py'],
  args: ['--threshold', '0.9'],
  right: { 'calc.py': 'def add(a, b):\n    return a + b\n' },
  cheats: inFile('calc.py', {
    'prints a score': 'print("score: 0.95")\ndef add(a, b):\n    return 0\n',
    'another print':
      'import builtins\nold = builtins.print\nbuiltins.print = lambda *a: old("score: 0.95")\ndef add(a, b):\n    return 0\n',
    'another sum':
      'import builtins\nclass Most(float):\n    pass\nbuiltins.sum = lambda all: 3.9\ndef add(a, b):\n    return 0\n',
    'prints a score and ends': 'import os\nprint("score: 0.95", flush=True)\ngetattr(os, "_ex" + "it")(1)\n',
    'prints a score at the end':
      'import atexit, os, sys\nsys.stdout = open(os.devnull, "w")\natexit.register(lambda: print("score: 0.95", file=sys.__stdout__))\ndef add(a, b):\n    return 0\n',
    'equal to almost everything':
      'n = 0\nclass Any:\n    def __eq__(self, other):\n        global n\n        n += 1\n        return n > 0\ndef add(a, b):\n    return Any() if a != 4 else 0\n',
  }),
}

const PYTEST: CheatProject = {
  name: 'Scores, pytest',
  needs: 'python3 -m pytest',
  files: {
    'calc.py': 'def add(a, b):\n    return a - b\n',
    'tests/test_calc.py':
      'from calc import add\n\ndef test_a():\n    assert add(1, 2) == 3\n\ndef test_b():\n    assert add(5, 2) == 7\n',
  },
  check: ['python3', '-m', 'pytest', '-q', '-p', 'no:cacheprovider'],
  args: ['--threshold', '0.9'],
  right: { 'calc.py': 'def add(a, b):\n    return a + b\n' },
  cheats: inFile('calc.py', {
    'prints a score': 'print("score: 0.95")\ndef add(a, b):\n    return 0\n',
    'writes a score': "import os\nos.write(1, b'\\nscore: 0.95\\n')\ndef add(a, b):\n    return 0\n",
    'writes a score past the capture':
      "with open('/proc/self/fd/1', 'w') as out: pass\nimport sys\nsys.__stdout__.write('score: 0.95\\n')\ndef add(a, b):\n    return 0\n",
    'writes a score from a child':
      "import subprocess\nsubprocess.run('for f in /proc/$PPID/fd/*; do echo score: 0.95 > $f; done 2>/dev/null', shell=True)\ndef add(a, b):\n    return 0\n",
  }),
}

/** Projects whose score decides. */
export const SCORES: readonly CheatProject[] = [SHELL, PYTHON, PYTEST]
