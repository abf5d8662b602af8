#!/usr/bin/env bash
# try.sh CASE: one job of the matrix. It measures a case and leaves results/CASE.jsonl; that the case is not fixed is a result.
set -euo pipefail
mkdir -p results
status=0
lr-eval run --iterations 3 --output "results/$(basename "$1").jsonl" "$1" || status=$?
[ "$status" -le 1 ]
