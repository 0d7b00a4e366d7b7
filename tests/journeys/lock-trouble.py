#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a lock's page says when things do not go as they should: the truth, and what to do about it."""

from harness import check, journey, run, steps

UNLOCK = 1
LOCKED = 1
FRONT_DOOR = "--lock=1:Front Door:locked"


@journey
def while_it_moves_nothing_more_is_sent(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, "--action-time=10")
    app.button("Unlock Front Door").click()
    app.image("Front Door: unlocking").wait()
    app.button("Open Front Door").wait_state(without=["sensitive"])
    app.press("ctrl+u", "ctrl+u", "ctrl+l")
    app.image("Front Door: unlocked").wait()
    check(bridge.actions() == [(1, UNLOCK)], f"the bridge was told {bridge.actions()}")


@journey
def a_refused_command_leaves_the_truth(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR)
    bridge.add_fault("success-false", "/lockAction", 1)
    app.button("Unlock Front Door").click()
    app.wait_text("Could not unlock Front Door")
    app.image("Front Door: locked").wait()
    check(bridge.lock(1)["state"] == LOCKED, "the bolt moved")
    app.button("Try Again").click()
    app.image("Front Door: unlocked").wait()
    check(bridge.actions() == [(1, UNLOCK)] * 2, f"the bridge was told {bridge.actions()}")


@journey
def a_lost_answer_is_asked_about_and_never_sent_again(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR)
    bridge.add_fault("lost-response", "/lockAction", 1)
    app.button("Unlock Front Door").click()
    app.image("Front Door: unlocked").wait()
    check(bridge.actions() == [(1, UNLOCK)], f"the bridge was told {bridge.actions()}")
    check(bridge.requests("/lockState"), "the lock was not asked")


@journey
def a_lock_out_of_range_is_offline_until_it_is_back(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR)
    bridge.set_lock(1, offline=1)
    app.button("Unlock Front Door").click()
    app.heading("Offline").wait()
    app.row("Front Door, offline").wait()
    check(not app.button("Open Front Door").shows, "it offers what cannot work")
    bridge.set_lock(1, offline=0)
    app.button("Try Again").click()
    app.image("Front Door: locked").wait()


@journey
def a_blocked_motor_can_be_tried_again(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR)
    bridge.set_lock(1, state=254)
    app.press("F5")
    app.heading("Motor Blocked").wait()
    app.row("Front Door, motor blocked").wait()
    app.control("Try Locking Again").wait()
    bridge.set_lock(1, blocked=0)
    app.button("Lock Front Door").click()
    app.image("Front Door: locked").wait()


if __name__ == "__main__":
    run()
