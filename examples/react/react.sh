#!/usr/bin/env bash
# react.sh [-n TURNS] TASK PROGRAM: an agent that writes the Python program PROGRAM for TASK by the ReAct protocol: in each turn
# (default: at most 12) the model thinks, takes one action, and gets an observation. Packages are kept in a .venv beside PROGRAM.
# Exit codes: 0 it ended after a run that passed · 1 not within the turns · 2 invalid usage
set -euo pipefail
turns=12
while getopts n: option; do
  case $option in n) turns=$OPTARG ;; *) exit 2 ;; esac
done
shift $((OPTIND - 1))
[[ $# = 2 && $turns =~ ^[1-9][0-9]*$ && ${1:-} =~ [^[:space:]] ]] || { sed -n '2,4s/^# //p' "$0" >&2; exit 2; }
task=$1 program=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=$(dirname "$program")/.venv
python=python3 passed=''
touch "$work/transcript"
read -r -d '' rules << 'END' || true
You write a Python program by actions. Answer in this form, with one action, and stop:

Thought: what to do next, and why
Action: one of add, write, run, install, finish
Action Input:
the input

add      adds the code of the input to the end of the program
write    puts the code of the input in the place of the whole program
run      runs the program without arguments, for at most 10 seconds; no input
install  installs the package of the input from PyPI
finish   ends; it counts only if the last run passed and nothing has changed since; no input
END

prompt() {
  printf '%s\n\nTask: %s\n\nThe program now:\n' "$rules" "$task"
  if [ -e "$program" ]; then lr-blocks pack "$program"; else echo '(empty)'; fi
  printf '\n'
  cat "$work/transcript"
}

# save FILE: the model's code becomes the program as any reply does, with all checks of lr-apply.
save() {
  if lr-blocks wrap "$program" < "$1" | lr-apply "$program" > "$work/applied"; then echo 'saved'; else
    echo "not saved: $(lr-blocks get rejected < "$work/applied" || echo 'nothing has changed')"
  fi
}

run() {
  [ -e "$program" ] || { echo 'there is no program yet' && return; }
  passed=''
  if lr-check --timeout 10 --sandbox auto "$program" -- "$python" "$program" > "$work/ran"; then passed=yes; fi
  lr-blocks get outcome stdout stderr < "$work/ran"
}

# A package is looked up before anything is installed. The name is a name: no option, address or path.
install() {
  [[ $1 =~ ^[A-Za-z0-9][A-Za-z0-9._-]*$ ]] || { echo "not the name of a package: $1" && return; }
  if [ ! -e "$venv/bin/python" ]; then python3 -m venv "$venv"; fi
  python=$venv/bin/python
  if ! "$python" -m pip install --quiet --dry-run --no-deps "$1" > /dev/null 2>&1; then echo "not found: $1"
  elif "$python" -m pip install --quiet "$1" > "$work/pip" 2>&1; then echo "installed: $1"
  else tail -n 3 "$work/pip"; fi
}

for turn in $(seq "$turns"); do
  prompt | LR_ITERATION=$turn lr-llm --quiet --temperature 0 --stop 'Observation:' > "$work/reply"
  action=$(sed -nE 's/^Action:[[:space:]]*([A-Za-z]+).*/\1/p' "$work/reply" | head -n 1 | tr '[:upper:]' '[:lower:]')
  # The input, without a Markdown fence around it.
  sed '1,/^Action Input:/d' "$work/reply" | sed '/^```/d' > "$work/input"
  case $action in
    add) cat "$program" "$work/input" > "$work/new" 2> /dev/null || cp "$work/input" "$work/new"
      observation=$(save "$work/new") passed='' ;;
    write) observation=$(save "$work/input") passed='' ;;
    run) run > "$work/observation" && observation=$(cat "$work/observation") ;;
    install) install "$(tr -d '[:space:]' < "$work/input")" > "$work/observation" && observation=$(cat "$work/observation") ;;
    finish)
      if [ -n "$passed" ]; then echo "finished after $turn turns" && exit; fi
      observation='not yet: the program has not passed a run since it changed' ;;
    *) observation='there is no such action: add, write, run, install or finish' ;;
  esac
  observation=$(head -c 4000 <<< "$observation")
  echo "$action: ${observation%%$'\n'*}"
  { cat "$work/reply" && printf 'Observation: %s\n\n' "$observation"; } >> "$work/transcript"
done
echo "not finished within $turns turns"
exit 1
