#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is asked first, what is not offered, and that a question is never answered after it has ceased to make sense."""

import re

from harness import check, journey, run, steps, wait_until

UNLOCK, LOCK, UNLATCH, LOCK_N_GO = 1, 2, 3, 4
LOCKED, UNLOCKED = 1, 3
DOOR_CLOSED, DOOR_OPEN, DOOR_UNKNOWN = 2, 3, 4
FRONT_DOOR = "--lock=1:Front Door:unlocked"
OPEN = "“Front Door” Is Open"


def leave_open(bridge, app):
    bridge.set_lock(1, door=DOOR_OPEN)
    app.press("F5")
    app.wait_text("Open")


@journey
def locking_an_open_door_asks_first_in_every_way(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR)
    app.image("Front Door: unlocked").wait()
    leave_open(bridge, app)
    alert = app.alert(OPEN)

    def by_menu():
        app.row(re.compile("^Front Door, ")).focus()
        app.press("Menu")
        app.item("Lock").click()

    for how in (app.button("Lock Front Door").click, lambda: app.press("ctrl+l"), by_menu):
        how()
        alert.wait()
        check(alert.control("The bolt would not hold the door, and might hit the frame.").shows, "it does not say why")
        app.press("Return")
        alert.wait_gone()
    check(not bridge.actions(), "a key that means no has locked it")

    app.button("Lock Front Door").click()
    alert.button("Lock Anyway").click()
    app.image("Front Door: locked, but the door is open").wait()
    check(bridge.actions() == [(1, LOCK)], f"the bridge was told {bridge.actions()}")


@journey
def a_door_that_is_closed_meanwhile_ends_the_question(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR)
    app.image("Front Door: unlocked").wait()
    leave_open(bridge, app)
    app.button("Lock Front Door").click()
    app.alert(OPEN).wait()
    app.ears.hear()
    bridge.set_lock(1, door=DOOR_CLOSED)
    app.ears.wait("Front Door is closed now", 60)
    app.button("Lock").click()
    app.image("Front Door: locked").wait()
    check(bridge.actions() == [(1, LOCK)], f"the bridge was told {bridge.actions()}")


@journey
def a_door_of_which_nothing_is_known_is_locked_without_a_question(stage):
    stage.settings(confirm_lock_open_door="true")
    bridge, app = steps.paired(stage, FRONT_DOOR)
    app.image("Front Door: unlocked").wait()
    bridge.set_lock(1, door=DOOR_UNKNOWN)
    app.press("F5")
    app.button("Lock Front Door").click()
    app.image("Front Door: locked").wait()


@journey
def who_does_not_want_the_question_is_not_asked(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR)
    app.image("Front Door: unlocked").wait()
    leave_open(bridge, app)
    app.button("Lock Front Door").click()
    app.alert(OPEN).wait()
    app.press("Escape")
    app.alert(OPEN).wait_gone()
    stage.choose(confirm_lock_open_door="false", confirm_unlatch="false")
    app.button("Lock Front Door").click()
    app.image("Front Door: locked, but the door is open").wait()
    app.button("Open Front Door").click()
    wait_until(lambda: bridge.actions() == [(1, LOCK), (1, UNLATCH)], f"the bridge was told {bridge.actions()}")


@journey
def unlocking_asks_in_every_way_if_wanted(stage):
    stage.settings(confirm_unlock="true")
    bridge, app = steps.paired(stage, "--lock=1:Front Door:locked")
    app.image("Front Door: locked").wait()
    alert = app.alert("Unlock “Front Door”?")
    for how in (app.button("Unlock Front Door").click, lambda: app.press("ctrl+u"), lambda: app.press("ctrl+g"),
                app.button("Lock ’n’ Go with Front Door").click):
        how()
        alert.wait()
        app.press("Escape")
        alert.wait_gone()
    check(not bridge.actions(), "it was unlocked by a key that means no")

    # And so does trying again
    bridge.add_fault("success-false", "/lockAction", 1)
    app.button("Unlock Front Door").click()
    alert.button("Unlock").click()
    app.wait_text("Could not unlock Front Door")
    app.button("Try Again").click()
    alert.wait()
    check(len(bridge.actions()) == 1, f"the bridge was told {bridge.actions()}")
    alert.button("Unlock").click()
    app.image("Front Door: unlocked").wait()
    check(len(bridge.actions()) == 2, f"the bridge was told {bridge.actions()}")


@journey
def a_question_ends_when_the_bridge_goes_away(stage):
    bridge, app = steps.paired(stage, "--lock=1:Front Door:locked", "--token=abc123")
    app.image("Front Door: locked").wait()
    app.button("Open Front Door").click()
    alert = app.alert("Open “Front Door”?")
    alert.wait()
    bridge.stop()
    alert.wait_gone(90)
    app.wait_text("The bridge “Home” cannot be reached")
    bridge.start()
    app.image("Front Door: locked").wait(60)
    check(not bridge.actions(), "a door was opened that nobody wanted to open")


@journey
def a_question_ends_when_the_lock_gets_busy(stage):
    bridge, app = steps.paired(stage, "--lock=1:Front Door:locked")
    app.image("Front Door: locked").wait()
    app.button("Open Front Door").click()
    alert = app.alert("Open “Front Door”?")
    alert.wait()
    app.ears.hear()
    bridge.set_lock(1, state=2)
    alert.wait_gone(60)
    app.ears.wait("Front Door is doing something else")
    check(not bridge.actions(), "a door was opened that nobody wanted to open")


@journey
def a_question_ends_when_the_lock_is_gone(stage):
    bridge, app = steps.paired(stage, "--lock=1:Front Door:locked", "--lock=2:Garage", "--token=abc123")
    app.image("Front Door: locked").wait()
    app.button("Open Front Door").click()
    alert = app.alert("Open “Front Door”?")
    alert.wait()
    app.ears.hear()
    bridge.call("/unpair", nukiId=1, token="abc123")
    alert.wait_gone(60)
    app.ears.wait("Front Door is not there any more")


@journey
def opening_doors_need_not_be_offered(stage):
    bridge, app = steps.paired(stage, "--lock=1:Front Door:locked", "--opener=3:Entrance")
    app.image("Front Door: locked").wait()
    app.button("Open Front Door").wait()
    app.press("ctrl+comma")
    app.box("Offer to Open Doors").wait()
    app.check_names()
    app.box("Offer to Open Doors").click()
    app.press("Escape")
    app.button("Open Front Door").wait_gone()
    check(not app.button("Open ’n’ Go with Front Door").shows, "one of the two is left")
    app.button("Lock ’n’ Go with Front Door").wait()

    app.press("ctrl+o")
    app.toggle("Lock Menu").click()
    app.item("Unlock").wait()
    check(not app.item("Open Door").shows and not app.item("Open ’n’ Go").shows, "the menu offers it")
    check(not app.alert("Open “Front Door”?").shows, "the keyboard offers it")
    app.press("Escape")

    # An opener can do nothing else
    steps.open_lock(app, "Entrance")
    app.button("Open Entrance").click()
    app.alert("Open “Entrance”?").wait()
    app.press("Escape")

    app.press("ctrl+comma")
    app.box("Offer to Open Doors").click()
    app.press("Escape")
    steps.open_lock(app, "Front Door")
    app.button("Open Front Door").wait()
    check(not bridge.actions(), f"the bridge was told {bridge.actions()}")


@journey
def all_doors_are_locked_at_once_but_for_open_ones(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, "--lock=2:Garage:unlocked", "--lock=3:Shed:locked",
                               "--lock=4:Cellar:unlocked", "--opener=5:Entrance")
    bridge.set_lock(4, door=DOOR_OPEN)
    app.press("F5")
    steps.open_lock(app, "Cellar")
    app.wait_text("Open")
    app.press("ctrl+shift+l")
    alert = app.alert("Lock All Doors?")
    alert.wait()
    app.wait_text("Not locked:\nFront Door\nGarage\n\nLeft out, as the door stands open:\nCellar")
    app.press("Escape")
    alert.wait_gone()
    check(not bridge.actions(), "they were locked by a key that means no")

    app.toggle("Main Menu").click()
    app.item("Lock All Doors…").click()
    alert.button("Lock All").click()
    app.row("Front Door, locked").wait()
    app.row("Garage, locked").wait()
    check(sorted(bridge.actions()) == [(1, LOCK), (2, LOCK)], f"the bridge was told {bridge.actions()}")
    app.press("ctrl+shift+l")
    app.alert("No Door to Lock").wait()
    app.wait_text("Left out, as the door stands open:\nCellar")


@journey
def what_is_said_of_all_doors_stays_true(stage):
    bridge, app = steps.paired(stage, "--lock=1:Front Door:locked", "--lock=2:Garage:locked")
    steps.wait_for_place(bridge)
    app.image("Front Door: locked").wait()
    app.press("ctrl+shift+l")
    app.alert("No Door to Lock").control("All doors are locked.").wait()
    bridge.set_lock(1, state=2)
    app.alert("No Door to Lock").control("Left out, as it is moving:\nFront Door").wait()
    bridge.set_lock(1, state=UNLOCKED)
    app.alert("Lock All Doors?").control("Not locked:\nFront Door").wait()
    bridge.set_lock(2, state=UNLOCKED)
    app.alert("Lock All Doors?").control("Not locked:\nFront Door\nGarage").wait()
    bridge.set_lock(1, state=LOCKED)
    app.alert("Lock All Doors?").control("Not locked:\nGarage").wait()
    app.alert("Lock All Doors?").button("Lock All").click()
    app.row("Garage, locked").wait()
    check(bridge.actions() == [(2, LOCK)], f"the bridge was told {bridge.actions()}")

    bridge.set_lock(1, door=DOOR_OPEN)
    app.press("ctrl+shift+l")
    app.alert("No Door to Lock").control("Locked, but the door stands open:\nFront Door").wait()
    app.press("Escape")


@journey
def a_notification_brings_the_question_forward(stage):
    stage.settings(notify_unlocked_minutes=0, notify_door_open="false")
    bridge, app = steps.paired(stage, "--lock=1:Front Door:locked", "--lock=2:Garage:locked")
    app.image("Front Door: locked").wait()
    app.display.blur()
    bridge.set_lock(2, state=UNLOCKED)
    stage.desktop.wait("Garage is still unlocked", 60)
    bridge.set_lock(2, door=DOOR_OPEN)
    app.display.focus(app.window)
    app.press("F5")
    steps.open_lock(app, "Garage")
    app.wait_text("Open")
    steps.open_lock(app, "Front Door")
    app.display.blur()
    stage.desktop.press("Garage is still unlocked", "Lock")
    alert = app.alert("“Garage” Is Open")
    alert.wait()
    check(not bridge.actions(), "it was locked although the bolt might hit the frame")
    alert.button("Lock Anyway").click()
    app.image("Garage: locked, but the door is open").wait()
    check(bridge.actions() == [(2, LOCK)], f"the bridge was told {bridge.actions()}")


if __name__ == "__main__":
    run()
