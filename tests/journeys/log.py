#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a bridge recorded itself: read, searched, cleared."""

import re

from harness import check, journey, run, steps

FRONT_DOOR = "--lock=1:Front Door:locked"
NEWEST = re.compile(r"^Log read, ")
LOCK_ACTION = re.compile(r"^Lock action, Front Door · lock, ")


def log_of(stage, *options, **changes):
    """A bridge with `options`, and the application at its log."""
    bridge, app = steps.paired(stage, FRONT_DOOR, "--lock=2:Garage", "--token=abc123", *options, **changes)
    steps.open_log(app)
    return bridge, app


def look_for(app, text):
    """Types: the search takes it wherever the focus is."""
    app.press("Escape")
    app.type(text)


def clears(bridge):
    return len(bridge.requests("/clearlog"))


def reads_and_finds(stage, *options):
    _, app = log_of(stage, "--log-entries=230", *options)
    app.row(NEWEST).wait()
    app.heading("Today").wait()
    app.check_names()
    look_for(app, "wifi_rssi")
    app.row(re.compile("^wifi_rssi, rssi −61 dBm · channels 1, 6, 11 · roaming no, ")).wait()
    app.row(NEWEST).wait_gone()
    app.label(re.compile(r"^\d+ of \d+ entries$")).wait(30)  # it has searched all of it
    look_for(app, "front door action")
    app.row(LOCK_ACTION).wait()
    look_for(app, "no such thing")
    app.wait_text("No Entries Found")


@journey
def the_log_is_read_and_searched(stage):
    reads_and_finds(stage)


@journey
def old_bridges_have_one_too(stage):
    reads_and_finds(stage, "--api=1.6")


@journey
def a_software_bridge_has_none(stage):
    bridge = stage.simulator(FRONT_DOOR, "--software-bridge", "--token=abc123")
    app = stage.app(bridge)
    steps.open_dialog(app).row(re.compile("^Use a Token")).click()
    app.entry("Address").enter(bridge.address)
    app.entry("Token").enter("abc123")
    app.button("Continue").click()
    steps.finish(app)
    steps.open_bridge(app)
    app.row(re.compile("^Bridge Log")).wait_gone()
    check(not bridge.requests("/log"), "it was asked for its log")


@journey
def clearing_is_asked_for_and_done_once(stage):
    bridge, app = log_of(stage, "--log-entries=30")
    app.label(re.compile("entries$")).wait()
    bridge.steer("POST", "log?silent=1")
    steps.choose(app, "Log Menu", "Clear Log…")
    app.button("Cancel").click()
    check(clears(bridge) == 0, "it was cleared without being asked for")
    steps.choose(app, "Log Menu", "Clear Log…")
    app.button("Export First…").wait()
    app.button("Clear").click()
    app.wait_text("The Log Is Empty")
    check(clears(bridge) == 1, "it was not cleared once")


@journey
def a_bridge_that_is_forgotten_takes_its_log_along(stage):
    bridge, app = log_of(stage, "--log-entries=30")
    app.label(re.compile("entries$")).wait()
    bridge.add_fault("hang", "/log", 1)
    app.press("F5")
    app.button("Back").click()
    app.button("Forget Bridge…").click()
    app.button("Forget").click()
    app.button("Add Bridge…").wait(20)


if __name__ == "__main__":
    run()
