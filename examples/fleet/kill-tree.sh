#!/usr/bin/env bash
# kill-tree.sh PID…: kills these processes and all that they started, as a crash does: no process gets to clean up.
set -euo pipefail
[ $# -gt 0 ] || { echo 'usage: kill-tree.sh PID…' >&2; exit 2; }

tree() { # PID…: these processes and their descendants
  ps -eo pid=,ppid= | awk -v roots="$*" '
    { parent[$1] = $2 }
    END {
      split(roots, first, " ")
      for (i in first) if (first[i] in parent) inside[first[i]] = 1
      do {
        found = 0
        for (pid in parent) if (!(pid in inside) && parent[pid] in inside) { inside[pid] = 1; found = 1 }
      } while (found)
      for (pid in inside) print pid
    }'
}

# A stopped process starts no further one: stop until no new process is found.
found=
while now=$(tree "$@" | sort -n | tr '\n' ' ') && [ "$now" != "$found" ]; do
  found=$now
  # shellcheck disable=SC2086 # process ids
  kill -STOP $found 2> /dev/null || true
done
# shellcheck disable=SC2086
[ -z "$found" ] || kill -KILL $found 2> /dev/null || true
