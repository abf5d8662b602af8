#!/usr/bin/env bash
# Takes the blanks off the ends of lines in notes/, six times: with each stage in turn replaced by a shell script, then with
# all of them. The model is replaced every time: a sed does its work, so that this needs no model and no key.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
PATH="$here/../../bin:$PATH"
stages=$here/stages

try() { # try WHAT OPTION…: runs the loop on a fresh copy
  local work reason
  work=$("$here/../make-repository.sh" "$here")
  reason=$(cd "$work" && lr-loop --quiet --json --llm "$stages/llm.sh" "${@:2}" notes -- ./no-blanks.sh notes |
    sed 's/.*"reason":"\([^"]*\)".*/\1/')
  echo "$1 replaced: $reason, $(cat "$work"/notes/* | grep -c '[[:blank:]]$' || true) lines left"
  rm -rf "$work"
}

try 'llm'
try 'check' --check "$stages/check.sh"
try 'prompt' --prompt "$stages/prompt.sh"
try 'apply' --apply "$stages/apply.sh"
try 'git' --git "$stages/git.sh"
try 'everything' --check "$stages/check.sh" --prompt "$stages/prompt.sh" --apply "$stages/apply.sh" --git "$stages/git.sh"
