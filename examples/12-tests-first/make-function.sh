#!/usr/bin/env bash
# make-function.sh [OPTION…] NAME TASK: lets a model write the Python function NAME for TASK, tests first, and prints it.
#   --tests FORM      the form of the tests: unittest (default), or doctest
#   --test-file FILE  your own tests, a file in that form, instead of the model's
#   --doctests TEXT   your own tests as text: '>>> is_ipv4("1.2.3")', a new line, 'False'; implies --tests doctest
#   --no-design       the model writes no tests: your own ones, or none
#   --no-test         no tests: the function is only looked at, it has to be there and do something
#   --signature TEXT  the signature that the function must have, such as 'is_ipv4(text: str) -> bool'
#   --candidates N    up to N candidates before one is repaired (default: 1)
#   --iterations N    at most N repairs (default: 4, by lr.yaml)
#   --clean-doc       give the docstring one form: a summary, Args, Returns
#   --form FORM       print the function alone, its module, or a standalone program (function, module, standalone; default:
#                     function)
#   --folder DIR      keep NAME.py and the tests there (default: .)
#   --print-only      keep nothing
#   --profile NAME    copy, save or fast: see lr.yaml; options on the command line win
# Exit status: 0 the tests pass, or there are none and standard error says so · 1 they do not, or the signature is another one ·
# 2 invalid usage, your tests cannot be loaded · 3 the model's tests are of no use, or a program is missing
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
usage() { sed -n '2,/^set/s/^# //p' "$0" >&2; exit 2; }
form=unittest file='' text='' design=yes test=yes signature='' candidates=1 repairs='' clean='' shape=function folder=.
profile=''

read_options() {
  while [ $# -gt 0 ]; do
    case $1 in
      --no-design) design=no ;;
      --no-test) test=no ;;
      --clean-doc) clean=--clean-doc ;;
      --print-only) folder='' ;;
      --*=*) set -- "${1%%=*}" "${1#*=}" "${@:2}" && continue ;;
      --*) [ $# -gt 1 ] || usage
        case $1 in
          --tests) form=$2 ;;
          --test-file) file=$2 ;;
          --doctests) text=$2 form=doctest ;;
          --signature) signature=$2 ;;
          --candidates) candidates=$2 ;;
          --iterations) repairs=$2 ;;
          --form) shape=$2 ;;
          --folder) folder=$2 ;;
          --profile) profile=$2 ;;
          *) usage ;;
        esac
        shift ;;
      *) break ;;
    esac
    shift
  done
  operands=("$@")
}

# The options of a profile come first, so that those of the command line win. The programs read the rest of the profile.
export LR_CONFIG=${LR_CONFIG:-$here/lr.yaml}
read_options "$@"
if [ -n "$profile" ]; then
  export LR_PROFILE=$profile
  lines=$(lr-loop config)
  mapfile -t ours < <(sed -nE '/^x-make-function:/,/^[^ ]/s/^  "([a-z-]+)": (.*[^ ]) +# .*/--\1=\2/p' <<< "$lines" |
    sed -E 's/=true$//; s/="(.*)"$/=\1/')
  read_options "${ours[@]}" "$@"
fi
case $form-$shape in
  unittest-function | unittest-module | unittest-standalone) ;;
  doctest-function | doctest-module | doctest-standalone) ;;
  *) usage ;;
esac
own=$file$text
[ ${#operands[@]} = 2 ] || usage
# Tests of one's own are given once, and not to be left out.
case ${file:+file}${text:+text}-$test in filetext-* | ?*-no) usage ;; esac
[ $design = yes ] || [ -n "$own" ] || test=no
[[ ${operands[0]} =~ ^[A-Za-z_][A-Za-z0-9_]*$ && ${operands[1]} =~ [^[:space:]] ]] || usage
[[ $candidates =~ ^[1-9][0-9]*$ && $repairs =~ ^[0-9]*$ ]] || usage
name=${operands[0]} task=${operands[1]}${signature:+. The signature is: def $signature}
command -v python3 > /dev/null || { echo 'python3: not found' >&2; exit 3; }
[ -z "$signature" ] || python3 "$here/python/has_signature.py" "$signature" || exit 2
[[ -z $signature || $signature =~ ^"$name"[[:space:]]*\( ]] || { echo "--signature $signature: not of $name" >&2; exit 2; }
[[ -z $file || ( -r $file && ! -d $file ) ]] || { echo "--test-file $file: no such file" >&2; exit 2; }
case $form in unittest) tests=test_$name.py ;; doctest) tests=test_$name.txt ;; esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ -z "$file" ] || cp "$file" "$work/own"
[ -z "$text" ] || printf '%s\n' "$text" > "$work/own"
folder=${folder:-$work/kept}
mkdir -p "$folder"
cd "$folder"

prompt_of() { sed "s/NAME/$name/g" "$here/prompts/$1.txt"; }
model_of() { # Each role may have a model of its own: model_designer=…
  local model=model_$1
  echo "${!model:-${LR_MODEL:-groq}}"
}
tell() { echo "$1" >&2; }
# Scripts are given as text: the sandbox may hide the folder that they lie in.
check() { # 0 or 1; what is neither (there is no python3) ends it all
  local status=0
  lr-check --sandbox auto --timeout 120 "$name.py" -- "$@" > "$work/checked" || status=$?
  [ "$status" -le 1 ] || exit "$status"
  return "$status"
}

# The tests may pass with another signature.
has_signature() { [ -z "$signature" ] || python3 "$here/python/has_signature.py" "$signature" "$name.py"; }

for path in "$name.py" "$tests"; do
  [ ! -e "$path" ] || { tell "$path: exists already (remove it, or name another --folder)"; exit 2; }
done

# The tests come first. They are the judge: nothing that writes the function may touch them.
# The types of a signature may need imports that are not there yet.
printf '%sdef %s:\n    raise NotImplementedError\n' "${signature:+$'from __future__ import annotations\n\n\n'}" \
  "${signature:-$name(*_, **__)}" > "$name.py"
judge=(python3 -c "$(< "$here/python/is_written.py")" "$name.py" "$name") shown=()
if [ $test = yes ]; then
  judge=(python3 -m "$form" "$tests") shown=(--context "$tests")
  if [ -n "$own" ]; then
    cp "$work/own" "$tests"
  else
    LR_ITERATION=1 lr-llm --quiet --model "$(model_of designer)" --system "$(prompt_of "designer-$form")" --extract=first "$task" \
      > "$tests"
  fi
  if [ "$form" = doctest ] && ! grep -q '^ *>>> *\(from\|import\) ' "$tests"; then
    { printf '>>> from %s import %s\n\n' "$name" "$name" && cat "$tests"; } > "$work/tests" && cp "$work/tests" "$tests"
  fi
  if ! check python3 -c "$(< "$here/python/load_tests.py")" "$form" "$tests"; then
    tell "$tests: it cannot be loaded: $(lr-blocks get stdout < "$work/checked")"
    [ -n "$own" ] && exit 2 || exit 3
  fi
fi
if check "${judge[@]}"; then
  tell "$tests: it passes without the function, so it tests nothing"
  exit 3
fi

# Candidates from nothing, the first one without chance, until one passes. If none does, the first one is repaired.
lr-blocks wrap task <<< "$task" | cat - "$work/checked" |
  lr-prompt "${shown[@]}" --instructions "$(prompt_of coder)" > "$work/prompt"
passes=no
for candidate in $(seq "$candidates"); do
  heat=$([ "$candidate" = 1 ] && echo 0 || echo 0.2)
  # An answer that is cut off does not pass, and neither does what is refused.
  LR_ITERATION=$candidate lr-llm --quiet --model "$(model_of coder)" --temperature "$heat" --top-p 0.95 \
    < "$work/prompt" > "$work/reply" || [ $? = 5 ]
  lr-apply "$name.py" < "$work/reply" > "$work/applied" || [ $? = 1 ]
  [ "$candidate" != 1 ] || cp "$name.py" "$work/first"
  if check "${judge[@]}" && has_signature; then passes=yes && break; fi
  tell "candidate $candidate does not pass"
done

if [ $passes = no ]; then
  cp "$work/first" "$name.py"
  lr-loop --no-git ${repairs:+--iterations "$repairs"} --model "$(model_of repairer)" --instructions "$task" "${shown[@]}" \
    "$name.py" -- "${judge[@]}"
  has_signature
fi
if [ -n "$clean" ]; then
  cp "$name.py" "$work/passing"
  python3 "$here/python/present.py" module "$name" --clean-doc < "$work/passing" > "$name.py"
  check "${judge[@]}" || { tell 'with its docstring rewritten it does not pass: left as it was' && cp "$work/passing" "$name.py"; }
fi
[ $test = yes ] || tell "$name.py: not tested"
python3 "$here/python/present.py" "$shape" "$name" < "$name.py"
