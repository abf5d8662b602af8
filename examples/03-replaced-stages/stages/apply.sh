#!/bin/sh
# An apply stage: writes what stands below notes/ and nothing else; says what changed.
reply=$(mktemp)
trap 'rm -f "$reply"' EXIT
cat > "$reply"
lr-blocks list < "$reply" | grep '^notes/[a-z]*\.txt$' | while read -r file; do
  lr-blocks get "$file" < "$reply" > "$file.new"
  if cmp -s "$file" "$file.new"; then rm "$file.new"; else mv "$file.new" "$file" && echo "$file"; fi
done | lr-blocks wrap changed
