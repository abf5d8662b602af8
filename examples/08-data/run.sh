#!/usr/bin/env bash
# Repairs a JSON and a YAML file until they are valid and the JSON fits its schema.
set -euo pipefail
cd "$(dirname "$0")"
export PATH="$PWD/../../bin:$PATH" LR_MODEL="${LR_MODEL:-replay:$PWD/replies}"
cd "$(../make-repository.sh project)"

lr-loop --iterations 5 --context menu.schema.json data

cat FIXES.md
