#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said where a bridge's log cannot be read, or not be cleared."""

import re

from harness import check, journey, run, steps

NEWEST = re.compile(r"^Log read, ")


def paired(stage):
    return steps.paired(stage, "--lock=1:Front Door:locked", "--token=abc123", "--log-entries=30")


def cannot_be_read(bridge, app, told):
    """Tries to read the log while something is wrong, for each in `told`; each has to be told in its way."""
    for number, (kind, text) in enumerate(told.items()):
        bridge.clear_faults()
        bridge.add_fault(kind, "/log")
        if number == 0:
            steps.open_log(app)
        else:
            app.press("F5")
        app.wait_text(re.compile(re.escape(text)), 60)
    bridge.clear_faults()
    app.press("F5")
    app.row(NEWEST).wait(20)


@journey
def why_it_cannot_be_read_is_told(stage):
    bridge, app = paired(stage)
    cannot_be_read(bridge, app, {
        "status-404": "This Bridge Keeps No Log", "status-400": "does not accept this request",
        "status-503": "The bridge is busy with another request", "garbage": "Something else than a Nuki bridge",
        "success-false": "The bridge refused without giving a reason", "refuse": "The bridge broke off the connection",
        "hang": "The bridge did not answer in time", "status-401": "does not accept the token"})


@journey
def a_bridge_that_refuses_access_is_told(stage):
    bridge, app = paired(stage)
    cannot_be_read(bridge, app, {"status-403": "its HTTP API is turned off, or its clock is wrong"})


@journey
def a_bridge_that_goes_away_leaves_what_was_read(stage):
    bridge, app = paired(stage)
    steps.open_log(app)
    app.label(re.compile("entries$")).wait()
    bridge.stop()
    app.press("F5")
    app.label(re.compile(r"entries\. The bridge cannot be reached")).wait(30)
    app.row(NEWEST).wait()
    app.button("Try Again").wait()
    app.check_names()


@journey
def what_goes_wrong_with_clearing_is_told(stage):
    bridge, app = paired(stage)
    told = {"lost-response": "may or may not have been cleared", "success-false": "The bridge refused",
            "status-400": "does not accept this request", "status-404": "does not have this function",
            "status-503": "busy with another request", "hang": "may or may not have been cleared",
            "status-401": "The bridge does not accept the token"}
    steps.open_log(app)
    for number, (kind, text) in enumerate(told.items(), 1):
        bridge.steer("POST", "log?entries=30")
        app.press("F5")
        app.label(re.compile("entries$")).wait()
        bridge.add_fault(kind, "/clearlog", 1)
        steps.choose(app, "Log Menu", "Clear Log…")
        app.button("Clear").click()
        app.wait_text(re.compile(re.escape(text)), 40)
        check(len(bridge.requests("/clearlog")) == number, "it was not told once to clear its log")
        app.button("Close").wait()
        app.press("Escape")
        app.control(re.compile(re.escape(text))).wait_gone()


if __name__ == "__main__":
    run()
