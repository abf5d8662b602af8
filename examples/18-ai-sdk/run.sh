#!/usr/bin/env bash
# Runs an agent of the AI SDK on a project with a failing test. Its model is scripted, and so is that of the loop.
set -euo pipefail
cd "$(dirname "$0")/../17-langchain"
export PATH="$PWD/../../node_modules/.bin:$PATH" LR_MODEL="${LR_MODEL:-exec:cat $PWD/reply.txt}"
agent=$PWD/../18-ai-sdk/main.ts
cd "$(../make-repository.sh project)"
tsx "$agent"
node --test > /dev/null && echo 'checked: the tests pass'
