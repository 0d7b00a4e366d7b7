#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Portals that are not there, refuse, or never answer delay no window, and nothing is lost with them.

Before the window shows, the sandboxed application asks Inhibit (GTK), Settings (libadwaita; on Wayland GTK as well),
ProxyResolver (the search for bridges), Secret (libsecret) and NetworkMonitor (GIO), all in the main loop. Later it asks
Notification, Background, GlobalShortcuts, FileChooser and OpenURI. Besides those of org.freedesktop.portal.Desktop,
flatpak run asks for Documents, and GTK's accessibility for org.freedesktop.portal.Flatpak, which is not ours to change.
"""

import functools
import pathlib
import re
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "journeys"))
from harness import APPLICATION, bus, check, journey, run, steps  # noqa: E402
from harness.denied import MISSING, REFUSING, SILENT  # noqa: E402
from harness.sandbox import DATA, Sandbox  # noqa: E402
from harness.stage import SETTINGS  # noqa: E402

# Seconds that a window may take longer than with all portals, on a busy machine; who waits for one waits for 25
PATIENCE = 12
START = ("Inhibit", "NetworkMonitor", "Notification", "ProxyResolver", "Settings")
# What GIO says of that
GLIB = re.compile("GLib-GIO-WARNING")
TOKEN = {
    None: "There is no keyring that could have kept the token",
    MISSING: "There is no keyring that could have kept the token",
    REFUSING: "The keyring with the bridge’s token is locked",
    SILENT: "The keyring with the bridge’s token does not answer",
}
RUN, AT_LOGIN, SHORTCUT = "Run in Background", "Start at Login", "Shortcut to Lock All Doors"
REFUSED, UNAVAILABLE, WAITING = "The desktop did not allow it", "Not available on this desktop", "Waiting for the desktop…"

Desktop = functools.partial(Sandbox, portals=["org.freedesktop.portal.Flatpak"])


def start(stage, bridge):
    """The application, and the seconds until its window showed."""
    begun = time.monotonic()
    app = stage.app(bridge)
    return app, time.monotonic() - begun


def leave(app):
    begun = time.monotonic()
    bus.activate_action(APPLICATION, "quit")
    app.wait_end()
    check(time.monotonic() - begun < PATIENCE, "it did not end at once")


def walk(app):
    app.row("Front Door, locked").wait()
    app.button("Unlock Front Door").click()
    app.image("Front Door: unlocked").wait()
    app.button("Lock Front Door").click()
    app.image("Front Door: locked").wait()


def prepare(stage):
    """A bridge that is paired with on a desktop that has all portals, settings, and how long a window takes there."""
    settings = DATA / "config" / "glib-2.0" / "settings" / "keyfile"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"[{SETTINGS}]\nhistory-days=77\nconfirm-unlock=false\n", encoding="utf-8")
    portals = stage.deny()
    bridge = stage.simulator("--lock=1:Front Door:locked")
    app, _ = start(stage, bridge)
    steps.pair(app, bridge)
    leave(app)
    app, usual = start(stage, bridge)
    walk(app)
    leave(app)
    portals.stop()
    return bridge, usual, settings


def check_nothing_is_lost(stage, bridge, settings):
    portals = stage.deny()
    app, _ = start(stage, bridge)
    walk(app)
    app.row("Activity").click()
    app.row(re.compile("^Locked, Front Door|^Front Door.*locked", re.I)).wait()
    leave(app)
    portals.stop()
    check("history-days=77" in settings.read_text(encoding="utf-8"), "settings are lost")


def try_start(stage, bridge, usual, manner, names):
    portals = stage.deny(manner, *names) if manner else None
    app, seconds = start(stage, bridge)
    print(f"# {manner or 'no portal'} {' '.join(names) or 'all'}: {seconds:.1f} s, usually {usual:.1f} s", flush=True)
    check(seconds < usual + PATIENCE, f"the window took {seconds:.1f} s without {names}")
    if manner and names and "Secret" not in names:
        walk(app)
    else:
        app.row("Front Door, was locked").wait()
        app.wait_text(re.compile(TOKEN[manner]))
    leave(app)
    app.check_log(GLIB)
    stage.apps.remove(app)
    if portals:
        portals.stop()


@journey(stage=Desktop)
def no_portal_delays_a_window_and_nothing_is_lost_with_one(stage):
    bridge, usual, settings = prepare(stage)
    try_start(stage, bridge, usual, None, ())
    try_start(stage, bridge, usual, MISSING, ["Secret"])
    try_start(stage, bridge, usual, MISSING, START)
    for manner in (REFUSING, SILENT):
        for names in (START, ["Secret"], ()):
            try_start(stage, bridge, usual, manner, names)
    try_start(stage, bridge, usual, SILENT, ["Settings"])
    check_nothing_is_lost(stage, bridge, settings)


def export(app, why):
    """Asks for what needs a file, and is told why there is none."""
    app.row("Activity").click()
    app.row(re.compile("Front Door")).wait()
    app.press("ctrl+s")
    app.wait_text(re.compile(why))
    app.close_alert()


def with_denied(stage, manner):
    portals = stage.deny(manner, "Background", "GlobalShortcuts", "FileChooser", "OpenURI", "Notification")
    bridge = stage.simulator("--lock=1:Front Door:locked")
    app, _ = start(stage, bridge)
    steps.pair(app, bridge)
    walk(app)
    return portals, app, steps.open_preferences(app)


@journey(stage=Desktop)
def what_needs_a_portal_that_is_missing_says_so(stage):
    _, app, dialog = with_denied(stage, MISSING)
    dialog.check(RUN).click()
    dialog.control(UNAVAILABLE).wait()
    steps.wait_checked(dialog, RUN, True)
    check(not dialog.check(AT_LOGIN).sensitive, "it offers to start at login")
    check(not dialog.check(SHORTCUT).shows, "it offers keys")
    steps.close_preferences(app)
    export(app, "The desktop has no way to let you choose a file")
    leave(app)


@journey(stage=Desktop)
def what_is_refused_says_so_and_is_taken_back(stage):
    _, app, dialog = with_denied(stage, REFUSING)
    for switch in (RUN, SHORTCUT):
        dialog.check(switch).click()
        dialog.control(REFUSED).wait()
        steps.wait_checked(dialog, switch, False)
    steps.close_preferences(app)
    leave(app)


@journey(stage=Desktop)
def what_is_never_answered_keeps_nobody_waiting(stage):
    portals, app, dialog = with_denied(stage, SILENT)
    dialog.check(RUN).click()
    dialog.control(WAITING).wait()
    dialog.check(RUN).click()
    dialog.control(WAITING).wait_gone()
    steps.wait_checked(dialog, RUN, False)
    check(not dialog.check(SHORTCUT).shows, "it offers keys")
    steps.close_preferences(app)
    export(app, "The desktop did not answer")
    check(("Background", "RequestBackground") in portals.calls, f"it asked for {portals.calls}")
    leave(app)


run()
