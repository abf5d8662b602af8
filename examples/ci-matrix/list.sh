#!/usr/bin/env bash
# list.sh FOLDER: the names of the cases as a JSON array, for a matrix.
set -euo pipefail
cd "$1"
printf '%s\n' */ | node -p 'JSON.stringify(fs.readFileSync(0, "utf8").trim().split("/\n").map((name) => name.replace("/", "")))'
