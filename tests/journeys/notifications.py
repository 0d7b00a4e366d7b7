#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desktop tells people who look elsewhere: once for each event, until it is over, and never with a button that
opens a door."""

from harness import check, journey, run, steps, wait_until

LOCKED, UNLOCKED, BLOCKED = 1, 3, 254
DOOR_CLOSED, DOOR_OPEN, SENSOR_REMOVED = 2, 3, 240
LOCK = 2
QUIETLY = 0
FRONT_DOOR = "--lock=1:Front Door:locked"
GARAGE = "--lock=2:Garage:locked"
ENTRANCE = "--opener=4:Entrance"

UNLOCKED_TITLE = "Garage is still unlocked"
BLOCKED_TITLE = "Garage: motor blocked"
OPEN_TITLE = "Garage is open"
RING_TITLE = "Somebody rings at Entrance"
FAILED_TITLE = "Could not lock Garage"
UNREACHABLE_TITLE = "“Home” cannot be reached"
REFUSED_TITLE = "“Home” no longer accepts this computer"
AT_ONCE = {"notify_unlocked_minutes": 0, "notify_door_open_minutes": 0, "notify_unreachable_minutes": 0}


def start(stage, *options, **settings):
    """The application with Front Door's page in sight, and what the desktop tells."""
    stage.settings(**AT_ONCE | settings)
    bridge, app = steps.paired(stage, FRONT_DOOR, GARAGE, *options)
    app.image("Front Door: locked").wait()
    return bridge, app, stage.desktop


def look_again(bridge, app):
    """Has the application ask the bridge once more, and hear the answer."""
    before = len(bridge.requests("/list"))
    app.press("F5")
    wait_until(lambda: len(bridge.requests("/list")) > before, "nobody asked the bridge")


def leave_garage(bridge, app, **state):
    bridge.set_lock(2, **state)
    app.press("F5")


def check_told(desktop, *titles):
    """Fails unless exactly that was told so far, in that order, and nothing that opens a door was offered."""
    told = [one.title for one in desktop.history]
    check(told == list(titles), f"this was told: {desktop.history}")
    offered = {button for one in desktop.history for button in one.buttons}
    check(offered <= {"Lock", "Try Again"}, f"these were offered to whoever passes by: {offered}")


@journey
def a_lock_left_unlocked_is_told_once_until_it_is_locked(stage):
    bridge, app, desktop = start(stage)
    leave_garage(bridge, app, state=UNLOCKED)
    told = desktop.wait(UNLOCKED_TITLE)
    check(told.buttons == ["Lock"], f"it offers {told.buttons}")
    for _ in range(3):
        look_again(bridge, app)
    check_told(desktop, UNLOCKED_TITLE)
    leave_garage(bridge, app, state=LOCKED)
    desktop.wait_gone(UNLOCKED_TITLE)
    leave_garage(bridge, app, state=UNLOCKED)
    desktop.wait(UNLOCKED_TITLE)
    check_told(desktop, UNLOCKED_TITLE, UNLOCKED_TITLE)
    check(not bridge.actions(), "somebody else turned the lock, too")
    app.quit()
    wait_until(lambda: not desktop.shown, "it still claims what nobody watches any more")


@journey
def the_button_locks_exactly_once(stage):
    bridge, app, desktop = start(stage)
    app.display.blur()
    leave_garage(bridge, app, state=UNLOCKED)
    desktop.press(UNLOCKED_TITLE, "Lock")
    app.row("Garage, locked").wait()
    check(bridge.actions() == [(2, LOCK)], f"the bridge was told {bridge.actions()}")
    check_told(desktop, UNLOCKED_TITLE)


@journey
def a_button_that_fails_is_told_where_somebody_looks(stage):
    bridge, app, desktop = start(stage)
    app.display.blur()
    leave_garage(bridge, app, state=UNLOCKED)
    bridge.add_fault("success-false", "/lockAction")
    desktop.press(UNLOCKED_TITLE, "Lock")
    check(desktop.wait(FAILED_TITLE).body, "it does not say why")
    check(not app.control(FAILED_TITLE).shows, "it is told in a window at which nobody looks, too")
    leave_garage(bridge, app, state=LOCKED)
    desktop.wait_gone(FAILED_TITLE)

    app.display.focus(app.window)
    leave_garage(bridge, app, state=UNLOCKED)
    desktop.press(UNLOCKED_TITLE, "Lock")
    app.wait_text(FAILED_TITLE)
    check_told(desktop, UNLOCKED_TITLE, FAILED_TITLE, UNLOCKED_TITLE)
    check(bridge.actions() == [(2, LOCK)] * 2, f"the bridge was told {bridge.actions()}")


@journey
def who_sees_it_is_not_told(stage):
    bridge, app, desktop = start(stage)
    bridge.set_lock(1, state=UNLOCKED)
    app.press("F5")
    app.image("Front Door: unlocked").wait()
    leave_garage(bridge, app, state=UNLOCKED)
    desktop.wait(UNLOCKED_TITLE)
    check_told(desktop, UNLOCKED_TITLE)

    # Somebody has to get up for that, whatever they look at
    bridge.set_lock(1, state=BLOCKED)
    app.press("F5")
    check(desktop.wait("Front Door: motor blocked").buttons == ["Try Again"], "it does not offer to lock again")


@journey
def a_click_shows_the_lock(stage):
    bridge, app, desktop = start(stage)
    leave_garage(bridge, app, state=UNLOCKED)
    desktop.click(UNLOCKED_TITLE)
    app.image("Garage: unlocked").wait()


@journey
def a_blocked_motor_is_told_with_what_was_tried(stage):
    bridge, app, desktop = start(stage, notify_unlocked="false")
    leave_garage(bridge, app, state=BLOCKED)
    told = desktop.wait(BLOCKED_TITLE)
    check(told.buttons == ["Lock"], f"whoever wanted to unlock is offered {told.buttons}")
    leave_garage(bridge, app, state=UNLOCKED)
    desktop.wait_gone(BLOCKED_TITLE)
    leave_garage(bridge, app, state=BLOCKED)
    told = desktop.wait(BLOCKED_TITLE)
    check(told.buttons == ["Try Again"], f"whoever wanted to lock is offered {told.buttons}")
    desktop.press(BLOCKED_TITLE, "Try Again")
    app.row("Garage, locked").wait()
    check(bridge.actions() == [(2, LOCK)], f"the bridge was told {bridge.actions()}")
    check_told(desktop, BLOCKED_TITLE, BLOCKED_TITLE)


@journey
def the_most_urgent_of_a_lock_is_told(stage):
    bridge, app, desktop = start(stage)
    leave_garage(bridge, app, state=UNLOCKED)
    desktop.wait(UNLOCKED_TITLE)
    leave_garage(bridge, app, door=DOOR_OPEN)
    check(not desktop.wait(OPEN_TITLE).buttons, "it offers to lock an open door")
    check(not desktop.find(UNLOCKED_TITLE), "a lock has two notifications")
    leave_garage(bridge, app, critical=1)
    app.row("Garage, unlocked, battery low").wait()
    check_told(desktop, UNLOCKED_TITLE, OPEN_TITLE)
    leave_garage(bridge, app, door=DOOR_CLOSED)
    told = desktop.wait(UNLOCKED_TITLE)
    check(told.urgency == QUIETLY, "what was told already is told as loudly again")
    desktop.wait_gone(OPEN_TITLE)
    leave_garage(bridge, app, door=SENSOR_REMOVED)
    desktop.wait("Garage: door sensor removed")
    leave_garage(bridge, app, state=LOCKED, door=DOOR_CLOSED)
    desktop.wait("Garage: battery low")
    check(len(desktop.shown) == 1, f"a lock has several notifications: {desktop.shown}")


@journey
def a_ring_is_told_once(stage):
    bridge, app, desktop = start(stage, ENTRANCE)
    app.row("Entrance, ready").wait()
    bridge.set_lock(4, ring=1)
    app.press("F5")
    told = desktop.wait(RING_TITLE)
    check(not told.buttons, f"it offers {told.buttons}")
    for _ in range(2):
        look_again(bridge, app)
    check_told(desktop, RING_TITLE)
    # The stamps of bridges count seconds
    wait_until(lambda: (bridge.set_lock(4, ring=1), app.press("F5"), desktop.count(RING_TITLE) >= 2)[-1],
               "nobody told of another ring")


@journey
def switched_off_is_silent(stage):
    bridge, app, desktop = start(stage)
    leave_garage(bridge, app, state=UNLOCKED)
    desktop.wait(UNLOCKED_TITLE)
    switch = app.dialog("Preferences").check("Remind Me of Unlocked Doors")
    for told in (1, 2):
        app.press("ctrl+comma")
        app.dialog("Preferences").wait()
        app.press("Right", "Return")
        switch.wait()
        app.check_names()
        switch.click()
        if told == 1:
            desktop.wait_gone(UNLOCKED_TITLE)
        else:
            desktop.wait(UNLOCKED_TITLE)
        app.press("Escape")
        app.dialog("Preferences").wait_gone()
        look_again(bridge, app)
        check_told(desktop, *[UNLOCKED_TITLE] * told)
    app.quit()


@journey
def a_bridge_is_missed_and_comes_back(stage):
    bridge, app, desktop = start(stage, "--token=abc123")
    app.display.blur()
    bridge.stop()
    desktop.wait(UNREACHABLE_TITLE, 60)
    bridge.start()
    desktop.wait_gone(UNREACHABLE_TITLE, 60)
    bridge.stop()
    bridge.options = [option.replace("abc123", "xyz789") for option in bridge.options]
    bridge.start()
    check(desktop.wait(REFUSED_TITLE, 60).body, "it does not say what to do")
    check(desktop.count(REFUSED_TITLE) == 1, "it is told more than once")


@journey
def a_start_soon_after_tells_quietly(stage):
    bridge, app, desktop = start(stage)
    leave_garage(bridge, app, state=UNLOCKED)
    check(desktop.wait(UNLOCKED_TITLE).urgency > QUIETLY, "it is told so that nobody sees it")
    app.quit()
    desktop.wait_gone(UNLOCKED_TITLE)
    app = stage.app(bridge)
    check(desktop.wait(UNLOCKED_TITLE).urgency == QUIETLY, "it is told as loudly again")
    look_again(bridge, app)
    check_told(desktop, UNLOCKED_TITLE, UNLOCKED_TITLE)


if __name__ == "__main__":
    run()
