#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Usage: tests/fuzz/run.sh TARGET SECONDS [SEED]
#
# Feeds one fuzz target for SECONDS; 0 for as long as it takes. The same SEED goes the same ways. NIGHTLATCH_FUZZERS is
# the folder with its program, and with what it found: found/TARGET/corpus has inputs that go new ways, to be tried again
# next time, and the input of a finding is beside that. For people there is build-aux/fuzz.

set -euo pipefail

target=$1 seconds=$2 seed=${3:-0}
: "${NIGHTLATCH_FUZZERS:?}"
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
program=$NIGHTLATCH_FUZZERS/fuzz-$target
found=$NIGHTLATCH_FUZZERS/found/$target
log=$found/log

mkdir -p "$found/corpus"
corpora=("$found/corpus")
words=("$here/$target.dict")
longest=4096
case $target in
  codec) corpora+=("$here/../fixtures") ;;
  listener)
    # As long as a body may be, with a head, and a little longer
    longest=4800
    words+=("$here/codec.dict")
    ;;
  address | slots) longest=400 ;;
esac
[ ! -d "$here/corpus/$target" ] || corpora+=("$here/corpus/$target")
cat "${words[@]}" >"$found/dict"

# For names in stack traces, with what a compiler brings along anyway
symbolizer=$(command -v llvm-symbolizer || command -v addr2line || true)
export ASAN_SYMBOLIZER_PATH=$symbolizer UBSAN_SYMBOLIZER_PATH=$symbolizer
export ASAN_OPTIONS=detect_stack_use_after_return=1:quarantine_size_mb=32 UBSAN_OPTIONS=print_stacktrace=1
status=0
trap : INT
"$program" -max_total_time="$seconds" -seed="$seed" -timeout=20 -rss_limit_mb=1024 -max_len="$longest" \
  -dict="$found/dict" -artifact_prefix="$found/" -print_final_stats=1 -print_funcs=0 "${corpora[@]}" >"$log" 2>&1 || status=$?

# 72: by Ctrl+C
if [ "$status" = 0 ] || [ "$status" = 72 ]; then
  inputs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  ways=$(sed -n 's/.* cov: \([0-9]*\).*/\1/p' "$log" | tail -1)
  echo "$target: nothing found in $inputs inputs, which went $ways ways"
  exit 0
fi

tail -n 45 "$log"
input=$(sed -n 's/.*Test unit written to //p' "$log" | tail -1)
if [ -n "$input" ] && [ -f "$input" ]; then
  echo
  echo "$target: a finding, of $(wc -c <"$input") bytes:"
  od -v -A x -t x1z "$input" | head -n 40
  echo "In base64:"
  base64 -w 120 "$input"
  echo "To see it again: build-aux/devroot $program $input"
else
  echo "$target: ended with status $status, and left no input"
fi
exit 1
