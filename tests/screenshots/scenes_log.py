# SPDX-License-Identifier: GPL-3.0-or-later
"""What a bridge recorded itself."""

import re

from album import scene
from harness import steps

ENTRIES = re.compile(r"entries$|entry$")


def log_of(camera, *options):
    bridge = camera.simulator("--lock=1:Front Door:locked", "--lock=2:Garage", "--token=abc123", *options)
    app = camera.app(bridge)
    steps.pair(app, bridge)
    camera.go(app, re.compile("^Bridge Home, "))
    app.row(re.compile("^Bridge Log")).click()
    app.search("Search log").wait()
    return bridge, app


@scene
def the_log(camera):
    bridge, app = log_of(camera, "--log-entries=230")
    app.label(ENTRIES).wait()
    camera.take(app, "log")
    steps.choose(app, "Log Menu", "Clear Log…")
    app.button("Cancel").wait()
    camera.take(app, "log-clear")
    app.press("Escape")
    app.button("Cancel").wait_gone()
    app.type("front")
    app.label(re.compile(r"^\d+ of (the newest )?\d+ entries$")).wait()
    camera.take(app, "log-search")
    app.search("Search log").focus()
    app.press("ctrl+a")
    app.type("no such thing")
    app.wait_text("No Entries Found")
    camera.take(app, "log-no-match")


@scene
def a_log_that_cannot_be_read(camera):
    bridge = camera.simulator("--token=abc123")
    bridge.add_fault("status-404", "/log")
    app = camera.app(bridge)
    steps.pair(app, bridge)
    camera.go(app, re.compile("^Bridge Home, "))
    app.row(re.compile("^Bridge Log")).click()
    app.wait_text("This Bridge Keeps No Log")
    camera.take(app, "log-failed")
