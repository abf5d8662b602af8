#!/usr/bin/env bash
# loop.sh REPOSITORY: the job of a worker that sees the repository and the state folder.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$1"
exec "$here/../fleet/loop-or-resume.sh" --quiet
