#!/usr/bin/env bash
# worker.sh: the work of one index of the Job: a clone of the repository in that line of the file REPOSITORIES, a loop in it,
# and its branch pushed back. STATE outlives the pod: the next pod of the same index resumes the run.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
url=$(sed -n "$((JOB_COMPLETION_INDEX + 1))p" "$REPOSITORIES")
place=$STATE/$JOB_COMPLETION_INDEX
export XDG_STATE_HOME="$place/state"
if [ ! -d "$place/repository" ]; then
  rm -rf "$place/clone" # of a pod that was lost
  git clone --quiet "$url" "$place/clone"
  mv "$place/clone" "$place/repository"
fi
cd "$place/repository"
status=0
"$here/loop-or-resume.sh" --quiet || status=$?
git push --quiet origin "HEAD:refs/heads/lr-$JOB_COMPLETION_INDEX"
exit "$status"
