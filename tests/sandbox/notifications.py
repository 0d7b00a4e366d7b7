#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is told reaches the desktop through the Notification portal, and what is pressed there comes back."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "journeys"))
from harness import APPLICATION, bus, check, journey, run, steps, wait_until  # noqa: E402
from harness.sandbox import Sandbox  # noqa: E402

LOCKED, UNLOCKED, BLOCKED = 1, 3, 254
LOCK = 2
UNLOCKED_TITLE, BLOCKED_TITLE = "Garage is still unlocked", "Garage: motor blocked"
RING_TITLE, BATTERY_TITLE = "Somebody rings at Entrance", "Garage: battery low"


def start(stage, **settings):
    stage.settings(notify_unlocked_minutes=0, **settings)
    bridge, app = steps.paired(stage, "--lock=1:Front Door:locked", "--lock=2:Garage:locked", "--opener=4:Entrance")
    app.image("Front Door: locked").wait()
    steps.wait_for_place(bridge)
    return bridge, app, stage.desktop


@journey(stage=Sandbox)
def it_is_told_locks_by_its_button_and_goes(stage):
    bridge, app, desktop = start(stage)
    app.display.blur()
    bridge.set_lock(2, state=UNLOCKED)
    check(desktop.wait(UNLOCKED_TITLE).buttons == ["Lock"], "it does not offer to lock")
    desktop.press(UNLOCKED_TITLE, "Lock")
    app.row("Garage, locked").wait()
    check(bridge.actions() == [(2, LOCK)], f"the bridge was told {bridge.actions()}")

    bridge.set_lock(2, state=UNLOCKED)
    desktop.wait(UNLOCKED_TITLE)
    bridge.set_lock(2, state=LOCKED)
    desktop.wait_gone(UNLOCKED_TITLE)

    bridge.set_lock(2, state=BLOCKED)
    desktop.click(BLOCKED_TITLE)
    app.image("Garage: motor blocked").wait()
    app.display.blur()
    bridge.set_lock(2, state=LOCKED, critical=1)
    desktop.wait(BATTERY_TITLE)
    bridge.set_lock(4, ring=1)
    desktop.wait(RING_TITLE)

    app.display.focus(app.window)
    app.quit()
    wait_until(lambda: not desktop.shown, lambda: f"it still claims what nobody watches any more: {desktop.shown}")


@journey(stage=Sandbox)
def without_a_window_it_tells_and_obeys_too(stage):
    bridge, app, desktop = start(stage, run_in_background="true")
    app.close_window()
    bridge.set_lock(2, state=UNLOCKED)
    desktop.press(UNLOCKED_TITLE, "Lock")
    wait_until(lambda: bridge.lock(2)["state"] == LOCKED, "it does not lock")
    check(bridge.actions() == [(2, LOCK)], f"the bridge was told {bridge.actions()}")
    bridge.set_lock(1, state=UNLOCKED)
    desktop.click("Front Door is still unlocked")
    app.wait_window()
    app.image("Front Door: unlocked").wait()
    bus.activate_action(APPLICATION, "quit")
    app.wait_end()


run()
