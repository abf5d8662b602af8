#!/usr/bin/env bash
# Two arrays of Slurm: loops in repositories, on a node that crashes; then cases for a table. Needs: git sbatch munge
set -euo pipefail
cd "$(dirname "$0")"
here=$PWD
export PATH="$PWD/../../bin:$PATH"
for program in git sbatch munge; do
  command -v "$program" > /dev/null || { echo "run.sh: $program: command not found" >&2; exit 3; }
done
# shellcheck source=/dev/null
. ../fleet/set-up.sh
trap '"$here/cluster.sh" stop "$WORK/cluster"' EXIT
./cluster.sh start "$WORK/cluster"
export SLURM_CONF="$WORK/cluster/slurm.conf"
start_service second

echo '# A loop in each of three repositories, two at a time; the node crashes while both wait for a reply'
make_repositories clamp-js median-js slug-js > "$WORK/repositories.txt"
export REPOSITORIES="$WORK/repositories.txt"
hold_answers
sbatch --parsable --array=1-3 --output="$WORK/loop-%a.log" loop.sbatch > "$WORK/job"
wait_for are_held 2
./cluster.sh crash "$WORK/cluster"
release_answers
./cluster.sh restore "$WORK/cluster"
wait_for has_no_jobs
mapfile -t repositories < "$REPOSITORIES"
describe_runs "${repositories[@]}"
count_answers
grep -h '^resumed' "$WORK"/loop-*.log | sort

echo '# Two cases, and a table of the results'
printf '%s\n' "$SUITE"/cases/{chunk-js,unique-js} > "$WORK/cases.txt"
export CASES="$WORK/cases.txt" RESULTS="$WORK/results.jsonl"
sbatch --parsable --array=1-2 --output="$WORK/case-%a.log" case.sbatch > "$WORK/job"
wait_for has_no_jobs
lr-eval table "$RESULTS"
