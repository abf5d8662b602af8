#!/bin/sh
# run.sh [LANGUAGE…]: shows a checker of each language a file with a mistake in it, and prints what it found. Without
# arguments only languages whose checkers need nothing but Node; "./run.sh */" tries all that can be tried here.
cd "$(dirname "$0")" || exit
PATH="$PWD/../../bin:$PATH"
# cargo would put its work beside the source.
export CARGO_TARGET_DIR="${TMPDIR:-/tmp}/lr-example-cargo"

[ $# -gt 0 ] || set -- javascript json python toml yaml
for folder; do
  language=${folder%/}
  case $language in
    python) checker=ruff ;;
    javascript) checker=node-syntax ;;
    typescript) checker=tsc ;;
    json | yaml | toml) checker=$language ;;
    shell) checker=shellcheck ;;
    c | c++) checker=gcc ;;
    go) checker=go-vet ;;
    rust) checker=cargo-check ;;
    markdown) checker=markdownlint ;;
    css) checker=stylelint ;;
    xml) checker=xmllint ;;
    dockerfile) checker=hadolint ;;
    *) checker=$language-syntax ;;
  esac
  stream=$(lr-check -C "$language" -c "$checker" --findings .)
  echo "$language: $checker: $(echo "$stream" | lr-blocks get outcome)"
  echo "$stream" | lr-blocks get findings
done
