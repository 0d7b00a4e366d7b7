#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What bridges tell of their own accord: that it shows at once, and that the window knows when it does not come."""

from harness import check, journey, run, steps, wait_until

FRONT_DOOR = "--lock=1:Front Door:locked"
GARAGE = "--lock=2:Garage:locked"
# A list is asked for every ten seconds at the most
AT_ONCE = 5


@journey
def a_turned_key_shows_at_once(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, GARAGE)
    app.image("Front Door: locked").wait()
    steps.wait_for_place(bridge)
    steps.open_bridge(app)
    steps.wait_updates(app, "The next change will show")
    lists = len(bridge.requests("/list"))
    bridge.set_lock(1, state=3)
    app.row("Front Door, unlocked").wait(AT_ONCE)
    check(len(bridge.requests("/list")) - lists <= 1, "it was looked for, not told")
    steps.wait_updates(app, "Instant updates work")
    check(app.box("This Computer").shows, "there is no switch")
    bridge.set_lock(2, state=3)
    app.row("Garage, unlocked").wait(AT_ONCE)


@journey
def the_place_is_given_back_at_the_end(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR)
    steps.wait_for_place(bridge)
    app.quit()
    check(bridge.places() == [], "the bridge still calls a program that has ended")

    app = stage.app(bridge)
    app.image("Front Door: locked").wait()
    steps.wait_for_place(bridge)
    app.stop()
    check(bridge.places() == [], "the end of a session leaves something behind")


@journey
def what_a_crash_left_behind_is_freed(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR)
    left = steps.wait_for_place(bridge)
    app.kill()
    check(bridge.places() == [left], "that was no crash")
    app = stage.app(bridge)
    app.image("Front Door: locked").wait()
    wait_until(lambda: len(bridge.places()) == 1 and bridge.places() != [left], "the stale place was not replaced")
    app.quit()


@journey
def switched_off_and_on(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR)
    steps.wait_for_place(bridge)
    steps.open_bridge(app)
    app.box("This Computer").click()
    steps.wait_for_place(bridge, 0)
    app.quit()

    app = stage.app(bridge)
    app.image("Front Door: locked").wait()
    steps.open_bridge(app)
    app.box("This Computer").wait_state(without=("checked",))
    check(bridge.places() == [], "it was forgotten that this is off")
    app.box("This Computer").click()
    steps.wait_for_place(bridge)


@journey
def forgetting_a_bridge_frees_its_place(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR)
    steps.wait_for_place(bridge)
    steps.open_bridge(app)
    app.button("Forget Bridge…").click()
    app.alert("Forget “Home”?").button("Forget").click()
    app.button("Add Bridge…").wait()
    check(bridge.places() == [], "the bridge still calls who forgot it")


if __name__ == "__main__":
    run()
