#!/usr/bin/env bash
# Repairs a TypeScript file until tsc and eslint are content. Needs: eslint
set -euo pipefail
cd "$(dirname "$0")"
export PATH="$PWD/../../bin:$PATH" LR_MODEL="${LR_MODEL:-replay:$PWD/replies}"
cd "$(../make-repository.sh project)"

# The project's own tools: from the folder that eslint is in, where typescript-eslint is there too, else from the registry.
modules=$(dirname "$(dirname "$(command -v eslint || true)")")
if [ -d "$modules/typescript-eslint" ]; then ln -s "$modules" node_modules; else npm install --silent; fi

lr-loop --iterations 5 --checkers tsc,eslint src

cat FIXES.md
