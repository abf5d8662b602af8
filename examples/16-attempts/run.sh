#!/usr/bin/env bash
# The best of three samples, hotter each time; then attempts one after the other. Needs: git pylint python3
set -euo pipefail
cd "$(dirname "$0")"
export PATH="$PWD/../../bin:$PATH"
replies=$PWD/replies
# As a model: the scripted reply for a task and an attempt.
scripted() { echo "${LR_MODEL:-exec:cat \"$replies/$1-\$LR_ATTEMPT.txt\"}"; }
tell() { # What came of each attempt, and which one was kept.
  lr-loop show --json | node -p 'JSON.parse(fs.readFileSync(0)).attempts.map((one) => "attempt " + one.attempt +
    ", temperature " + one.temperature + ", seed " + one.seed + ": " + one.state + ", score " + one.score.toFixed(2)).join("\n")'
  lr-loop show | grep ^kept:
}
cd "$(../make-repository.sh project)"

echo '# Three samples at once, one reply each; the one that pylint likes best stays'
lr-loop --model "$(scripted lint)" --attempts 3 --jobs 3 --temperatures 0,0.1,0.2 --seed 1 --iterations 1 \
  --checkers pylint words.py || status=$?
[ "${status-0}" -le 1 ] || exit "$status" # Better is good enough here.
tell
lr-git finish > /dev/null

echo '# One after the other, until the tests pass'
lr-loop --model "$(scripted repair)" --attempts 5 --temperatures 0,0.3 --seed 1 --iterations 1 \
  words.py -- python3 -m unittest
tell
