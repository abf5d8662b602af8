#!/usr/bin/env bash
# What github.yml does, job after job on this machine: the list of cases, a job for each, and the table. Needs: git
set -euo pipefail
cd "$(dirname "$0")"
here=$PWD
export PATH="$PWD/../../bin:$PATH"
command -v git > /dev/null || { echo 'run.sh: git: command not found' >&2; exit 3; }
# shellcheck source=/dev/null
. ../fleet/set-up.sh
start_service mixed
export LR_MODEL=fleet/default
mkdir "$WORK/checkout" "$WORK/checkout/cases"
cp -R "$SUITE"/cases/{clamp-js,version-js} "$WORK/checkout/cases"
cd "$WORK/checkout"

cases=$("$here/list.sh" cases)
echo "matrix: $cases"
for case in $(node -p 'JSON.parse(process.argv[1]).join(" ")' "$cases"); do
  "$here/try.sh" "cases/$case" 2> "$WORK/$case.log"
done
lr-eval table --by case --format markdown results/*.jsonl || true
