#!/usr/bin/env bash
# The same cases by xargs, by GNU parallel with a killed worker, and by Slurm with a requeued job: one table three times.
# Needs: git parallel sbatch munge
#   run.sh [CASE…]     these cases instead of three, all of them: run.sh $(ls ../suite/cases)
set -euo pipefail
cd "$(dirname "$0")"
here=$PWD
export PATH="$PWD/../../bin:$PATH"
for program in git parallel sbatch munge; do
  command -v "$program" > /dev/null || { echo "run.sh: $program: command not found" >&2; exit 3; }
done
[ $# -gt 0 ] || set -- clamp-js median-js unique-js
# shellcheck source=/dev/null
. ./set-up.sh
export PARALLEL_HOME="$WORK/parallel"
mkdir "$PARALLEL_HOME"
start_service mixed
printf "$SUITE/cases/%s\n" "$@" > "$WORK/cases.txt"
try() { # RESULTS CASE: exit code 1 of lr-eval is a result too, 2 and more is not
  local status=0
  lr-eval run --quiet --model fleet/default --iterations 3 --output "$1" "$2" || status=$?
  [ "$status" -le 1 ]
}
export -f try

by_xargs() {
  xargs -P 2 -I {} bash -c 'try "$@"' try "$WORK/xargs.jsonl" {} < "$WORK/cases.txt"
}

by_parallel() {
  local options=(--will-cite --jobs 2 --joblog "$WORK/joblog") pid
  hold_answers
  parallel "${options[@]}" try "$WORK/parallel.jsonl" {} :::: "$WORK/cases.txt" &
  pid=$!
  wait_for are_held 2
  ./kill-tree.sh "$(ps -o pid= --ppid "$pid" | awk 'NR == 1 { print $1 }')"
  release_answers
  if wait "$pid"; then return 1; fi # A job has failed.
  parallel "${options[@]}" --resume-failed try "$WORK/parallel.jsonl" {} :::: "$WORK/cases.txt"
}

by_slurm() {
  trap '"$here/../slurm/cluster.sh" stop "$WORK/cluster"' EXIT
  ../slurm/cluster.sh start "$WORK/cluster"
  export SLURM_CONF="$WORK/cluster/slurm.conf" CASES="$WORK/cases.txt" RESULTS="$WORK/slurm.jsonl"
  hold_answers
  sbatch --parsable --array="1-$#" --output="$WORK/slurm-%a.log" ../slurm/case.sbatch > "$WORK/job"
  wait_for are_held 2
  ../slurm/cluster.sh crash "$WORK/cluster"
  ../slurm/cluster.sh down "$WORK/cluster"
  release_answers
  ../slurm/cluster.sh restore "$WORK/cluster"
  until has_no_jobs; do sleep 0.5; done
}

for way in xargs parallel slurm; do
  "by_$way" "$@"
  lr-eval table --by model,case "$WORK/$way.jsonl" > "$WORK/$way.txt" || true
done
echo '# By xargs'
cat "$WORK/xargs.txt"
for way in parallel slurm; do
  diff "$WORK/xargs.txt" "$WORK/$way.txt"
  echo "# By $way: the same table"
done
