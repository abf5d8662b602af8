#!/usr/bin/env bash
# The prompt that two sources and a script give, compared byte for byte with expected.txt.
cd "$(dirname "$0")" || exit
PATH="$PWD/../../bin:$PATH"

lr-check foo.py bar.py -- ./my_linter_script.sh --fee --fi --fo --fum foo.py bar.py |
  lr-prompt -i 'do stuff' --reply none
