#!/usr/bin/env bash
# What action.yml does after the installation: a check, or with LR_ACTION_FIX=true a loop. Its report goes to
# $RUNNER_TEMP/loop-runner. Can be run anywhere (docs/ci.md).
set -uo pipefail
report="${RUNNER_TEMP:-/tmp}/loop-runner"
mkdir -p "$report"
# Without -d only the first line of a YAML text would be read.
read -r -d '' -a sources <<< "${LR_ACTION_SOURCES:-}"
check=()
[ -n "${LR_ACTION_CHECK:-}" ] && check=(-- sh -c "$LR_ACTION_CHECK")

if [ "${LR_ACTION_FIX:-false}" = true ]; then
  model=()
  [ -n "${LR_ACTION_MODEL:-}" ] && model=(--model "$LR_ACTION_MODEL")
  lr-loop --json --max-cost "${LR_ACTION_MAX_COST:-1}" --run-dir "$report/run" "${model[@]}" "${sources[@]}" "${check[@]}" \
    > "$report/summary.json"
  status=$?
else
  lr-check --findings --junit "$report/junit.xml" "${sources[@]}" "${check[@]}" > "$report/blocks.txt"
  status=$?
  lr-blocks get findings < "$report/blocks.txt" 2> /dev/null
fi
[ -n "${GITHUB_OUTPUT:-}" ] && echo "status=$status" >> "$GITHUB_OUTPUT"
exit "$status"
