#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Tests with-session.sh, which other tests stand on. TAP.

set -uo pipefail

here=$(dirname "${BASH_SOURCE[0]}")
session=$here/with-session.sh
number=0 failures=0

check() {
  number=$((number + 1))
  if "${@:2}"; then echo "ok $number - $1"; else echo "not ok $number - $1"; failures=$((failures + 1)); fi
}

passes_on_status() {
  "$session" sh -c 'exit 42'
  [ $? = 42 ]
}

passes_on_input() {
  [ "$(echo hello | "$session" cat)" = hello ]
}

keyring_works() {
  [ "$("$session" sh -c 'printf abc | secret-tool store --label=Test key value && secret-tool lookup key value')" = abc ]
}

sessions_are_apart() {
  ! "$session" secret-tool lookup key value && [ "$("$session" sh -c 'ls "$XDG_DATA_HOME/keyrings"')" != "" ]
}

locked_keyring_refuses() {
  case $("$session" --locked-keyring sh -c 'printf abc | secret-tool store --label=Test key value' 2>&1) in
    *locked*) ;;
    *) false ;;
  esac
}

no_keyring_has_none() {
  case $("$session" --no-keyring secret-tool lookup key value 2>&1) in
    *'not provided'*) ;;
    *) false ;;
  esac
}

# Ends it with the signal $1 once it runs; then nothing that belonged to it may run or lie about. Under nohup, that
# would not hear of a terminal that goes away
leaves_nothing_after() {
  local pid left
  exec 5< <(exec env --default-signal=HUP "$session" sh -c 'echo "$HOME"; exec sleep 1000')
  pid=$!
  read -r -u 5 home
  exec 5<&-
  kill -"$1" "$pid"
  for _ in $(seq 100); do
    left=$(pgrep -f "$home"; ls -d "$home" 2>&1 | grep -v 'No such')
    [ -n "$left" ] || return 0
    sleep 0.1
  done
  echo "# left behind: $left"
  return 1
}

check 'the status of the command is passed on' passes_on_status
check 'standard input is passed on' passes_on_input
check 'the keyring keeps secrets' keyring_works
check 'no session knows the secrets of another' sessions_are_apart
check 'a locked keyring refuses' locked_keyring_refuses
check 'without keyring there is none' no_keyring_has_none
check 'nothing is left behind when it is terminated' leaves_nothing_after TERM
check 'nothing is left behind when it is hung up' leaves_nothing_after HUP
echo "1..$number"
[ $failures = 0 ]
