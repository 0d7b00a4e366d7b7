#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A bridge's log, written to files."""

import csv
import json
import re

from harness import check, journey, run, steps, wait_until

NEWEST = re.compile(r"^Log read, ")


def log_of(stage, *options):
    """A bridge with `options`, and the application at its log."""
    bridge, app = steps.paired(stage, "--lock=1:Front Door:locked", "--token=abc123", *options)
    steps.open_log(app)
    return bridge, app


def answer_where(app, path):
    """Answers where to export to."""
    dialog = app.dialog("Export Log")
    dialog.wait()
    dialog.entry("Name:").wait()
    app.press("ctrl+a")
    app.type(str(path))
    app.press("Return")


def save_as(app, path):
    answer_where(app, path)
    wait_until(lambda: path.exists() and path.stat().st_size, f"{path.name} was not written", 40)


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
    check(not bridge.requests("/clearlog"), "it was cleared")


@journey
def an_export_can_be_given_up(stage):
    bridge, app = log_of(stage, "--log-entries=9000")
    app.label(re.compile("entries$")).wait()
    path = stage.folder / "home-log.json"
    app.button("Export…").click()
    answer_where(app, path)
    app.label(re.compile(r"^\d{3,} entries read so far$")).wait(20)
    app.button("Cancel").click()
    app.label(re.compile("read so far$")).wait_gone()
    asked = len(bridge.requests("/log"))
    steps.choose(app, "Log Menu", "Refresh")  # which has the newest entries read: that is the end of it
    wait_until(lambda: len(bridge.requests("/log")) > asked, "the log was not read again", 20)
    app.label(re.compile(r"^The newest \d+ entries$")).wait()
    check(len(bridge.requests("/log")) < asked + 5, "it reads on")
    check(not path.exists(), "it was written all the same")


@journey
def a_file_that_cannot_be_written_is_told(stage):
    _, app = log_of(stage, "--log-entries=30")
    app.label(re.compile("entries$")).wait()
    app.button("Export…").click()
    answer_where(app, "/proc/home-log.json")
    app.wait_text(re.compile("^Log Not Exported"), 40)
    app.row(NEWEST).wait()


if __name__ == "__main__":
    run()
