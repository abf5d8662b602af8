#!/usr/bin/env bash
# Repairs what make finds to be out of date. Needs: make
set -euo pipefail
cd "$(dirname "$0")"
export PATH="$PWD/../../bin:$PATH"
here=$PWD
cd "$(../make-repository.sh project)"

command -v make > /dev/null || { echo '15-make: make: not found (install it: apt-get install make)' >&2; exit 3; }

# A file's scripted replies are named for the tries that are left.
LLM=${LR_MODEL:+lr-llm}
LLM=${LLM:-"cat $here/replies/\$*/\$(TRIES).txt"}
make LLM="$LLM"
echo '# Nothing has changed since:'
make LLM="$LLM"
echo '# One file has:'
echo '{ "cook": "Ada", "waiter": "Bob" }' > data/staff.json
make LLM="$LLM"
