#!/usr/bin/env bash
# loop-or-resume.sh [OPTION…]: lr-loop in this folder; a run that a killed worker left behind is resumed, a passed one is kept.
set -euo pipefail
run=$(lr-loop show --json 2> /dev/null) || exec lr-loop "$@"
[ "$(node -p 'JSON.parse(fs.readFileSync(0)).state' <<< "$run")" != passed ] || exit 0
echo "resumed: $(basename "$PWD")"
exec lr-loop --resume "$@"
