#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a bridge recorded itself: read, searched, exported, cleared."""

import csv
import json
import re

from harness import check, journey, run, steps, wait_until

FRONT_DOOR = "--lock=1:Front Door:locked"
NEWEST = re.compile(r"^Log read, ")
LOCK_ACTION = re.compile(r"^Lock action, Front Door · lock, ")


def open_log(app):
    steps.open_bridge(app)
    app.row(re.compile("^Bridge Log")).click()
    app.search("Search log").wait()


def log_of(stage, *options, **changes):
    """A bridge with `options`, and the application at its log."""
    bridge, app = steps.paired(stage, FRONT_DOOR, "--lock=2:Garage", "--token=abc123", *options, **changes)
    open_log(app)
    return bridge, app


def look_for(app, text):
    """Types: the search takes it wherever the focus is."""
    app.press("Escape")
    app.type(text)


def choose_from_menu(app, item):
    app.toggle("More").click()
    app.item(item).click()


def save_as(app, path):
    """Answers where to export to."""
    dialog = app.dialog("Export Log")
    dialog.wait()
    dialog.entry("Name:").wait()
    app.press("ctrl+a")
    app.type(str(path))
    app.press("Return")
    wait_until(path.exists, f"{path.name} was not written", 40)


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
def both_kinds_of_files_are_written(stage):
    bridge, app = log_of(stage, "--log-entries=230")
    app.label(re.compile("entries$")).wait()
    for name in ("home-log.json", "home-log.csv"):
        path = stage.folder / name
        app.button("Export…").click()
        save_as(app, path)
        app.wait_text("Log exported")
    entries = json.loads((stage.folder / "home-log.json").read_text())
    with open(stage.folder / "home-log.csv", newline="", encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    check(len(entries) >= 230 and len(rows) >= len(entries), f"{len(entries)} entries, {len(rows)} rows")
    check(any(row["rssi"] == "-61" for row in rows), "numbers are no numbers")
    for path in stage.folder.glob("home-log.*"):
        check("8b7df143" not in path.read_text(), f"a secret is in {path.name}")
    check(not clears(bridge), "it was cleared")


@journey
def clearing_is_asked_for_and_done_once(stage):
    bridge, app = log_of(stage, "--log-entries=30")
    app.label(re.compile("entries$")).wait()
    bridge.steer("POST", "log?silent=1")
    choose_from_menu(app, "Clear Log…")
    app.button("Cancel").click()
    check(clears(bridge) == 0, "it was cleared without being asked for")
    choose_from_menu(app, "Clear Log…")
    app.button("Export First…").wait()
    app.button("Clear").click()
    app.wait_text("The Log Is Empty")
    check(clears(bridge) == 1, "it was not cleared once")


@journey
def what_goes_wrong_with_clearing_is_told(stage):
    bridge, app = log_of(stage, "--log-entries=30")
    app.label(re.compile("entries$")).wait()
    told = {"lost-response": "may or may not have been cleared", "success-false": "Could not clear the log: The bridge refused",
            "status-401": "Could not clear the log: The bridge does not accept the token"}
    for number, (kind, text) in enumerate(told.items(), 1):
        bridge.steer("POST", "log?entries=30")
        app.press("F5")
        app.label(re.compile("entries$")).wait()
        bridge.add_fault(kind, "/clearlog", 1)
        choose_from_menu(app, "Clear Log…")
        app.button("Clear").click()
        app.wait_text(re.compile(re.escape(text)))
        check(clears(bridge) == number, f"it was told {clears(bridge)} times to clear its log")


@journey
def why_it_cannot_be_read_is_told(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, "--token=abc123", "--log-entries=30")
    told = {"status-404": "This Bridge Keeps No Log", "status-400": "does not accept this request",
            "garbage": "Something else than a Nuki bridge", "success-false": "The bridge refused without giving a reason"}
    for kind, text in told.items():
        bridge.add_fault(kind, "/log")
        open_log(app)
        app.wait_text(re.compile(re.escape(text)), 20)
        bridge.clear_faults()
        app.button("Back").click()
        app.search("Search log").wait_gone()
    bridge.add_fault("status-401", "/log")
    open_log(app)
    app.wait_text(re.compile("does not accept the token"))
    bridge.clear_faults()
    app.press("F5")
    app.row(NEWEST).wait(20)


if __name__ == "__main__":
    run()
