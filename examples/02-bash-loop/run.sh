#!/usr/bin/env bash
# The loop, written out: what lr-loop does, in ten lines of bash around the stages.
set -euo pipefail
cd "$(dirname "$0")/../01-repair"
export PATH="$PWD/../../bin:$PATH" LR_MODEL="${LR_MODEL:-replay:$PWD/replies}"
cd "$(../make-repository.sh project)"

lr-git start repair-in-bash > /dev/null
for iteration in 1 2 3 4 5; do
  export LR_ITERATION=$iteration
  if lr-check src -- node --test > .git/check; then
    echo "passed after $((iteration - 1)) replies"
    exit 0
  fi
  lr-prompt < .git/check | lr-llm | lr-apply src | lr-git commit | lr-blocks get changed
done
exit 1
