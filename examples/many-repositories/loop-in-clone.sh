#!/usr/bin/env bash
# loop-in-clone.sh URL: the job of a worker that shares no files: a clone, a loop in it, and its branch pushed back.
set -euo pipefail
clone=$(mktemp -d)
trap 'rm -rf "$clone"' EXIT
git clone --quiet "$1" "$clone"
cd "$clone"
git config user.name 'Loop Runner example'
git config user.email example@localhost
lr-loop --quiet
git push --quiet origin "HEAD:refs/heads/fixed"
