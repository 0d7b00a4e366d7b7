#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Usage: tests/valgrind.sh COMMAND [ARGUMENT…]
#
# What meson test --setup valgrind runs each test by: in valgrind, if it is a program; if it is a script, what that
# starts as the simulator. What touches memory that is not its own, or forgets some, fails.

set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
valgrind=(valgrind --quiet --error-exitcode=99 --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite
  --num-callers=30 --suppressions="$here/valgrind.supp")
glib=$(pkg-config --variable=prefix glib-2.0)/share/glib-2.0/valgrind/glib.supp
if [ -f "$glib" ]; then valgrind+=(--suppressions="$glib"); fi

# Started as the simulator by a script that we have started
if [ -n "${NIGHTLATCH_IN_VALGRIND:-}" ]; then exec "${valgrind[@]}" "$NIGHTLATCH_IN_VALGRIND" "$@"; fi

case $1 in
  */with-session.sh)
    session=("$1")
    shift
    while [[ $1 == --* ]]; do session+=("$1"); shift; done
    exec "${session[@]}" "${valgrind[@]}" "$@"
    ;;
  */python3)
    export NIGHTLATCH_IN_VALGRIND=$NIGHTLATCH_SIMULATOR NIGHTLATCH_SIMULATOR=$here/valgrind.sh
    exec "$@"
    ;;
  *) exec "${valgrind[@]}" "$@" ;;
esac
