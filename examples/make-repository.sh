#!/usr/bin/env bash
# make-repository.sh FROM: copies the folder FROM to a new one, which stays for you to look at, makes a repository of it, with
# one commit where git is installed, and prints its name.
set -euo pipefail
[ $# = 1 ] || { echo 'usage: make-repository.sh FROM' >&2; exit 2; }
work=$(mktemp -d "${TMPDIR:-/tmp}/loop-runner-example.XXXXXX")
cp -R "$1/." "$work"
echo "$work"
cd "$work"
if command -v git > /dev/null; then
  git -c init.defaultBranch=main init -q
else # What an empty repository is made of; Loop Runner's own engine does the rest.
  mkdir -p .git/objects .git/refs/heads
  echo 'ref: refs/heads/main' > .git/HEAD
  printf '[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n' > .git/config
fi
printf '[user]\n\tname = Loop Runner example\n\temail = example@localhost\n' >> .git/config
if command -v git > /dev/null; then
  git add -A
  git commit -qm 'The project as it was'
fi
