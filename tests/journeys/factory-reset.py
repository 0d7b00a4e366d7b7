#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A bridge is made to forget everything; and what a person sees of that."""

import re

from harness import check, journey, run, steps, wait_until

HARDWARE = ("--lock=1:Front Door:locked", "--lock=2:Garage:locked", "--uptime=100000", "--reboot-time=3")
UNREACHABLE = "The bridge “Home” cannot be reached"
WAS_RESET = "“Home” was reset. Set it up again in the Nuki app"
QUESTION = "Factory Reset “Home”?"
ENTRY = "Type “Home” to confirm"


def start(stage, *options):
    bridge, app = steps.paired(stage, *HARDWARE, *options)
    steps.wait_for_place(bridge)
    steps.open_bridge(app)
    return bridge, app


def sent(bridge, path):
    return len(bridge.requests(path))


def answers(bridge):
    try:
        bridge.state()
        return True
    except OSError:
        return False


def reset(app):
    app.button("Factory Reset…").click()
    app.entry(ENTRY).enter("Home")
    app.button("Factory Reset").click()


@journey
def a_factory_reset_wants_the_name(stage):
    bridge, app = start(stage)
    app.button("Factory Reset…").click()
    app.wait_text(re.compile("all 2 paired locks"))
    app.check_names()
    entry, button = app.entry(ENTRY), app.button("Factory Reset")
    check(not button.sensitive, "it does not want the name")
    app.press("Return")
    for wrong in ("Hom", "Home 2"):
        entry.enter(wrong)
        check(not button.sensitive, f"“{wrong}” is good enough")
    entry.enter(" home ")
    button.wait_state("sensitive")
    app.press("Return")
    app.press("Escape")
    app.label(QUESTION).wait_gone()
    app.button("Factory Reset…").click()
    entry.enter("Home")
    app.button("Cancel").click()
    app.label(QUESTION).wait_gone()
    check(sent(bridge, "/factoryReset") == 0, "it was reset although nobody agreed")


@journey
def a_factory_reset_is_the_end(stage):
    bridge, app = start(stage)
    reset(app)
    app.label(WAS_RESET).wait(60)
    app.row("Bridge Home, Was reset").wait()
    check(not app.label(UNREACHABLE).shows, "it complained of what was to be expected")
    wait_until(lambda: answers(bridge), "the bridge did not come back")
    check(sent(bridge, "/factoryReset") == 1, "it was reset more than once")
    check(not bridge.state()["hasToken"], "it was not reset")
    before = sent(bridge, None)
    # The banner's, which is the first
    app.button("Forget Bridge…").click()
    app.wait_text("Forget “Home”?")
    app.button("Forget").click()
    app.wait_text("Welcome to Nightlatch")
    check(sent(bridge, None) == before, "a bridge that has forgotten us is asked")


@journey
def a_bridge_that_was_reset_is_remembered_as_such(stage):
    bridge, app = start(stage)
    reset(app)
    app.label(WAS_RESET).wait(60)
    wait_until(lambda: answers(bridge), "the bridge did not come back")
    app.quit()
    before = sent(bridge, None)
    app = stage.app(bridge)
    app.label(WAS_RESET).wait()
    app.image("Front Door: was locked").wait()
    check(sent(bridge, None) == before, "a bridge that has forgotten us is asked")


@journey
def what_a_bridge_refuses_is_explained(stage):
    bridge, app = start(stage)
    for fault, reason in (("status-404", "does not have this function"), ("success-false", "refused without giving a reason"),
                          ("status-401", "does not accept the token")):
        before = sent(bridge, "/factoryReset")
        bridge.add_fault(fault, "/factoryReset", 1)
        reset(app)
        app.wait_text("Bridge Not Reset")
        app.wait_text(re.compile(reason))
        app.close_alert()
        check(sent(bridge, "/factoryReset") == before + 1, f"{fault}: it was sent again")


if __name__ == "__main__":
    run()
