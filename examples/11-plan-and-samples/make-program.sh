#!/usr/bin/env bash
# make-program.sh [OPTION…] samples|sequence TASK PROGRAM: lets models write the Python program PROGRAM for the task in the
# file TASK.
#   samples   plans and writes it three times, hotter each time; the version that pylint likes best stays, and is run once
#   sequence  writes, lints and runs it, up to five times, until it runs; a failed run is shown to the next attempt
#   -n N      so many samples, or at most so many attempts
#   -d        install nothing
#   -l        (sequence) do not let a model mend what pylint finds
#   -x        (samples) do not run the best one
# Exit status 0: it ran to its end without an error. What models write is run here: use a machine that you can spare.
set -euo pipefail
usage() { sed -n '2,/^# Exit/s/^# //p' "$0" >&2; exit 2; }
count='' installs=yes lints=yes runs=yes
while getopts n:dlx option; do
  case $option in
    n) count=$OPTARG ;;
    d) installs=no ;;
    l) lints=no ;;
    x) runs=no ;;
    *) usage ;;
  esac
done
shift $((OPTIND - 1))
# An option that would do nothing is a mistake.
case $#-${1:-}-$lints-$runs in
  3-samples-yes-*) count=${count:-3} ;;
  3-sequence-*-yes) count=${count:-5} ;;
  *) usage ;;
esac
strategy=$1 task=$2 program=$3
for tool in python3 pylint; do
  command -v "$tool" > /dev/null || { echo "$tool: not found" >&2; exit 3; }
done
prompts=$(cd "$(dirname "$0")" && pwd)/prompts
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PYTHONPATH=$work/packages

# ask ROLE NUMBER OPTION…: the answer to the prompt on standard input. Each role may have a model of its own: model_coder=…
ask() {
  local model=model_$1
  LR_ITERATION=$2 lr-llm --quiet --model "${!model:-${LR_MODEL:-groq}}" "${@:3}"
}

plan() { # plan NUMBER TEMPERATURE
  ask planner "$1" --temperature "$2" --max-tokens 1000 --system "$(cat "$prompts/planner.txt")" < "$task" > "$work/plan"
}

# Asks three times, and takes every name that comes up, is none of Python's own modules, and can be a package's name.
packages() { # packages NUMBER
  for sample in 1 2 3; do
    cat "$work/plan" "$work/pip" | ask tracker $((3 * $1 - 3 + sample)) --temperature 0.2 --system "$(cat "$prompts/tracker.txt")"
  done > "$work/answers"
  { echo none; python3 -c 'import sys; print(*sys.stdlib_module_names, sep="\n")'; } > "$work/not"
  sort -u "$work/answers" | grep -E '^[A-Za-z][A-Za-z0-9._-]+$' | grep -vixFf "$work/not" > "$work/names" || true
}

install() {
  : > "$work/pip"
  for attempt in 1 2 3 4 5; do
    packages "$attempt"
    [ -s "$work/names" ] || return 0
    echo "installing: $(paste -sd ' ' "$work/names")"
    if python3 -m pip install --quiet --target "$PYTHONPATH" --requirement "$work/names" 2> "$work/pip"; then return; fi
  done
  cat "$work/pip" >&2
  return 3
}

write() { # write NUMBER TEMPERATURE: a new version of the program, from task, plan, its last version, and how that ran
  { lr-blocks wrap task < "$task"; lr-blocks wrap plan < "$work/plan"; cat "$work/ran"; } |
    lr-prompt --instruction "$(sed "s|PROGRAM|$program|" "$prompts/coder.txt")" |
    ask coder "$1" --temperature "$2" > "$work/reply"
  apply
}

# Status 1, "no", is an answer, too: nothing changed, or pylint finds something. 3 means that it could not be done.
apply() { lr-apply "$program" < "$work/reply" > "$work/applied" || [ $? = 1 ] || exit 3; }
lint() { lr-check --checkers pylint "$program" > "$work/linted" || [ $? = 1 ] || exit 3; }
run() { lr-check --timeout 10 --sandbox auto "$program" -- python3 "$program"; }

plan 1 0
cat "$work/plan"
[ $installs = no ] || install
: > "$work/ran"

case $strategy in
  samples)
    for sample in $(seq "$count"); do
      heat=$(((sample - 1) / 10)).$(((sample - 1) % 10))
      [ "$sample" = 1 ] || plan "$sample" "$heat"
      write "$sample" "$heat"
      lint
      score=$(lr-blocks get score < "$work/linted" | head -n 1)
      echo "sample $sample: pylint says $score"
      printf '%s %s\n' "$score" "$sample" >> "$work/scores"
      cp "$program" "$work/sample-$sample"
      lr-blocks pack "$program" > "$work/ran"
    done
    best=$(LC_ALL=C sort -rns -k 1,1 "$work/scores" | head -n 1)
    cp "$work/sample-${best#* }" "$program"
    [ $runs = no ] || run | lr-blocks get stdout stderr
    ;;
  sequence)
    for attempt in $(seq "$count"); do
      write "$attempt" 0
      if [ $lints = yes ] && lint && lr-prompt --instruction-file "$prompts/linter.txt" < "$work/linted" > "$work/prompt"; then
        ask linter "$attempt" --temperature 0.3 < "$work/prompt" > "$work/reply"
        apply
      fi
      if run > "$work/ran"; then lr-blocks get stdout < "$work/ran"; exit; fi
      echo "attempt $attempt does not run"
    done
    exit 1
    ;;
esac
