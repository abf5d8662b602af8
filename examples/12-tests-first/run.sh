#!/usr/bin/env bash
# Python functions from a sentence, their tests first, with tests of the model's and of one's own, and in all forms. Needs: python3
set -euo pipefail
cd "$(dirname "$0")"
export PATH="$PWD/../../bin:$PATH"
here=$PWD
if [ -z "${LR_MODEL:-}" ]; then
  for role in designer coder repairer; do export "model_$role=replay:$here/replies/$role"; done
  doctests=replay:$here/replies/doctest-designer
fi
cd "$(mktemp -d "${TMPDIR:-/tmp}/loop-runner-example.XXXXXX")"
task='say whether a text is an IPv4 address'

echo '# The model writes the tests; two candidates fail, a repair helps'
"$here/make-function.sh" --candidates 2 is_ipv4 "$task"

echo '# Tests of our own: the first candidate will do, as a program'
"$here/make-function.sh" --folder own --test-file "$here/my_tests.py" --form standalone is_ipv4 "$task" > ipv4.py
python3 ipv4.py 127.0.0.1

echo '# The model writes doctests; the program has the docstring in one form as its help'
model_designer=${doctests:-} "$here/make-function.sh" --folder doctests --tests doctest --clean-doc --form standalone is_ipv4 "$task" > ipv4.py
python3 ipv4.py --help | sed '/^positional arguments/,$d'

echo '# Doctests as text, and nothing is kept'
"$here/make-function.sh" --profile copy --doctests $'>>> is_ipv4("10.0.0.1")\nTrue' is_ipv4 "$task"

echo '# No tests: the first answer that is a function, kept in a folder'
"$here/make-function.sh" --profile save --no-test is_ipv4 "$task" > /dev/null
ls outputs/generated_code

echo '# Tests that cannot be loaded: no model is asked'
model_coder=exec:false "$here/make-function.sh" --folder broken --doctests '>>>is_ipv4("1.2")' is_ipv4 "$task" 2>&1 || echo "exit code $?"
