#!/usr/bin/env bash
# Runs agent.sh on the project of 01-repair. The agent's turns and the loop's replies are scripted.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../01-repair"
export PATH="$PWD/../../bin:$PATH" LR_MODEL="${LR_MODEL:-replay:$PWD/replies}" AGENT_MODEL="${AGENT_MODEL:-replay:$here/turns}"
cd "$(../make-repository.sh project)"
bash "$here/agent.sh" 'Make the tests pass.'
