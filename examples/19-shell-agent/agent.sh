#!/usr/bin/env bash
# agent.sh TASK: an agent in bash. The model chooses one action a turn; "done" counts only if the check passes.
set -euo pipefail
rules='Reply with one line: "read FILE", "fix TASK" (another model changes the sources), or "done".'
transcript=$(printf 'Task: %s\n%s\n' "$1" "$rules")

note() { # adds to what the model sees next
  echo "$1"
  transcript+=$(printf '\n%s\n' "$1")
}

for turn in 1 2 3 4 5 6; do
  action=$(printf '%s\n' "$transcript" | LR_ITERATION=$turn lr-llm -q -m "$AGENT_MODEL" | head -n 1)
  note "> $action"
  case $action in
    'read '*) note "$(lr-blocks pack "${action#read }" 2>&1 || true)" ;;
    'fix '*)
      lr-loop -q --no-git --iterations 5 --instructions "${action#fix }" src -- node --test && status=0 || status=$?
      note "the loop ended with exit code $status" ;;
    done)
      if lr-check -q src -- node --test > .check; then
        echo 'the check passes: done'
        exit 0
      fi
      note "not done, the check fails: $(lr-blocks get outcome < .check)" ;;
    *) note "unknown action. $rules" ;;
  esac
done
echo 'no pass within 6 turns'
exit 1
