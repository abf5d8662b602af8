#!/usr/bin/env bash
# Runs two LangChain agents on a project with a failing test. Their chat model is scripted, and so is that of the loop.
set -euo pipefail
cd "$(dirname "$0")"
export PATH="$PWD/../../node_modules/.bin:$PATH" LR_MODEL="${LR_MODEL:-exec:cat $PWD/reply.txt}"
here=$PWD
for agent in loop alone; do
  echo "agent: $agent"
  work=$(../make-repository.sh project)
  (cd "$work" && tsx "$here/main.ts" "$agent" && node --test > /dev/null && echo 'The tests pass.')
done
