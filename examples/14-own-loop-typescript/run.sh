#!/usr/bin/env bash
# Runs translate.ts with two models whose replies are scripted.
set -euo pipefail
cd "$(dirname "$0")"
export PATH="$PWD/../../node_modules/.bin:$PATH"
here=$PWD
work=$(../make-repository.sh project)
cd "$work"

tsx "$here/translate.ts" "${LR_MODEL:-replay:$here/replies/a}" "${LR_MODEL:-replay:$here/replies/b}"
cat de.json
