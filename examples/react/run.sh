#!/usr/bin/env bash
# An agent by the ReAct protocol writes a program: the turns are scripted; pip and Python are real. Needs: python3
set -euo pipefail
cd "$(dirname "$0")"
export PATH="$PWD/../../bin:$PATH"
command -v python3 > /dev/null || { echo 'run.sh: python3: not found' >&2; exit 3; }
here=$PWD
# pip finds nothing for the scripted turns, and does not look beyond this machine.
if [ -z "${LR_MODEL:-}" ]; then export LR_MODEL="replay:$here/replies" PIP_NO_INDEX=1; fi
cd "$(mktemp -d "${TMPDIR:-/tmp}/loop-runner-example.XXXXXX")"
"$here/react.sh" 'Print the three most frequent letters of the word "mississippi", each with its count.' letters.py
python3 letters.py
