#!/usr/bin/env bash
# Does what AGENTS.md and SKILL.md tell an agent, on the project of 01-repair: the check, the loop, the check again.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../01-repair"
export PATH="$PWD/../../bin:$PATH" LR_MODEL="${LR_MODEL:-replay:$PWD/replies}"
cd "$(../make-repository.sh project)"

lineOf() { # lineOf FILE WORD: the line of FILE that begins with this program
  grep -hoE "^ *$2 .*" "$here/$1" | sed 's/^ *//'
}
check=$(lineOf AGENTS.md lr-check)
loop=$(lineOf skills/loop-runner/SKILL.md lr-loop)
code() { bash -c "$1" > /dev/null 2>&1 && echo 0 || echo $?; }
echo "$check: exit code $(code "$check")"
echo "$loop: exit code $(code "$loop")"
echo "$check: exit code $(code "$check")"
