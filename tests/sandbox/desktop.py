#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the Flatpak gives to the desktop: its entry, its icons, its search, and that the bus starts it."""

import configparser
import pathlib
import shlex
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "journeys"))
from gi.repository import Gio, GLib  # noqa: E402
from harness import APPLICATION, bus, check, journey, run, steps, wait_until  # noqa: E402
from harness.sandbox import Sandbox, exports  # noqa: E402
from harness.shell import Search  # noqa: E402

LOCKED = 1
LOCK = 2
ENTRY = exports() / "applications" / f"{APPLICATION}.desktop"
PROVIDER = exports() / "gnome-shell" / "search-providers" / f"{APPLICATION}.search-provider.ini"


def paired_before(stage):
    """A bridge with which the application was paired when it last ran; from now on the bus starts it."""
    bridge, app = steps.paired(stage, "--lock=1:Front Door:locked", "--lock=2:Garage:unlocked", "--bridge-id=4711")
    app.row("Garage, unlocked").wait()
    app.quit()
    stage.activatable(bridge)
    return bridge


@journey(stage=Sandbox)
def whoever_chooses_it_or_one_of_its_actions_gets_it(stage):
    paired_before(stage)
    bus.activate(APPLICATION)
    app = stage.activated()
    app.wait_window()
    app.image("Front Door: locked").wait()
    app.quit()

    bus.activate_action(APPLICATION, "show-lock", GLib.Variant("s", "4711/2/0"))
    app = stage.activated()
    app.wait_window()
    app.image("Garage: unlocked").wait()
    app.quit()

    # As desktops do that do not know of D-Bus
    entry = configparser.RawConfigParser()
    entry.read(ENTRY)
    for name, title in (("lock-all", "Lock All Doors?"), ("add-bridge", "Add Bridge")):
        command = shlex.split(entry[f"Desktop Action {name}"]["Exec"])
        subprocess.run(command, check=True, timeout=60, env=stage.environment())
        app = stage.activated()
        app.wait_window()
        app.wait_text(title)
        bus.activate_action(APPLICATION, "quit")
        app.wait_end()


@journey(stage=Sandbox)
def the_search_of_the_desktop_finds_and_locks(stage):
    bridge = paired_before(stage)
    search = Search(PROVIDER)
    result = search.wait("Lock Garage", "garage")
    app = stage.activated()
    check(search.look("front")[0][0] == "Front Door", f"it finds {search.look('front')}")
    search.choose(result, "garage")
    wait_until(lambda: bridge.lock(2)["state"] == LOCKED, "it does not lock")
    check(bridge.actions() == [(2, LOCK)], f"the bridge was told {bridge.actions()}")
    check(not app.has_window, "there is a window that nobody asked for")
    search.choose(search.find("front")[0], "front")
    app.wait_window()
    app.image("Front Door: locked").wait()
    app.quit()


@journey(stage=Sandbox)
def what_its_entry_names_is_there(stage):
    entry = Gio.DesktopAppInfo.new_from_filename(str(ENTRY))
    check(entry, "nobody can read its entry")
    check(entry.get_boolean("DBusActivatable"), "the bus does not start it")
    check(sorted(entry.list_actions()) == ["add-bridge", "lock-all"], f"it has {entry.list_actions()}")
    icon = entry.get_icon().to_string()
    for folder, name in (("scalable", f"{icon}.svg"), ("symbolic", f"{icon}-symbolic.svg")):
        check((exports() / "icons" / "hicolor" / folder / "apps" / name).exists(), f"there is no icon {name}")
    check((exports() / "metainfo" / f"{APPLICATION}.metainfo.xml").exists(), "nobody can read what it is")
    provider = configparser.RawConfigParser()
    provider.read(PROVIDER)
    check((PROVIDER.parents[2] / "applications" / provider["Shell Search Provider"]["DesktopId"]) == ENTRY,
          "the search has no icon")


run()
