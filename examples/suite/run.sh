#!/usr/bin/env bash
# Measures two scripted models over the cases, two trials at a time, and prints the table. Needs: git python3
#   run.sh [CASE…]     these cases instead of five, all of them: run.sh cases/*
#   LR_MODEL=… run.sh  a model of your own instead
set -euo pipefail
cd "$(dirname "$0")"
export PATH="$PWD/../../bin:$PATH"
command -v git > /dev/null || { echo 'run.sh: git: command not found' >&2; exit 3; }
command -v python3 > /dev/null || { echo 'run.sh: python3: command not found' >&2; exit 3; }
[ $# -gt 0 ] || set -- cases/[a-c]*
results=$(mktemp "${TMPDIR:-/tmp}/loop-runner-example.XXXXXX.jsonl")

measure() { # LABEL MODEL CASE…: exit code 1 of lr-eval means that a trial is not fixed, which is what we measure
  local label=$1 model=$2
  shift 2
  printf '%s\n' "$@" | xargs -P 2 -n 2 lr-eval run -q -i 3 --label "$label" -m "$model" -o "$results" || true
}

if [ -n "${LR_MODEL:-}" ]; then
  measure "$LR_MODEL" "$LR_MODEL" "$@"
else
  measure second "exec:$PWD/model.mjs second $PWD/answers" "$@"
  measure shallow "exec:$PWD/model.mjs shallow $PWD/answers" "$@"
fi
lr-eval table --by label "$results" || true
