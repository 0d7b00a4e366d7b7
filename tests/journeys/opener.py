#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an opener's page does."""

import re

from harness import check, journey, run, steps

ACTIVATE_RTO, DEACTIVATE_RTO, OPEN, ACTIVATE_CM, DEACTIVATE_CM = range(1, 6)
STREET_DOOR = "--opener=4:Street Door"


@journey
def somebody_is_let_in_after_a_question(stage):
    # It is open for as long as it takes to open, which must be long enough to be seen on a machine that is busy
    bridge, app = steps.paired(stage, STREET_DOOR, "--action-time=6")
    app.image("Street Door: ready").wait()
    app.button("Open Street Door").click()
    alert = app.alert("Open “Street Door”?")
    alert.button("Cancel").click()
    alert.wait_gone()
    check(not bridge.actions(), "a door was opened that nobody wanted to open")
    app.button("Open Street Door").click()
    alert.button(re.compile("^Open")).click()
    app.image("Street Door: open").wait()
    check(bridge.actions() == [(4, OPEN)], f"the bridge was told {bridge.actions()}")


@journey
def ring_to_open_is_turned_on_and_off(stage):
    bridge, app = steps.paired(stage, STREET_DOOR)
    app.button("Turn on ring to open for Street Door").click()
    app.image("Street Door: ring to open").wait()
    app.wait_text("The door opens when somebody rings")
    app.button("Turn off ring to open for Street Door").click()
    app.image("Street Door: ready").wait()
    check(bridge.actions() == [(4, ACTIVATE_RTO), (4, DEACTIVATE_RTO)], f"the bridge was told {bridge.actions()}")


@journey
def continuous_mode_is_turned_on_and_off(stage):
    bridge, app = steps.paired(stage, STREET_DOOR)
    app.button("Turn on continuous mode for Street Door").click()
    app.image("Street Door: continuous mode").wait()
    app.button("Turn off continuous mode for Street Door").click()
    app.image("Street Door: ready").wait()
    check(bridge.actions() == [(4, ACTIVATE_CM), (4, DEACTIVATE_CM)], f"the bridge was told {bridge.actions()}")


@journey
def opener_and_lock_may_have_the_same_number(stage):
    bridge, app = steps.paired(stage, "--lock=4:Front Door:locked", STREET_DOOR)
    app.row("Street Door, ready").click()
    app.button("Turn on ring to open for Street Door").click()
    app.image("Street Door: ring to open").wait()
    app.row("Front Door, locked").wait()
    told = bridge.requests("/lockAction")
    check([entry["params"].get("deviceType") for entry in told] == ["2"], f"the wrong device was told: {told}")


if __name__ == "__main__":
    run()
