#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What bridges should tell of their own accord, and do not: that the window knows, and is as true as it can be."""

import re

from harness import check, journey, run, steps, wait_until

FRONT_DOOR = "--lock=1:Front Door:locked"
GARAGE = "--lock=2:Garage:locked"
TOKEN = "--token=abc123"
# A list is asked for every ten seconds at the most
AT_ONCE = 5


@journey
def a_firewall_does_not_go_unnoticed(stage):
    # This bridge calls from 127.0.0.1: another address than that at which it is asked, as behind some routers
    bridge = stage.simulator(FRONT_DOOR, GARAGE, "--address=127.0.0.2")
    app = stage.app(bridge)
    steps.pair(app, bridge)
    app.image("Front Door: locked").wait()
    steps.wait_for_place(bridge)
    lists = len(bridge.requests("/list"))
    wait_until(lambda: len(bridge.requests("/list")) > lists, "no further look")
    bridge.set_lock(1, state=3)
    app.image("Front Door: unlocked").wait(25)
    steps.open_bridge(app)
    steps.wait_updates(app, "cannot reach this computer: using regular checks")


@journey
def a_full_table_is_told_and_left_alone(stage):
    bridge = stage.simulator(FRONT_DOOR, TOKEN)
    others = [f"http://192.0.2.{number}/nuki" for number in range(3)]
    for url in others:
        bridge.call("/callback/add", url=url, token="abc123")
    app = stage.app(bridge)
    steps.pair(app, bridge)
    app.image("Front Door: locked").wait()
    steps.open_bridge(app)
    steps.wait_updates(app, "All 3 places are taken")
    check(bridge.places() == others, "others lost their places")


@journey
def a_bridge_that_restarts_is_asked_anew(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, TOKEN)
    steps.wait_for_place(bridge)
    bridge.stop()
    app.press("F5")
    app.label("The bridge “Home” cannot be reached").wait()
    bridge.start()
    app.label("The bridge “Home” cannot be reached").wait_gone(40)
    steps.wait_for_place(bridge)
    bridge.set_lock(1, state=3)
    app.image("Front Door: unlocked").wait(AT_ONCE)
    # And nobody is told that they still work when it goes again
    steps.open_bridge(app)
    steps.wait_updates(app, "Instant updates work")
    bridge.stop()
    app.press("F5")
    steps.wait_updates(app, "They worked before the connection was lost")


@journey
def a_contradiction_is_resolved_in_favour_of_the_list(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR)
    url = steps.wait_for_place(bridge)
    steps.post(url, {"nukiId": 1, "deviceType": 0, "state": 3})
    app.image("Front Door: unlocked").wait(AT_ONCE)
    app.image("Front Door: locked").wait(40)


@journey
def two_bridges_of_which_one_hangs(stage):
    first, app = steps.paired(stage, FRONT_DOOR)
    second = stage.simulator("--lock=7:Cellar:locked")
    app.press("ctrl+n")
    app.dialog("Add Bridge").row(re.compile("^Enter Address")).click()
    app.entry("Address").enter(second.address)
    app.button("Continue").click()
    second.press_button()
    steps.finish(app)
    steps.wait_for_place(first)
    steps.wait_for_place(second)
    second.add_fault("hang")
    app.press("F5")
    app.row(re.compile("^Cellar, was locked")).wait()
    for state, word in (3, "unlocked"), (1, "locked"), (3, "unlocked"):
        first.set_lock(1, state=state)
        app.row(re.compile(f"^Front Door, {word}")).wait(AT_ONCE)


if __name__ == "__main__":
    run()
