#!/bin/sh
# One stage of a long run: says what begins, how long it took, and whether that was longer than it should be.
# Usage: stage.sh "What it is" SECONDS command …
set -eu
what=$1 limit=$2
shift 2
printf '\n== %s\n' "$what"
begun=$(date +%s)
result=0
"$@" || result=$?
took=$(($(date +%s) - begun))
printf '== %s: %d min %02d s\n' "$what" $((took / 60)) $((took % 60))
if [ "$took" -gt "$limit" ]; then printf '== That is slow: %d s are planned for it.\n' "$limit"; fi
exit "$result"
