#!/usr/bin/env bash
# make-program.sh [OPTION…] samples|sequence TASK PROGRAM: lets models write the Python program PROGRAM for the task in the
# file TASK, or on standard input (-). Packages that it needs are kept in a .venv beside it.
#   samples   plans and writes it three times, hotter each time; the version that pylint likes best stays, and is run once
#   sequence  writes, lints and runs it, up to five times, until it runs; a failed run is shown to the next attempt
#   -n N      so many samples, or at most so many attempts
#   -t STEP   (samples) how much hotter each sample is (default: 0.1)
#   -r ROLE=T the temperature of a role: planner=0, tracker=0.2, coder=0, linter=0.3; repeatable
#   -s N      ask for packages N times, and take every name (default: 3)
#   -a N      at most N attempts to install packages (default: 5)
#   -d        install nothing
#   -l        (sequence) do not let a model repair what pylint finds
#   -x        (samples) do not run the best one
# Exit codes: 0 it ran to its end without an error · 1 it did not · 2 invalid usage · 3 a package or program is missing. What models write is run here: use a machine that you can spare.
set -euo pipefail
usage() { sed -n '2,/^# Exit/s/^# //p' "$0" >&2; exit 2; }
count='' installs=yes lints=yes runs=yes step='' questions=3 installations=5
heat_planner=0 heat_tracker=0.2 heat_coder=0 heat_linter=0.3
while getopts n:t:r:s:a:dlx option; do
  case $option in
    n) count=$OPTARG ;;
    t) step=$OPTARG ;;
    r) case $OPTARG in planner=* | tracker=* | coder=* | linter=*) declare "heat_$OPTARG" ;; *) usage ;; esac ;;
    s) questions=$OPTARG ;;
    a) installations=$OPTARG ;;
    d) installs=no ;;
    l) lints=no ;;
    x) runs=no ;;
    *) usage ;;
  esac
done
shift $((OPTIND - 1))
# An option that would do nothing is a mistake.
case $#-${1:-}-$lints-$runs-$step in
  3-samples-yes-*) count=${count:-3} step=${step:-0.1} ;;
  3-sequence-*-yes-) count=${count:-5} ;;
  *) usage ;;
esac
strategy=$1 task=$2 program=$3
# A slip is told before a model is asked or anything is written.
number='^[1-9][0-9]*$' heat='^([01](\.[0-9]+)?|2(\.0+)?)$'
for value in "$count" "$questions" "$installations"; do [[ $value =~ $number ]] || usage; done
for value in "${step:-0}" "$heat_planner" "$heat_tracker" "$heat_coder" "$heat_linter"; do [[ $value =~ $heat ]] || usage; done
for tool in python3 pylint; do
  command -v "$tool" > /dev/null || { echo "$tool: not found" >&2; exit 3; }
done
[ ! -e "$program" ] || { echo "$program: exists already (remove it, or name another file)" >&2; exit 2; }
[ "$task" = - ] || [ -f "$task" ] || { echo "$task: no such file" >&2; exit 2; }
prompts=$(cd "$(dirname "$0")" && pwd)/prompts
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ "$task" = - ]; then
  cat > "$work/task"
  task=$work/task
fi
[[ $(< "$task") =~ [^[:space:]] ]] || { echo 'the task is empty' >&2; exit 2; }
venv=$(dirname "$program")/.venv
python=python3

# ask ROLE NUMBER OPTION…: the answer to the prompt on standard input. Each role may have a model of its own: model_coder=…
ask() {
  local model=model_$1
  LR_ITERATION=$2 lr-llm --quiet --model "${!model:-${LR_MODEL:-groq}}" "${@:3}"
}

plan() { # plan NUMBER TEMPERATURE
  ask planner "$1" --temperature "$2" --max-tokens 1000 --system "$(cat "$prompts/planner.txt")" < "$task" > "$work/plan"
}

# Asks several times, and takes every name that comes up and is none of Python's own modules. A name stands alone on its line,
# after a bullet or a number, or before a remark.
packages() { # packages NUMBER
  for sample in $(seq "$questions"); do
    cat "$work/plan" "$work/pip" |
      ask tracker $((questions * ($1 - 1) + sample)) --temperature "$heat_tracker" --system "$(cat "$prompts/tracker.txt")"
  done > "$work/answers"
  { echo none; python3 -c 'import sys; print(*sys.stdlib_module_names, sep="\n")'; } > "$work/not"
  # shellcheck disable=SC2016 # The quotes are those of Markdown.
  local name='[`*]*([A-Za-z][A-Za-z0-9._-]+)[`*]*' blank='[[:space:]]*' bullet='([-*+•]|[0-9]+[.)])[[:space:]]+'
  sed -nE "s/^$blank$bullet$name.*/\\2/p; t
    s/^$blank$name$blank(:[[:space:]]+.+|[-#(,;–=<>~!].*)?\$/\\1/p" "$work/answers" |
    sort -u | grep -vixFf "$work/not" > "$work/names" || true
}

# Looks a name up before anything is installed; what pip says of an unknown one is shown to the tracker.
look_up() {
  while read -r name; do
    "$python" -m pip install --quiet --dry-run --no-deps "$name" 2>> "$work/pip" < /dev/null || echo "$name"
  done < "$work/names" > "$work/unknown"
}

install() {
  : > "$work/pip"
  for attempt in $(seq "$installations"); do
    packages "$attempt"
    [ -s "$work/names" ] || return 0
    if [ ! -e "$venv/bin/python" ]; then python3 -m venv "$venv"; fi
    python=$venv/bin/python
    : > "$work/pip"
    look_up
    if [ -s "$work/unknown" ]; then
      echo "not found: $(paste -sd ' ' "$work/unknown")"
      continue
    fi
    echo "installing: $(paste -sd ' ' "$work/names")"
    if "$python" -m pip install --quiet --requirement "$work/names" 2> "$work/pip"; then
      # For pylint, which is not in there.
      PYTHONPATH=$(echo "$venv"/lib/python*/site-packages)
      export PYTHONPATH
      return
    fi
  done
  cat "$work/pip" >&2
  return 3
}

write() { # write NUMBER TEMPERATURE: a new version of the program, from task, plan, its last version, and how that ran
  { lr-blocks wrap task < "$task"; lr-blocks wrap plan < "$work/plan"; cat "$work/ran"; } |
    lr-prompt --instructions "$(sed "s|PROGRAM|$program|" "$prompts/coder.txt")" |
    ask coder "$1" --temperature "$2" > "$work/reply" || return 1
  apply
  [ -e "$program" ]
}

# Exit code 1, "no", is an answer, too: nothing changed, or pylint finds something. 3 means that it could not be done.
apply() { lr-apply "$program" < "$work/reply" > "$work/applied" || [ $? = 1 ] || exit 3; }
lint() { lr-check --checkers pylint "$program" > "$work/linted" || [ $? = 1 ] || exit 3; }
run() { lr-check --timeout 10 --sandbox auto "$program" -- "$python" "$program"; }
tell() { printf 'run it: %q %q\n' "$python" "$program"; }

plan 1 "$heat_planner"
cat "$work/plan"
[ $installs = no ] || install
: > "$work/ran"

case $strategy in
  samples)
    for sample in $(seq "$count"); do
      heat=$(awk "BEGIN { print $heat_coder + ($sample - 1) * $step }")
      score=-1
      # A sample without a reply, or with one that is refused, is a bad one; the next is made.
      if { [ "$sample" = 1 ] || plan "$sample" "$(awk "BEGIN { print $heat_planner + ($sample - 1) * $step }")"; } &&
        write "$sample" "$heat"; then
        lint
        score=$(lr-blocks get score < "$work/linted" | head -n 1)
        cp "$program" "$work/sample-$sample"
        lr-blocks pack "$program" > "$work/ran"
        printf '%s %s\n' "$score" "$sample" >> "$work/scores"
      fi
      echo "sample $sample: pylint says ${score:--1}"
    done
    [ -s "$work/scores" ] || { echo 'no sample has a program' >&2; exit 1; }
    best=$(LC_ALL=C sort -rns -k 1,1 "$work/scores" | head -n 1)
    cp "$work/sample-${best#* }" "$program"
    [ $runs = no ] || run | lr-blocks get stdout stderr
    tell
    ;;
  sequence)
    for attempt in $(seq "$count"); do
      write "$attempt" "$heat_coder" || { echo "attempt $attempt has no program" && continue; }
      if [ $lints = yes ] && lint && lr-prompt --instructions-file "$prompts/linter.txt" < "$work/linted" > "$work/prompt"; then
        ask linter "$attempt" --temperature "$heat_linter" < "$work/prompt" > "$work/reply"
        apply
      fi
      if run > "$work/ran"; then
        lr-blocks get stdout < "$work/ran"
        tell
        exit
      fi
      echo "attempt $attempt does not run"
    done
    [ ! -s "$work/ran" ] || lr-blocks get outcome stdout stderr < "$work/ran" >&2
    exit 1
    ;;
esac
