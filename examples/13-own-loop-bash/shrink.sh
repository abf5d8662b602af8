#!/usr/bin/env bash
# shrink.sh FILE N CHECK…: has a model make FILE smaller, N times. A version stays if it is smaller and CHECK still passes.
set -euo pipefail
file=$1 times=$2 check=("${@:3}")
size=$(($(wc -c < "$file")))

for LR_ITERATION in $(seq "$times"); do
  export LR_ITERATION
  reply=$(lr-blocks pack "$file" | lr-prompt --instructions 'Make it smaller. What it shows must stay.' | lr-llm --quiet)
  lr-apply "$file" <<< "$reply" > /dev/null || continue
  now=$(($(wc -c < "$file")))
  if [ "$now" -lt "$size" ] && lr-check "$file" -- "${check[@]}" > /dev/null; then
    echo "$size to $now bytes"
    size=$now
  else
    echo "not kept: $now bytes"
    lr-apply --undo > /dev/null
  fi
done
