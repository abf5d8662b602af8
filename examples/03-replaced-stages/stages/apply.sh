#!/bin/sh
# An apply stage: writes what stands below notes/ and nothing else, and says what changed. 0: something did, 1: nothing.
reply=$(mktemp)
trap 'rm -f "$reply" "$reply.changed"' EXIT
cat > "$reply"
if ! lr-blocks verify < "$reply"; then
  echo '-: the reply was cut off' | lr-blocks wrap rejected
  exit 1
fi
lr-blocks list < "$reply" | grep '^notes/[a-z]*\.txt$' | while read -r file; do
  lr-blocks get "$file" < "$reply" > "$file.new"
  if cmp -s "$file" "$file.new"; then rm "$file.new"; else mv "$file.new" "$file" && echo "$file"; fi
done > "$reply.changed"
lr-blocks wrap changed < "$reply.changed"
lr-blocks keep usage < "$reply"
test -s "$reply.changed"
