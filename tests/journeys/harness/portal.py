# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop's portals, as far as Nightlatch asks anything of them: a real service on the session bus, which answers as
it is told."""

from gi.repository import Gio, GLib

from .bus import Service
from .waiting import wait_until

NAME = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
BACKGROUND = "org.freedesktop.portal.Background"
SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
REQUEST = "org.freedesktop.portal.Request"
SESSION = "org.freedesktop.portal.Session"
INTERFACES = Gio.DBusNodeInfo.new_for_xml(f"""
<node>
  <interface name="{BACKGROUND}">
    <method name="RequestBackground">
      <arg type="s" direction="in"/><arg type="a{{sv}}" direction="in"/><arg type="o" direction="out"/>
    </method>
    <method name="SetStatus"><arg type="a{{sv}}" direction="in"/></method>
    <property name="version" type="u" access="read"/>
  </interface>
  <interface name="{SHORTCUTS}">
    <method name="CreateSession"><arg type="a{{sv}}" direction="in"/><arg type="o" direction="out"/></method>
    <method name="BindShortcuts">
      <arg type="o" direction="in"/><arg type="a(sa{{sv}})" direction="in"/><arg type="s" direction="in"/>
      <arg type="a{{sv}}" direction="in"/><arg type="o" direction="out"/>
    </method>
    <signal name="Activated"><arg type="o"/><arg type="s"/><arg type="t"/><arg type="a{{sv}}"/></signal>
    <property name="version" type="u" access="read"/>
  </interface>
  <interface name="{REQUEST}"><method name="Close"/></interface>
  <interface name="{SESSION}"><method name="Close"/></interface>
</node>""")

# How it answers what somebody has to decide
GRANT, REFUSE, THINK, HANG = "grant", "refuse", "think for ever", "hang"
MUMBLE, CLOSE = "answer in types of its own", "close the session that it is to give keys to"


class Portal(Service):
    """`wishes` is what was asked for, each a method and its options; `closed` what was not wished any more."""

    def __init__(self, manner=GRANT, interfaces=(BACKGROUND, SHORTCUTS)):
        self.manner = manner
        self.wishes = []
        self.closed = []
        self.statuses = []
        self.session = None
        super().__init__(NAME, [(PATH, INTERFACES.lookup_interface(name)) for name in interfaces])

    def _get(self, *_):
        return GLib.Variant("u", 2)

    def _called(self, _bus, sender, _path, _interface, method, parameters, invocation):
        values = parameters.unpack()
        if method == "SetStatus":
            self.statuses.append(values[0]["message"])
            invocation.return_value(None)
            return

        options = values[-1]
        self.wishes.append((method, options))
        if self.manner == HANG:
            return
        owner = sender[1:].replace(".", "_")
        handle = f"{PATH}/request/{owner}/{options['handle_token']}"
        self._bus.register_object(handle, INTERFACES.lookup_interface(REQUEST), self._close)
        invocation.return_value(GLib.Variant("(o)", [handle]))
        if self.manner == THINK:
            return
        results = {}
        if method == "RequestBackground":
            granted = self.manner == GRANT
            results = {"background": GLib.Variant("b", granted),
                       "autostart": GLib.Variant("b", granted and options["autostart"])}
            if self.manner == MUMBLE:
                results = {"background": GLib.Variant("s", "no"), "autostart": GLib.Variant("i", 7)}
        elif method == "CreateSession":
            self.session = f"{PATH}/session/{owner}/{options['session_handle_token']}"
            self._bus.register_object(self.session, INTERFACES.lookup_interface(SESSION), self._close)
            results = {"session_handle": GLib.Variant("s", self.session)}
        elif method == "BindShortcuts":
            if self.manner == CLOSE:
                self._bus.emit_signal(sender, self.session, SESSION, "Closed", GLib.Variant("(a{sv})", [{}]))
            bound = [(name, {"trigger_description": GLib.Variant("s", "Ctrl+Alt+L")}) for name, _ in values[1]]
            results = {"shortcuts": GLib.Variant("a(sa{sv})", bound)}
        refused = self.manner == REFUSE and method != "CreateSession"
        answer = GLib.Variant("(ua{sv})", [1 if refused else 0, {} if refused else results])
        self._bus.emit_signal(sender, handle, REQUEST, "Response", answer)

    def _close(self, _bus, _sender, path, _interface, _method, _parameters, invocation):
        self.closed.append(path)
        invocation.return_value(None)

    def press_shortcut(self, name):
        """As when somebody presses the keys that the desktop knows for it."""
        self._bus.emit_signal(None, PATH, SHORTCUTS, "Activated",
                              GLib.Variant("(osta{sv})", [self.session, name, 1, {}]))

    def wait_wish(self, method, **options):
        """Waits until the latest wish is for `method`, with these options."""
        def matches():
            return self.wishes and self.wishes[-1][0] == method and options.items() <= self.wishes[-1][1].items()
        wait_until(matches, f"nobody asked for {method} with {options}")
        return self.wishes[-1][1]

    def wait_status(self, text):
        wait_until(lambda: self.statuses[-1:] == [text], f"the status did not become “{text}”, of {self.statuses}")
