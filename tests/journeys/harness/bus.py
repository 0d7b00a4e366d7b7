# SPDX-License-Identifier: GPL-3.0-or-later
"""The session bus, as other programs use it."""

import os
import pathlib

from gi.repository import Gio, GLib

from .waiting import wait_until

# Where tests/with-session.sh has what the bus starts, and what those say
SERVICES = pathlib.Path(os.environ["HOME"]) / "services"
LOG = pathlib.Path(os.environ["HOME"]) / "bus.log"


def call(name, path, interface, method, arguments=None, timeout=30):
    """What `method` answers, unpacked; raises GLib.Error where it fails."""
    connection = Gio.bus_get_sync(Gio.BusType.SESSION)
    answer = connection.call_sync(name, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE,
                                  timeout * 1000, None)
    return answer.unpack()


def ask_bus(method, arguments=None):
    return call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", method, arguments)


def find_owner(name):
    """The process that owns `name`, or None."""
    try:
        return ask_bus("GetConnectionUnixProcessID", GLib.Variant("(s)", [name]))[0]
    except GLib.Error:
        return None


def wait_owner(name):
    """The process that owns `name`, as soon as one does."""
    return wait_until(lambda: find_owner(name), f"nobody is called {name}")


def set_environment(variables):
    """What programs that the bus starts find in their environment."""
    ask_bus("UpdateActivationEnvironment", GLib.Variant("(a{ss})", [variables]))


def add_service(name, description):
    """Has the bus start a program for whoever calls `name`."""
    (SERVICES / f"{name}.service").write_text(description, encoding="utf-8")
    ask_bus("ReloadConfig")


def remove_service(name):
    """Has nobody be started for `name` any more."""
    (SERVICES / f"{name}.service").unlink(missing_ok=True)


def call_application(name, method, *arguments):
    """Calls an application as desktops do: Activate, Open or ActivateAction, with the arguments as GVariants."""
    path = "/" + name.replace(".", "/").replace("-", "_")
    return call(name, path, "org.freedesktop.Application", method, GLib.Variant.new_tuple(*arguments))


def activate(name):
    """As when somebody chooses it among all applications."""
    call_application(name, "Activate", GLib.Variant("a{sv}", {}))


def activate_action(name, action, parameter=None):
    """As when somebody clicks on a notification, or chooses from the menu of its icon."""
    call_application(name, "ActivateAction", GLib.Variant("s", action),
                     GLib.Variant("av", [parameter] if parameter else []), GLib.Variant("a{sv}", {}))
