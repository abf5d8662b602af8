#!/bin/sh
# A check stage: the sources, then one run; exit status 0 for a pass and 1 for a fail.
lr-blocks pack notes
echo './no-blanks.sh notes' | lr-blocks wrap ''
if output=$(./no-blanks.sh notes); then status=0; else status=1; fi
echo "$status" | lr-blocks wrap status
printf '%s\n' "$output" | lr-blocks wrap stdout
exit "$status"
