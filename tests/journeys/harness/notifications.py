# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop's notifications, as the person sees them: a real service on the session bus."""

import threading

from gi.repository import Gio, GLib

from .bus import Service
from .waiting import TIMEOUT, wait_until

PATH = "/org/freedesktop/Notifications"
NAME = "org.freedesktop.Notifications"
QUIETLY, NORMAL = 0, 1
INTERFACE = Gio.DBusNodeInfo.new_for_xml(f"""
<node><interface name="{NAME}">
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation">
    <arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/>
    <arg type="s" direction="out"/>
  </method>
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{{sv}}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/>
  </method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
  <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
</interface></node>""").interfaces[0]


class Notification:
    def __init__(self, number, title, body, actions, hints):
        self.number = number
        self.title = title
        self.body = body
        self.urgency = hints.get("urgency", NORMAL)
        # By what is on them; a click anywhere else is "default"
        self.actions = dict(zip(actions[1::2], actions[0::2]))
        self.default = self.actions.pop("", None)

    @property
    def buttons(self):
        return list(self.actions)

    def __repr__(self):
        return f"“{self.title}” “{self.body}” {self.buttons}"


class Notifications(Service):
    """All that was ever shown is in `history`; what still shows is in `shown`."""

    def __init__(self):
        self.history = []
        self.shown = {}
        self._lock = threading.Lock()
        super().__init__(NAME, [(PATH, INTERFACE)])

    def _called(self, _bus, _sender, _path, _interface, method, parameters, invocation):
        values = parameters.unpack()
        if method == "GetCapabilities":
            invocation.return_value(GLib.Variant("(as)", [["actions", "body"]]))
        elif method == "GetServerInformation":
            invocation.return_value(GLib.Variant("(ssss)", ["journeys", "Nightlatch", "1", "1.2"]))
        elif method == "Notify":
            _, replaces, _, title, body, actions, hints, _ = values
            with self._lock:
                number = replaces or len(self.history) + 1
                self.shown[number] = Notification(number, title, body, actions, hints)
                self.history.append(self.shown[number])
            invocation.return_value(GLib.Variant("(u)", [number]))
        else:
            invocation.return_value(None)
            self._close(values[0], 3)

    def _close(self, number, reason):
        with self._lock:
            if self.shown.pop(number, None):
                self._bus.emit_signal(None, PATH, NAME, "NotificationClosed", GLib.Variant("(uu)", [number, reason]))

    def find(self, title):
        """What shows now under that title, or None."""
        with self._lock:
            return next((one for one in self.shown.values() if one.title == title), None)

    def wait(self, title, timeout=TIMEOUT):
        """What shows under that title, as soon as it does."""
        return wait_until(lambda: self.find(title), f"no notification “{title}”", timeout)

    def wait_gone(self, title, timeout=TIMEOUT):
        wait_until(lambda: not self.find(title), f"the notification “{title}” is still there", timeout)

    def count(self, title):
        """How often one with that title was sent."""
        with self._lock:
            return sum(one.title == title for one in self.history)

    def press(self, title, button):
        """Presses one of its buttons, after which it goes, as on most desktops."""
        self._invoke(self.wait(title), lambda one: one.actions[button])

    def click(self, title):
        """Clicks on it beside its buttons."""
        self._invoke(self.wait(title), lambda one: one.default)

    def _invoke(self, one, which):
        self._bus.emit_signal(None, PATH, NAME, "ActionInvoked", GLib.Variant("(us)", [one.number, which(one)]))
        self._close(one.number, 2)
