#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A lock is parted from its bridge, for good."""

import re

from harness import check, journey, run, steps

QUESTION = "Unpair “Garage”?"


def start(stage, *options):
    bridge, app = steps.paired(stage, "--lock=1:Front Door:locked", "--lock=2:Garage:locked", *options)
    steps.open_bridge(app)
    return bridge, app


def unpair(app, answer="Unpair"):
    steps.choose(app, "Menu of Garage", "Unpair…")
    app.wait_text(QUESTION)
    app.wait_text("“Home” can no longer reach “Garage”. You can pair it again only in the Nuki app.")
    app.check_names()
    if answer:
        app.button(answer).click()
    else:
        app.press("Return")
    app.label(QUESTION).wait_gone()


@journey
def a_lock_is_unpaired_once_and_gone(stage):
    for options in ((), ("--api=1.6",)):
        bridge, app = start(stage, *options)
        unpair(app, "Cancel")
        unpair(app, None)
        check(not bridge.requests("/unpair"), "it was unpaired although nobody agreed")
        unpair(app)
        app.row(re.compile("^Garage, ")).wait_gone()
        check([entry["params"]["nukiId"] for entry in bridge.requests("/unpair")] == ["2"], "another was unpaired")
        check(not bridge.lock(2)["paired"] and bridge.lock(1)["paired"], "the bridge was told otherwise")
        app.quit()
        app = stage.app(bridge)
        app.image("Front Door: locked").wait()
        check(not app.row(re.compile("^Garage, ")).shows, "it is remembered")
        steps.open_bridge(app)
        app.button("Forget Bridge…").click()
        app.button("Forget").click()
        app.wait_text("Welcome to Nightlatch")
        app.quit()


@journey
def what_a_bridge_refuses_to_part_with_stays(stage):
    bridge, app = start(stage)
    for fault, reason in (("status-400", "does not accept this request"), ("status-404", "does not know this lock"),
                          ("success-false", "refused without giving a reason"),
                          ("garbage", "may or may not have been carried out"),
                          ("status-401", "does not accept the token")):
        before = len(bridge.requests("/unpair"))
        bridge.add_fault(fault, "/unpair", 1)
        unpair(app)
        app.wait_text("Outcome Unknown" if fault == "garbage" else "Lock Not Unpaired")
        app.wait_text(re.compile(reason))
        app.close_alert()
        check(len(bridge.requests("/unpair")) == before + 1, f"{fault}: it was sent again")
        check(app.row(re.compile("^Garage, ")).shows, f"{fault}: it is gone")


@journey
def a_lost_answer_is_looked_up(stage):
    bridge, app = start(stage)
    bridge.add_fault("lost-response", "/unpair", 1)
    unpair(app)
    app.row(re.compile("^Garage, ")).wait_gone()
    check(len(bridge.requests("/unpair")) == 1, "it was sent again")


if __name__ == "__main__":
    run()
