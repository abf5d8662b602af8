#!/bin/sh
# Fails when a line below the given folder ends with a blank, and names those lines.
! grep -rn '[[:blank:]]$' "$1"
