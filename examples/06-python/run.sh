#!/usr/bin/env bash
# Repairs a Python file until pylint and then pytest are content. Needs: pylint pytest
set -euo pipefail
cd "$(dirname "$0")"
export PATH="$PWD/../../bin:$PATH" LR_MODEL="${LR_MODEL:-replay:$PWD/replies}"
cd "$(../make-repository.sh project)"

lr-loop --iterations 5 stock.py
cat FIXES.md
