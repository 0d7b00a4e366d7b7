#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What shows while the keyring is locked, and that it works once it is not any more."""

import re

from gi.repository import Gio, GLib

from harness import check, journey, run, steps

SERVICE = "org.freedesktop.secrets", "/org/freedesktop/secrets"
LOGIN = "/org/freedesktop/secrets/collection/login"


# Sessions with the keyring end with the connection
bus = Gio.bus_get_sync(Gio.BusType.SESSION)


def call(interface, method, arguments):
    return bus.call_sync(*SERVICE, interface, method, arguments, None, Gio.DBusCallFlags.NONE, 5000, None)


def lock():
    call("org.freedesktop.Secret.Service", "Lock", GLib.Variant("(ao)", [[LOGIN]]))


def unlock():
    """As logging in does: with the password, and without asking anybody."""
    session = call("org.freedesktop.Secret.Service", "OpenSession",
                   GLib.Variant("(sv)", ["plain", GLib.Variant("s", "")])).unpack()[1]
    secret = (session, b"", b"test", "text/plain")
    call("org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface", "UnlockWithMasterPassword",
         GLib.Variant("(o(oayays))", [LOGIN, secret]))


@journey
def a_locked_keyring_is_told_and_tried_again(stage):
    bridge, app = steps.paired(stage, "--lock=1:Front Door:locked")
    app.image("Front Door: locked").wait()
    app.quit()
    asked = len(bridge.requests())
    lock()

    app = stage.app(bridge)
    app.row("Front Door, was locked").wait()
    app.wait_text(re.compile("Home: The keyring with the bridge’s token is locked. Unlock it, then try again"))
    check(not app.button("Pair Again").shows, "nobody needs another token")
    check(len(bridge.requests()) == asked, "the bridge was asked without a token")

    unlock()
    app.button("Try Again").click()
    app.image("Front Door: locked").wait()
    app.row("Front Door, locked").wait()


if __name__ == "__main__":
    run()
