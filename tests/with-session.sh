#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Usage: tests/with-session.sh [OPTION…] COMMAND [ARGUMENT…]
#
# Runs COMMAND in a desktop session of its own, with folders of its own: a session bus and an unlocked, empty keyring
# that nobody else uses. Exits with COMMAND's status and leaves nothing behind.
#
#   --no-keyring       a session bus without any Secret Service
#   --locked-keyring   a keyring whose password nobody will type
#
# Of all the desktop's services only the accessibility bus is started on demand.

set -euo pipefail

keyring=unlocked
while [ $# -gt 0 ]; do
  case $1 in
    --no-keyring) keyring=none ;;
    --locked-keyring) keyring=locked ;;
    --help) sed -n '4,12s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;;
    --) shift; break ;;
    -*) echo "with-session: unknown option $1" >&2; exit 2 ;;
    *) break ;;
  esac
  shift
done
[ $# -gt 0 ] || { echo "usage: tests/with-session.sh [--no-keyring|--locked-keyring] COMMAND [ARGUMENT…]" >&2; exit 2; }

# Short, because the path of a socket may have only 107 bytes
home=$(mktemp -d /tmp/latch.XXXXXX)
bus= command=

stop() {
  [ -z "$1" ] || { kill "$1" && wait "$1"; } 2>/dev/null || true
}

finish() {
  trap - EXIT HUP INT TERM
  stop "$command"
  stop_keyring
  stop "$bus"
  # What the bus had started writes its last files while we delete them
  rm -rf "$home" 2>/dev/null || { sleep 0.2; rm -rf "$home"; }
}

# Whoever ends us ends what we started; even where we cannot say so any more (SIGKILL)
child() {
  exec setpriv --pdeathsig TERM "$@"
}

# Services do not die of their warnings, even if tests do
service() {
  child env -u G_DEBUG "$@"
}

keyring_pid=
start_keyring() {
  printf '%s' "$1" | service gnome-keyring-daemon --foreground --components=secrets "${@:2}" >"$home/keyring.log" 2>&1 &
  keyring_pid=$!
  gdbus wait --session --timeout 20 org.freedesktop.secrets ||
    { echo "with-session: gnome-keyring-daemon did not start:" >&2; cat "$home/keyring.log" >&2; exit 1; }
}

stop_keyring() {
  stop "$keyring_pid"
  keyring_pid=
}

trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

case ${WAYLAND_DISPLAY:-/} in
  /*) ;;
  *) export WAYLAND_DISPLAY="${XDG_RUNTIME_DIR:-}/$WAYLAND_DISPLAY" ;; # a name in the runtime folder, which changes
esac
export HOME=$home XDG_DATA_HOME=$home/data XDG_CONFIG_HOME=$home/config XDG_STATE_HOME=$home/state
export XDG_CACHE_HOME=$home/cache XDG_RUNTIME_DIR=$home/run
mkdir -m 0700 "$XDG_DATA_HOME" "$XDG_CONFIG_HOME" "$XDG_STATE_HOME" "$XDG_CACHE_HOME" "$XDG_RUNTIME_DIR" "$home/services"
unset DBUS_SESSION_BUS_PID DBUS_STARTER_ADDRESS DBUS_STARTER_BUS_TYPE GNOME_KEYRING_CONTROL NIGHTLATCH_DATA_DIR \
  NIGHTLATCH_TOKEN SECRET_BACKEND

for service in org.a11y.Bus; do
  ! [ -e "/usr/share/dbus-1/services/$service.service" ] ||
    ln -s "/usr/share/dbus-1/services/$service.service" "$home/services"
done
cat >"$home/bus.conf" <<XML
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=$XDG_RUNTIME_DIR/bus</listen>
  <auth>EXTERNAL</auth>
  <servicedir>$home/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
XML
mkfifo "$home/address"
exec 3<>"$home/address" # held open here, so that the address survives a bus that is faster than we are
service dbus-daemon --config-file="$home/bus.conf" --nofork --nopidfile --print-address=3 >"$home/bus.log" 2>&1 &
bus=$!
if ! read -r -t 20 -u 3 DBUS_SESSION_BUS_ADDRESS; then
  echo "with-session: dbus-daemon did not start:" >&2
  cat "$home/bus.log" >&2
  exit 1
fi
exec 3>&-
export DBUS_SESSION_BUS_ADDRESS

case $keyring in
  unlocked) start_keyring test --unlock ;;
  locked)
    start_keyring test --unlock
    stop_keyring
    start_keyring ''
    ;;
esac

# In the background, so that a signal reaches us while it runs; standard input stays its own
child "$@" <&0 &
command=$!
status=0
wait "$command" || status=$?
command=
exit "$status"
