#!/usr/bin/env bash
# A program from a sentence, twice: the best of three samples, then attempts in sequence. Needs: pylint python3
set -euo pipefail
cd "$(dirname "$0")"
export PATH="$PWD/../../bin:$PATH"
here=$PWD
# Every role has its scripted replies; pip finds nothing for them, and does not look beyond this machine.
if [ -z "${LR_MODEL:-}" ]; then
  for role in planner tracker coder linter; do export "model_$role=replay:$here/replies/$role"; done
  export PIP_NO_INDEX=1
fi
cd "$(mktemp -d "${TMPDIR:-/tmp}/loop-runner-example.XXXXXX")"

echo '# The best of three samples'
"$here/make-program.sh" samples "$here/task.txt" words.py
rm words.py
echo '# Attempts in sequence'
"$here/make-program.sh" sequence "$here/task.txt" words.py
