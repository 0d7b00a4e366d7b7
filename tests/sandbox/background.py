#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Going on without a window, and starting with the session, as a desktop's own portal arranges it."""

import os
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "journeys"))
from gi.repository import Gio, GLib  # noqa: E402
from harness import APPLICATION, bus, check, journey, run, steps, wait_until  # noqa: E402
from harness.sandbox import Sandbox, data_dirs  # noqa: E402

NAME, PATH = "org.freedesktop.impl.portal.desktop.journeys", "/org/freedesktop/portal/desktop"
BACKGROUND = "org.freedesktop.impl.portal.Background"
INTERFACE = Gio.DBusNodeInfo.new_for_xml(f"""
<node><interface name="{BACKGROUND}">
  <method name="GetAppState"><arg type="a{{sv}}" direction="out"/></method>
  <method name="NotifyBackground">
    <arg type="o" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
    <arg type="u" direction="out"/><arg type="a{{sv}}" direction="out"/>
  </method>
  <method name="EnableAutostart">
    <arg type="s" direction="in"/><arg type="b" direction="in"/><arg type="as" direction="in"/>
    <arg type="u" direction="in"/><arg type="b" direction="out"/>
  </method>
  <signal name="RunningApplicationsChanged"/>
</interface></node>""").interfaces[0]
RUN, START = "Run in Background", "Start at Login"


class Desktop(bus.Service):
    """What stands behind the portal, which looks after all that is asked here by itself where there is somebody."""

    def __init__(self, stage):
        described = stage.folder / "share/xdg-desktop-portal/portals/journeys.portal"
        described.parent.mkdir(parents=True)
        described.write_text(f"[portal]\nDBusName={NAME}\nInterfaces={BACKGROUND}\nUseIn=gnome\n", encoding="utf-8")
        bus.set_environment({"XDG_DATA_DIRS": f"{stage.folder}/share:{data_dirs()}"})
        super().__init__(NAME, [(PATH, INTERFACE)])
        stage.ends_with(self)

    def _called(self, _bus, _sender, _path, _interface, method, _parameters, invocation):
        answers = {"GetAppState": GLib.Variant("(a{sv})", [{}]), "EnableAutostart": GLib.Variant("(b)", [True]),
                   "NotifyBackground": GLib.Variant("(ua{sv})", [0, {"result": GLib.Variant("u", 1)}])}
        invocation.return_value(answers[method])


def read_command():
    """What the session is to start, or None."""
    path = pathlib.Path(os.environ["XDG_CONFIG_HOME"]) / "autostart" / f"{APPLICATION}.desktop"
    return path.exists() and re.search("^Exec=(.*)", path.read_text(encoding="utf-8"), re.M)[1]


@journey(stage=Sandbox)
def it_goes_on_and_starts_as_the_desktop_starts_flatpaks(stage):
    Desktop(stage)
    bridge = stage.simulator("--lock=1:Front Door:locked")
    app = stage.app(bridge)
    steps.pair(app, bridge)
    dialog = steps.open_preferences(app)
    dialog.check(RUN).click()
    dialog.check(START).click()
    steps.wait_checked(dialog, START)
    command = wait_until(read_command, "nobody starts it")
    check(command == f"flatpak run --command=nightlatch {APPLICATION} --background", f"it would be started by {command}")
    steps.close_preferences(app)

    app.close_window()
    bridge.set_lock(1, state=3)
    steps.wait_for_place(bridge)
    bus.activate(APPLICATION)
    app.wait_window()
    app.image("Front Door: unlocked").wait()
    app.quit()

    # As it does at login
    app = stage.start("--background", simulator=bridge)
    bus.wait_owner(APPLICATION)
    steps.wait_for_place(bridge)
    check(not app.has_window, "there is a window")
    bus.activate_action(APPLICATION, "quit")
    app.wait_end()


@journey(stage=Sandbox)
def what_the_person_has_forbidden_is_not_done(stage):
    Desktop(stage)
    subprocess.run(["flatpak", "permission-set", "background", "background", APPLICATION, "no"], check=True)
    bridge = stage.simulator("--lock=1:Front Door:locked")
    app = stage.app(bridge)
    steps.pair(app, bridge)
    dialog = steps.open_preferences(app)
    dialog.check(RUN).click()
    dialog.control("The desktop did not allow it").wait()
    steps.wait_checked(dialog, RUN, False)
    check(not read_command(), "it would be started")
    steps.close_preferences(app)
    app.quit()


run()
