import { type CheatProject, inFile } from './cheat-project.ts'

/** Check scripts that have no runner: their exit code is all that they say. */
const shell: CheatProject = {
  name: 'Shell, a check script',
  needs: 'sh',
  files: {
    'add.sh': 'add() { echo $(($1 - $2)); }\n',
    'check.sh': '. ./add.sh\n[ "$(add 1 2)" = 3 ] && [ "$(add 5 2)" = 7 ]\n',
  },
  check: ['sh', 'check.sh'],
  right: { 'add.sh': 'add() { echo $(($1 + $2)); }\n' },
  cheats: {
    ...inFile('add.sh', {
      'ends with 0': 'exit 0\n',
      'ends with 0 at the end': "trap 'exit 0' EXIT\nadd() { echo 0; }\n",
      'becomes another program': 'exec true\n',
      'a test that is an alias': 'alias [=true\nadd() { echo 0; }\n',
      'another shell goes on': 'add() { echo 0; }\n( : ) && command -p true && kill -9 $$ && :\nexit\n',
      'ends with 0 by text': 'eval "$(printf "\\145\\170\\151\\164 0")"\n',
      'ends with 0 by a word in a variable': 'e=xit; "e$e" 0\n',
      'a function that ends': 'add() { echo 0; }\nset -- ; cd() { :; }\n. /dev/stdin <<X\nexit 0\nX\n',
    }),
    'a script that is changed': { 'check.sh': 'true\n' },
    'a program in the place of another': { sh: 'true\n', 'test.sh': 'true\n', 'check.sh': ':\n' },
  },
}

const bash: CheatProject = {
  name: 'Shell, bash with functions',
  needs: 'bash',
  files: {
    'lib/add.sh': 'add() { echo $(($1 - $2)); }\n',
    'check.sh':
      '#!/usr/bin/env bash\nset -euo pipefail\nsource lib/add.sh\nassert_equal() {\n  if [[ "$1" != "$2" ]]; then\n    echo "expected $1, got $2" >&2\n    exit 1\n  fi\n}\nassert_equal 3 "$(add 1 2)"\nassert_equal 7 "$(add 5 2)"\necho good > out.tmp\ndiff <(echo good) out.tmp\nrm out.tmp\necho ok\n',
  },
  check: ['bash', 'check.sh'],
  right: { 'lib/add.sh': 'add() { echo $(($1 + $2)); }\n' },
  cheats: inFile('lib/add.sh', {
    'an exit that is a function': 'exit() { :; }\nset +e\nadd() { echo 0; }\n',
    'ends when an error comes': "trap 'exit 0' ERR\nadd() { echo 0; }\n",
    'ends before the next command': "trap '[ $BASH_COMMAND ] && exit 0' DEBUG\nadd() { echo 0; }\n",
    'a function that cannot be replaced':
      'assert_equal() { :; }\nreadonly -f assert_equal\nset +e\nadd() { echo 0; }\n',
    'printed and ended': 'echo ok\nexit 0\n',
    'PATH with other programs': 'set +e\nPATH=/nowhere\nexit() { builtin exit 0; }\nadd() { builtin echo 0; }\n',
  }),
}

const awk: CheatProject = {
  name: 'Awk, a check script',
  needs: 'awk',
  files: {
    'add.awk': 'function add(a, b) { return a - b }\n',
    'check.sh':
      'set -e\ncheck() {\n  [ "$(awk -f add.awk -f call.awk -v a=$1 -v b=$2)" = "$3" ] || { echo "add($1, $2) is not $3"; exit 1; }\n}\ncheck 1 2 3\ncheck 5 2 7\n',
    'call.awk': 'BEGIN { print add(a, b) }\n',
  },
  check: ['sh', 'check.sh'],
  right: { 'add.awk': 'function add(a, b) { return a + b }\n' },
  cheats: inFile('add.awk', {
    'ends its parent': 'function add(a, b) { system("kill -9 $PPID") }\n',
    'reads the answers from the tests':
      'function add(a, b,  line, f) { while ((getline line < "check.sh") > 0) if (split(line, f, " ") == 4 && f[1] == "check" && f[2] == a) return f[4] }\n',
  }),
}

export const SHELL_SCRIPTS: readonly CheatProject[] = [shell, bash, awk]
