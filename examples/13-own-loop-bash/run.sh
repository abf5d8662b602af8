#!/usr/bin/env bash
# Makes a page smaller as long as it still shows what it has to show.
set -euo pipefail
cd "$(dirname "$0")"
export PATH="$PWD/../../bin:$PATH" LR_MODEL="${LR_MODEL:-replay:$PWD/replies}"
here=$PWD
cd "$(../make-repository.sh project)"

"$here/shrink.sh" page.html 3 ./shows.sh
cat page.html
