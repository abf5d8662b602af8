#!/usr/bin/env bash
# The loop, written out: what lr-loop does, in ten lines of bash around the stages.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
PATH="$here/../../bin:$PATH"
work=$(mktemp -d "${TMPDIR:-/tmp}/loop-runner-bash.XXXXXX")
"$here/../make-repository.sh" "$here/../01-repair/project" "$work"
cd "$work"

lr-git start repair-in-bash > /dev/null
for iteration in 1 2 3 4 5; do
  export LR_ITERATION=$iteration
  if lr-check src -- node --test > .git/check; then
    echo "passed after $((iteration - 1)) replies"
    exit 0
  fi
  lr-prompt < .git/check |
    lr-llm --model "replay:$here/../01-repair/replies" |
    lr-apply src |
    lr-git commit | lr-blocks get changed
done
exit 1
