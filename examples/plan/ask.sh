#!/usr/bin/env bash
# ask.sh N TASK [ANSWERS]: lets the model ask up to N questions about the task in the file TASK, and prints the task with the
# answers, for lr-loop --instructions-file. Answers are typed at the terminal, or are the lines of the file ANSWERS; an
# empty one leaves the question out.
set -euo pipefail
[[ $# = [23] && $1 =~ ^[1-9][0-9]*$ && -f $2 ]] || { sed -n '2,4s/^# //p' "$0" >&2; exit 2; }
limit=$1 task=$2
# Answers that cannot be read are found out before the model is asked.
exec 3< "${3:-/dev/tty}" || exit 2
schema='{"type": "object", "required": ["questions"], "properties": {"questions": {"type": "array", "items": {"type": "string"}}}}'

questions=$(LR_ITERATION=1 lr-llm --quiet --schema "$schema" --system "A programmer gets the task below. Ask the questions, at most $limit, whose \
answers would change the program most. Ask none if the task is clear." < "$task" |
  node -e 'for (const text of JSON.parse(fs.readFileSync(0, "utf8")).questions) console.log(text.replaceAll(/\s+/g, " "))')

cat "$task"
[ -n "$questions" ] || exit 0
head -n "$limit" <<< "$questions" | while read -r question; do
  echo "$question" >&2
  read -r answer <&3 || true
  answer=${answer%$'\r'}
  [ -z "$answer" ] || printf '\n%s\n%s\n' "$question" "$answer"
done
