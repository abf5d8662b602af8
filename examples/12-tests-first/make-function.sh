#!/usr/bin/env bash
# make-function.sh [OPTION…] NAME TASK: lets a model write the Python function NAME for TASK, tests first, and prints it.
#   -t FILE    your own tests, a file for `python3 -m unittest`, instead of the model's
#   -s TEXT    the signature that the function must have, such as 'is_ipv4(text: str) -> bool'
#   -c N       up to N candidates before one is repaired (default: 1)
#   -i N       at most N repairs (default: 4)
#   -o FORM    print the function alone, its module, or a standalone program (function, module, standalone; default: function)
# NAME.py and test_NAME.py stay here. Exit status 0: the tests pass.
set -euo pipefail
tests='' signature='' candidates=1 repairs=4 form=function
while getopts t:s:c:i:o: option; do
  case $option in
    t) tests=$OPTARG ;;
    s) signature=$OPTARG ;;
    c) candidates=$OPTARG ;;
    i) repairs=$OPTARG ;;
    o) form=$OPTARG ;;
    *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))
name=$1 task=$2${signature:+. The signature is: def $signature}
prompts=$(cd "$(dirname "$0")" && pwd)/prompts
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

prompt_of() { sed "s/NAME/$name/g" "$prompts/$1.txt"; }
model_of() { # Each role may have a model of its own: model_designer=…
  local model=model_$1
  echo "${!model:-${LR_MODEL:-groq}}"
}
tests_pass() { # 0 or 1; what is neither (there is no python3) ends it all
  local status=0
  lr-check --sandbox auto --timeout 120 "$name.py" -- python3 -m unittest "test_$name.py" > "$work/checked" || status=$?
  [ "$status" -le 1 ] || exit "$status"
  return "$status"
}

# The tests come first. They are the judge: nothing that writes the function may touch them.
if [ -n "$tests" ]; then
  cp "$tests" "test_$name.py"
else
  LR_ITERATION=1 lr-llm --quiet --model "$(model_of designer)" --system "$(prompt_of designer)" --extract=python "$task" \
    > "test_$name.py"
fi
printf 'def %s(*_):\n    raise NotImplementedError\n' "$name" > "$name.py"
if tests_pass; then
  echo "test_$name.py: it passes without the function, so it tests nothing" >&2
  exit 3
fi

# Candidates from nothing, the first one without chance, until one passes. If none does, the first one is repaired.
lr-blocks wrap task <<< "$task" |
  cat - "$work/checked" | lr-prompt --context "test_$name.py" --instruction "$(prompt_of coder)" > "$work/prompt"
for candidate in $(seq "$candidates"); do
  heat=$([ "$candidate" = 1 ] && echo 0 || echo 0.2)
  LR_ITERATION=$candidate lr-llm --quiet --model "$(model_of coder)" --temperature "$heat" --top-p 0.95 \
    < "$work/prompt" > "$work/reply"
  lr-apply "$name.py" < "$work/reply" > "$work/applied" || [ $? = 1 ] # What is refused does not pass.
  [ "$candidate" != 1 ] || cp "$name.py" "$work/first"
  if tests_pass; then break; fi
  echo "candidate $candidate does not pass" >&2
done

if ! tests_pass; then
  cp "$work/first" "$name.py"
  lr-loop --no-git --iterations "$repairs" --model "$(model_of repairer)" \
    --context "test_$name.py" "$name.py" -- python3 -m unittest "test_$name.py"
fi

case $form in
  function)
    python3 -c 'import ast, sys
source = open(sys.argv[1]).read()
for node in ast.parse(source).body:
    if getattr(node, "name", "") == sys.argv[2]:
        print(ast.get_source_segment(source, node))' "$name.py" "$name"
    ;;
  module) cat "$name.py" ;;
  standalone)
    cat "$name.py"
    printf '\n\nif __name__ == "__main__":\n    import ast\n    import sys\n\n'
    printf '    print(%s(*map(ast.literal_eval, sys.argv[1:])))\n' "$name"
    ;;
esac
