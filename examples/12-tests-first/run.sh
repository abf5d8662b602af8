#!/usr/bin/env bash
# A Python function from a sentence, its tests first; then the same with tests of one's own. Needs: python3
set -euo pipefail
cd "$(dirname "$0")"
export PATH="$PWD/../../bin:$PATH"
here=$PWD
if [ -z "${LR_MODEL:-}" ]; then
  for role in designer coder repairer; do export "model_$role=replay:$here/replies/$role"; done
fi
cd "$(mktemp -d "${TMPDIR:-/tmp}/loop-runner-example.XXXXXX")"

echo '# The model writes the tests; two candidates fail, a repair helps'
"$here/make-function.sh" -c 2 is_ipv4 'say whether a text is an IPv4 address'

echo '# Tests of our own: the first candidate will do, as a program'
"$here/make-function.sh" -t "$here/my_tests.py" -o standalone is_ipv4 'say whether a text is an IPv4 address' > ipv4.py
python3 ipv4.py '"127.0.0.1"'
