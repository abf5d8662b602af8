#!/usr/bin/env bash
# Lets a document get better until it scores well enough, or no longer gets better. The score is the judge, not the model.
set -euo pipefail
cd "$(dirname "$0")"
export PATH="$PWD/../../bin:$PATH" LR_MODEL="${LR_MODEL:-replay:$PWD/replies}"
cd "$(../make-repository.sh project)"

lr-loop --iterations 6 --threshold 0.95 --plateau 0.01 --keep best --instructions "$(cat brief.txt)" report.md -- \
  lr-score --min-words 60 --max-words 200 --forbid 'TODO' --require '^## Decision' \
  --mention 'costs against the budget' --mention 'deadline of the lease' --mention 'risks' report.md

cat FIXES.md report.md
