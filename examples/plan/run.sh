#!/usr/bin/env bash
# A task with two questions, a plan of three steps, and a loop for each step, interrupted once. Needs: tsort
set -euo pipefail
cd "$(dirname "$0")"
export PATH="$PWD/../../bin:$PATH"
command -v tsort > /dev/null || { echo 'run.sh: tsort: not found' >&2; exit 3; }
here=$PWD
if [ -z "${LR_MODEL:-}" ]; then
  for role in plan parse total report; do export "model_$role=replay:$here/replies/$role"; done
  ask_model=replay:$here/replies/ask
fi
work=$(mktemp -d "${TMPDIR:-/tmp}/loop-runner-example.XXXXXX")
cp -R project/. "$work"
cd "$work"

LR_MODEL=${ask_model:-$LR_MODEL} "$here/ask.sh" 2 task.txt answers.txt > task.md 2> /dev/null
cat task.md
echo
# The model of the second step is out of order; then the same command goes on.
if [ -z "${LR_MODEL:-}" ]; then
  model_total=exec:false "$here/plan.sh" task.md 2> /dev/null || echo "plan.sh ends with exit code $?"
fi
"$here/plan.sh" task.md
paste -sd ' ' plan.txt
