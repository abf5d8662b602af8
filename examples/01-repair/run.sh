#!/usr/bin/env bash
# Repairs a copy of project/ with the replies in replies/, in a folder that stays for you to look at.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
PATH="$here/../../bin:$PATH"

work=$(mktemp -d "${TMPDIR:-/tmp}/loop-runner-repair.XXXXXX")
"$here/../make-repository.sh" "$here/project" "$work"
cd "$work"

lr-loop --model "replay:$here/replies" --iterations 5 --run-dir "$work/.git/lr-run" src -- node --test

echo "The repaired project, its history and the run are in $work"
echo
cat FIXES.md
