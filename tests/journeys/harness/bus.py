# SPDX-License-Identifier: GPL-3.0-or-later
"""The session bus, as other programs use it."""

import os
import pathlib
import threading

from gi.repository import Gio, GLib

from .waiting import TIMEOUT, check, wait_until

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


class Service:
    """A program of the desktop, which answers in a thread of its own; `objects` are pairs of a path and an interface."""

    def __init__(self, name, objects):
        self._name = name
        self._objects = objects
        self._owned = threading.Event()
        self._context = GLib.MainContext()
        self._loop = GLib.MainLoop(self._context)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        check(self._owned.wait(TIMEOUT), f"nobody may be called {name}")

    def _serve(self):
        self._context.push_thread_default()
        address = Gio.dbus_address_get_for_bus_sync(Gio.BusType.SESSION)
        flags = Gio.DBusConnectionFlags
        self._bus = Gio.DBusConnection.new_for_address_sync(
            address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION)
        for path, interface in self._objects:
            self._bus.register_object(path, interface, self._called, self._get)
        owner = Gio.bus_own_name_on_connection(self._bus, self._name, Gio.BusNameOwnerFlags.NONE,
                                               lambda *_: self._owned.set(), None)
        self._loop.run()
        Gio.bus_unown_name(owner)
        self._bus.close_sync()
        self._context.pop_thread_default()

    def _called(self, bus, sender, path, interface, method, parameters, invocation):
        raise NotImplementedError

    def _get(self, *_):
        return None

    def stop(self):
        """Leaves the bus, whatever was promised."""
        if self._thread.is_alive():
            self._context.invoke_full(GLib.PRIORITY_DEFAULT, self._loop.quit)
            self._thread.join()
