#!/usr/bin/env bash
# GNU parallel: a loop in each of many repositories, here and over ssh; a worker is killed. Needs: git parallel sshd
set -euo pipefail
cd "$(dirname "$0")"
here=$PWD
export PATH="$PWD/../../bin:$PATH:/usr/sbin"
for program in git parallel sshd; do
  command -v "$program" > /dev/null || { echo "run.sh: $program: command not found" >&2; exit 3; }
done
# shellcheck source=/dev/null
. ../fleet/set-up.sh
export PARALLEL_HOME="$WORK/parallel"
mkdir "$PARALLEL_HOME"
trap 'kill "$(cat "$WORK/ssh/pid" 2> /dev/null)" 2> /dev/null || true' EXIT
start_service second
joblog() { awk 'NR > 1 { print "job " $1 ": exit code " $7 ", signal " $8 }' "$1" | sort; }

echo '# Three repositories, two at a time; one worker is killed while it waits for a reply'
make_repositories clamp-js median-js slug-js > "$WORK/repositories.txt"
hold_answers
parallel --will-cite --jobs 2 --joblog "$WORK/joblog" "$here/loop.sh" {} :::: "$WORK/repositories.txt" &
fleet=$!
wait_for are_held 2
../fleet/kill-tree.sh "$(ps -o pid= --ppid "$fleet" | awk 'NR == 1 { print $1 }')"
release_answers
wait "$fleet" || echo "parallel: exit code $?: jobs that failed"
joblog "$WORK/joblog" | uniq -c -f 2

echo '# The same command again: only what failed, where it stopped'
parallel --will-cite --jobs 2 --joblog "$WORK/joblog" --resume-failed "$here/loop.sh" {} :::: "$WORK/repositories.txt"
mapfile -t repositories < "$WORK/repositories.txt"
describe_runs "${repositories[@]}"
count_answers

echo '# Two more, over ssh, on workers that share no files'
./start-sshd.sh "$WORK/ssh"
make_repositories chunk-js brackets-js > "$WORK/remote.txt"
parallel --will-cite --ssh "ssh -F $WORK/ssh/ssh_config" --sshlogin 2/worker --joblog "$WORK/remote.log" \
  --env PATH --env FLEET_TOKEN --env XDG_CONFIG_HOME --env XDG_STATE_HOME \
  "$here/loop-in-clone.sh" {} :::: "$WORK/remote.txt"
joblog "$WORK/remote.log"
while read -r repository; do
  git -C "$repository" log --format="$(basename "$repository"): %s" fixed -1 --skip 1
done < "$WORK/remote.txt"
