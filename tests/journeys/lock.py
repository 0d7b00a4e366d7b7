#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a lock's page does: each command reaches the bridge once, and the window says only what the lock confirmed."""

from harness import check, journey, run, steps, wait_until

UNLOCK, LOCK, UNLATCH, LOCK_N_GO = 1, 2, 3, 4
LOCKED, UNLOCKED, UNLATCHED = 1, 3, 5
FRONT_DOOR = "--lock=1:Front Door:locked"


def state(bridge):
    return bridge.lock(1)["state"]


@journey
def a_door_is_unlocked_and_locked_again(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, "--action-time=4")
    app.heading("Locked").wait()
    app.button("Unlock Front Door").click()
    app.image("Front Door: unlocking").wait()
    check(not app.heading("Unlocked").shows or state(bridge) == UNLOCKED, "it said so before the lock did")
    app.image("Front Door: unlocked").wait()
    app.row("Front Door, unlocked").wait()
    check(state(bridge) == UNLOCKED, "the bolt is not where the window says")
    app.button("Lock Front Door").click()
    app.image("Front Door: locked").wait()
    check(state(bridge) == LOCKED, "the bolt is not where the window says")
    check(bridge.actions() == [(1, UNLOCK), (1, LOCK)], f"the bridge was told {bridge.actions()}")
    app.quit()


@journey
def the_keyboard_locks_and_unlocks(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR)
    app.image("Front Door: locked").wait()
    app.press("ctrl+u")
    app.image("Front Door: unlocked").wait()
    app.press("ctrl+l")
    app.image("Front Door: locked").wait()
    check(bridge.actions() == [(1, UNLOCK), (1, LOCK)], f"the bridge was told {bridge.actions()}")


@journey
def opening_a_door_asks_first(stage):
    # The latch is held for long enough to be seen
    bridge, app = steps.paired(stage, FRONT_DOOR, "--action-time=6")
    app.button("Open Front Door").click()
    alert = app.alert("Open “Front Door”?")
    alert.wait()
    check(alert.control("The latch is pulled and the door can be pushed open.").shows, "it does not say what happens")
    alert.button("Cancel").click()
    alert.wait_gone()
    check(not bridge.actions(), "a door was opened that nobody wanted to open")

    app.button("Open Front Door").click()
    alert.button("Open Door").click()
    app.image("Front Door: unlatched").wait()
    check(bridge.actions() == [(1, UNLATCH)], f"the bridge was told {bridge.actions()}")


@journey
def return_and_escape_open_no_door(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR)
    app.image("Front Door: locked").wait()
    alert = app.alert("Open “Front Door”?")
    for key in ("Return", "Escape"):
        app.press("ctrl+o")
        alert.wait()
        app.press(key)
        alert.wait_gone()
    check(not bridge.actions(), "a door was opened by a key that means no")


@journey
def lock_n_go_unlocks_and_locks_by_itself(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, "--lock-n-go-time=8")
    app.button("Lock ’n’ Go with Front Door").click()
    app.image("Front Door: unlocked, locks again by itself").wait()
    app.wait_text("Locks again by itself")
    app.image("Front Door: locked").wait()
    check(bridge.actions() == [(1, LOCK_N_GO)], f"the bridge was told {bridge.actions()}")


@journey
def a_key_turned_by_hand_shows(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR)
    app.image("Front Door: locked").wait()
    bridge.set_lock(1, state=UNLOCKED, door=3, battery=12, critical=1)
    app.press("F5")
    app.image("Front Door: unlocked").wait()
    app.row("Front Door, unlocked, battery low").wait()
    app.wait_text("Low, 12%. Replace soon.")
    check(not bridge.actions(), "somebody else turned the lock, too")


@journey
def the_window_hears_of_changes_by_itself(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR)
    app.image("Front Door: locked").wait()
    bridge.set_lock(1, state=UNLOCKED)
    app.image("Front Door: unlocked").wait(60)


@journey
def each_lock_has_its_page(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, "--lock=2:Garage:unlocked")
    app.image("Front Door: locked").wait()
    app.row("Garage, unlocked").click()
    app.image("Garage: unlocked").wait()
    app.button("Lock Garage").click()
    app.image("Garage: locked").wait()
    check(bridge.actions() == [(2, LOCK)], f"the bridge was told {bridge.actions()}")
    wait_until(lambda: bridge.lock(2)["state"] == LOCKED, "the bolt did not move")


if __name__ == "__main__":
    run()
