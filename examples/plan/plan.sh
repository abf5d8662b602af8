#!/usr/bin/env bash
# plan.sh TASK: splits the task in the file TASK into steps, one for each test in test/, orders them, and lets lr-loop do
# one after the other: src/STEP.js until test/STEP.test.js passes. The order is in plan.txt, what came of each step in
# plan.jsonl. After an interruption the same command goes on with the steps that are not done.
# Exit codes: 0 all steps are done · 1 a step failed · 2 invalid usage · 3 the plan has a circle
set -euo pipefail
[ $# = 1 ] || { sed -n '2,5s/^# //p' "$0" >&2; exit 2; }
task=$1

# model_of ROLE: a role may have a model of its own.
model_of() { local model=model_$1; echo "${!model:-${LR_MODEL:-groq}}"; }

if [ ! -e plan.txt ]; then
  # The steps are given; what depends on what is the model's to say.
  for test in test/*.test.js; do
    [ -e "$test" ] || { echo 'plan.sh: test: no file STEP.test.js' >&2; exit 2; }
    basename "$test" .test.js
  done > steps.txt
  schema=$(node -p '
    const names = fs.readFileSync("steps.txt", "utf8").trimEnd().split("\n")
    const step = { enum: names }
    const items = { type: "object", required: ["step", "after"], properties: { step, after: { type: "array", items: step } } }
    JSON.stringify({ type: "object", required: ["steps"], properties: { steps: { type: "array", minItems: names.length, items } } })')
  { cat "$task"; echo; lr-blocks pack test; } |
    LR_ITERATION=1 lr-llm --quiet -m "$(model_of plan)" --schema "$schema" \
      --system 'Each file in test/ tests one module in src/. Say for each module which others it needs: these come first.' |
    node -e 'for (const { step, after } of JSON.parse(fs.readFileSync(0, "utf8")).steps)
      for (const before of [step, ...after]) console.log(before, step)' > needs.txt
  # A step that the model left out is still a step.
  paste -d ' ' steps.txt steps.txt >> needs.txt
  tsort needs.txt > plan.new || exit 3
  mv plan.new plan.txt
fi
touch plan.jsonl
mkdir -p src

while read -r step; do
  if grep -q "^{\"step\":\"$step\",\"status\":0," plan.jsonl; then continue; fi
  status=0
  lr-loop --quiet --json --no-git -i 3 --label plan -m "$(model_of "$step")" --instructions-file "$task" \
    --context src "./src/$step.js" -- node --test "test/$step.test.js" > summary.json < /dev/null || status=$?
  node -p '
    const [step, status] = process.argv.slice(1)
    const { scores = [], iterations } = JSON.parse(fs.readFileSync("summary.json", "utf8") || "{}")
    JSON.stringify({ step, status: Number(status), replies: iterations, scores })' "$step" "$status" >> plan.jsonl
  tail -n 1 plan.jsonl
  [ $status = 0 ] || exit "$status"
done < plan.txt
