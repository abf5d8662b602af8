#!/usr/bin/env bash
# Makes shellcheck content with a shell script. Needs: shellcheck
set -euo pipefail
cd "$(dirname "$0")"
export PATH="$PWD/../../bin:$PATH" LR_MODEL="${LR_MODEL:-replay:$PWD/replies}"
cd "$(../make-repository.sh project)"

lr-loop --iterations 5 --checkers bash-syntax,shellcheck backup.sh

cat FIXES.md
