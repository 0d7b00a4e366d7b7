#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody hears who does not see the window, without asking for it: each state and movement, once."""

import re

from harness import check, journey, run, steps, wait_until

LOCKED, UNLOCKED, UNLATCHED, BLOCKED = 1, 3, 5, 254
HOUSE = "--lock=1:Front Door:locked", "--lock=2:Garage:unlocked", "--action-time=1", "--token=abc123"


def hear(app, *texts):
    """Waits for the last of `texts`, and sees that these were all, in this order, since this was last called."""
    ears = app.ears
    wait_until(lambda: texts[-1] in ears.hear().announcements, f"nobody heard “{texts[-1]}” but {ears.announcements}")
    check(ears.announcements == list(texts), f"one heard {ears.announcements}, and not {list(texts)}")
    ears.announcements.clear()


def house(stage, *options):
    bridge, app = steps.paired(stage, *HOUSE, *options)
    app.image("Front Door: locked").wait()
    steps.wait_for_place(bridge)
    app.ears.hear().announcements.clear()
    return bridge, app


@journey
def each_movement_and_state_is_heard_once(stage):
    bridge, app = house(stage, "--action-time=4")
    app.button("Unlock Front Door").click()
    hear(app, "Front Door: unlocking", "Front Door: unlocked")
    app.button("Lock Front Door").click()
    hear(app, "Front Door: locking", "Front Door: locked")
    app.press("ctrl+o")
    app.button("Open Door").click()
    hear(app, "Front Door: unlatching", "Front Door: unlatched")


@journey
def what_others_do_is_heard_too(stage):
    bridge, app = house(stage)
    bridge.set_lock(1, state=UNLOCKED)
    hear(app, "Front Door: unlocked")
    bridge.set_lock(1, state=BLOCKED)
    hear(app, "Front Door: motor blocked")
    check(app.ears.urgent == ["Front Door: motor blocked"], f"what is urgent is {app.ears.urgent}")


@journey
def only_the_lock_in_front_is_heard(stage):
    bridge, app = house(stage)
    bridge.set_lock(2, state=LOCKED)
    app.row("Garage, locked").wait()
    app.row("Activity").click()
    app.image("Front Door: locked").wait_gone()
    bridge.set_lock(1, state=UNLOCKED)
    app.row("Front Door, unlocked").wait()
    bridge.set_lock(1, state=LOCKED)
    app.row("Front Door, locked").wait()
    app.row("Front Door, locked").click()
    app.image("Front Door: locked").wait()
    bridge.set_lock(1, state=UNLOCKED)
    hear(app, "Front Door: unlocked")


@journey
def whoever_asks_for_something_hears_that_it_is_done(stage):
    bridge, app = house(stage)
    app.row("Garage, unlocked").focus()
    steps.open_lock(app, "Front Door")
    app.row("Garage, unlocked").wait().do("menu.popup")
    app.item("Lock").click()
    hear(app, "Garage: locked")


@journey
def a_lock_that_does_not_answer_is_heard(stage):
    bridge, app = house(stage)
    bridge.set_lock(1, offline=1)
    app.button("Unlock Front Door").click()
    app.wait_text("Offline")
    app.ears.wait("Front Door: offline")
    heard = app.ears.announcements
    check(heard[0] == "Front Door: unlocking" and heard.count("Front Door: offline") == 1, f"one heard {heard}")
    check(len(app.ears.urgent) == 1 and app.ears.urgent[0].startswith("Could not unlock Front Door. "),
          f"what is urgent is {app.ears.urgent}")


@journey
def a_bridge_that_is_gone_is_heard(stage):
    bridge, app = house(stage)
    bridge.stop()
    app.press("F5")
    app.ears.wait("The bridge “Home” cannot be reached", 60)
    check(sorted(app.ears.announcements) == ["Front Door: was locked", "The bridge “Home” cannot be reached"],
          f"one heard {app.ears.announcements}")
    app.ears.announcements.clear()
    bridge.start()
    app.press("F5")
    app.image("Front Door: locked").wait(60)
    hear(app, "Front Door: locked")


@journey
def toasts_are_heard_once(stage):
    bridge, app = house(stage)
    steps.choose(app, "Lock Menu", "Hide…")
    app.alert("Hide “Front Door”?").button("Hide").click()
    hear(app, "A toast appeared: Front Door hidden")
    app.button("Undo").click()
    hear(app, "Front Door is shown again")


@journey
def the_time_to_press_the_button_is_heard(stage):
    bridge = stage.simulator(*HOUSE)
    app = stage.app(bridge)
    app.ears.hear()
    steps.choose_found(app)
    app.ears.wait("20 seconds left", 60)
    countdown = app.control(re.compile("^Time left to press the button")).wait()
    check(countdown.role == "progress bar", f"the countdown is a {countdown.role}")
    app.ears.wait("10 seconds left", 60)
    app.ears.wait("5 seconds left", 60)
    heard = [text for text in app.ears.announcements if text.endswith("seconds left")]
    check(heard == [f"{n} seconds left" for n in (30, 20, 10, 5)], f"one heard {heard}")


if __name__ == "__main__":
    run()
