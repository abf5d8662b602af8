#!/usr/bin/env bash
# lr-llm as the LLM command of a pipe. The answers come from a folder of scripted replies and from a program, not from a model.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
PATH="$here/../../bin:$PATH"
cd "$here"

echo '# The prompt is the operands, a blank line, and standard input; the answer is all there is on standard output.'
LR_ITERATION=1 lr-llm --model replay:answers 'Which line is the error?' < server.log | tr '[:lower:]' '[:upper:]'

echo '# Any program can be the model: it gets the prompt on standard input.'
lr-llm --model 'exec:wc -l' 'Count these lines:' < server.log | tr -d ' '

echo '# Nothing to ask is no call, and no answer is never a success.'
lr-llm --quiet --model replay:answers < /dev/null || echo "exit status $?"
lr-llm --quiet --model exec:true 'Say nothing' 2> /dev/null || echo "exit status $?"
