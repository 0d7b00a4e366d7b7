# SPDX-License-Identifier: GPL-3.0-or-later
"""The portals that a program in a sandbox meets, some of which are not there, refuse, or never answer."""

import os

from gi.repository import Gio, GLib

from .bus import Service
from .portal import NAME, PATH, REQUEST

MISSING, REFUSING, SILENT = "missing", "refusing", "silent"
PORTAL = "org.freedesktop.portal."
# Whoever has this can read the tokens
SECRET = bytes(range(64))
# For each of them its version, and what its methods take and return
PORTALS = {
    "Background": (2, {"RequestBackground": "s a{sv} > o", "SetStatus": "a{sv} >"}),
    "FileChooser": (4, {"OpenFile": "s s a{sv} > o", "SaveFile": "s s a{sv} > o"}),
    "GlobalShortcuts": (1, {"CreateSession": "a{sv} > o", "BindShortcuts": "o a(sa{sv}) s a{sv} > o"}),
    "Inhibit": (3, {"Inhibit": "s u a{sv} > o", "CreateMonitor": "s a{sv} > o", "QueryEndResponse": "o >"}),
    "NetworkMonitor": (3, {"GetStatus": "> a{sv}"}),
    "Notification": (2, {"AddNotification": "s a{sv} >", "RemoveNotification": "s >"}),
    "OpenURI": (5, {"OpenURI": "s s a{sv} > o", "OpenFile": "s h a{sv} > o"}),
    "ProxyResolver": (1, {"Lookup": "s > as"}),
    "Secret": (1, {"RetrieveSecret": "h a{sv} > o"}),
    "Settings": (2, {"Read": "s s > v", "ReadAll": "as > a{sa{sv}}"}),
}
ANSWERS = {
    "GetStatus": GLib.Variant("(a{sv})", [{"available": GLib.Variant("b", True), "metered": GLib.Variant("b", False),
                                           "connectivity": GLib.Variant("u", 4)}]),
    "Lookup": GLib.Variant("(as)", [["direct://"]]),
    "ReadAll": GLib.Variant("(a{sa{sv}})", [{}]),
}


def describe(name):
    """What D-Bus has to know of a portal."""
    _, methods = PORTALS[name]
    lines = []
    for method, types in methods.items():
        given, got = types.split(">")
        arguments = [f'<arg type="{kind}" direction="{way}"/>' for kinds, way in ((given, "in"), (got, "out"))
                     for kind in kinds.split()]
        lines.append(f'<method name="{method}">{"".join(arguments)}</method>')
    text = f'<node><interface name="{PORTAL}{name}">{"".join(lines)}<property name="version" type="u" access="read"/>'
    return Gio.DBusNodeInfo.new_for_xml(text + "</interface></node>").interfaces[0]


class DeniedPortals(Service):
    """`denied` says of some portals what is wrong with them; the others work as far as there is no person to ask."""

    _get = None  # questions for properties are calls like others

    def __init__(self, **denied):
        self.denied = denied
        self.calls = []
        super().__init__(NAME, [(PATH, describe(name)) for name in PORTALS if denied.get(name) != MISSING])

    def _called(self, _bus, sender, _path, interface, method, parameters, invocation):
        values = parameters.unpack()
        is_property = method in ("Get", "GetAll")
        name = (values[0] if is_property else interface).removeprefix(PORTAL)
        self.calls.append((name, method))
        manner = self.denied.get(name)
        if manner == SILENT:
            return
        if is_property:
            version = GLib.Variant("u", PORTALS[name][0])
            answer = GLib.Variant("(v)", [version]) if method == "Get" else GLib.Variant("(a{sv})", [{"version": version}])
            invocation.return_value(answer)
        elif isinstance(values[-1] if values else None, dict) and "handle_token" in values[-1]:
            self._decide(sender, name, method, values, invocation, manner == REFUSING)
        elif manner == REFUSING:
            invocation.return_dbus_error("org.freedesktop.portal.Error.NotAllowed", "This is not allowed")
        elif method in ("Read", "ReadOne"):
            invocation.return_dbus_error("org.freedesktop.portal.Error.NotFound", "There is no such setting")
        else:
            invocation.return_value(ANSWERS.get(method))

    def _decide(self, sender, name, method, values, invocation, refuses):
        owner = sender[1:].replace(".", "_")
        handle = f"{PATH}/request/{owner}/{values[-1]['handle_token']}"
        results = {}
        if name == "Secret" and not refuses:
            descriptors = invocation.get_message().get_unix_fd_list()
            with os.fdopen(descriptors.get(values[0]), "wb") as pipe:
                pipe.write(SECRET)
        elif method == "RequestBackground":
            results = {"background": GLib.Variant("b", True), "autostart": GLib.Variant("b", values[-1]["autostart"])}
        elif method in ("CreateSession", "CreateMonitor"):
            token = values[-1]["session_handle_token"]
            results = {"session_handle": GLib.Variant("s", f"{PATH}/session/{owner}/{token}")}
        invocation.return_value(GLib.Variant("(o)", [handle]))
        self._bus.emit_signal(sender, handle, REQUEST, "Response",
                              GLib.Variant("(ua{sv})", [1 if refuses else 0, {} if refuses else results]))
