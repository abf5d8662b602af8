#!/usr/bin/env bash
# Repairs a copy of project/ with the replies in replies/, in a folder that stays for you to look at.
set -euo pipefail
cd "$(dirname "$0")"
export PATH="$PWD/../../bin:$PATH" LR_MODEL="${LR_MODEL:-replay:$PWD/replies}"
cd "$(../make-repository.sh project)"

lr-loop --iterations 5 src -- node --test

echo "The repaired project and its history are in $PWD"
echo
cat FIXES.md
