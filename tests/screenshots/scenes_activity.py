# SPDX-License-Identifier: GPL-3.0-or-later
"""What happened to locks."""

import re

from album import BATTERY, GAP, STATE, scene
from harness import steps

HOUR = 3600
LOCKED, UNLOCKED, UNLATCHED, BLOCKED = 1, 3, 5, 254
SEEN, THIS_COMPUTER, NOT_RUNNING = 0, 1, 3
DAYS = (
    (47 * HOUR, 1, STATE, LOCKED, UNLOCKED, SEEN),
    (46 * HOUR, 1, STATE, UNLOCKED, LOCKED, THIS_COMPUTER),
    (34 * HOUR, 1, STATE, LOCKED, UNLOCKED, SEEN),
    (33 * HOUR, 1, STATE, UNLOCKED, LOCKED, SEEN),
    (30 * HOUR, 3, STATE, LOCKED, UNLOCKED, SEEN),
    (29 * HOUR, 3, STATE, UNLOCKED, BLOCKED, SEEN),
    (28 * HOUR, 3, STATE, BLOCKED, LOCKED, THIS_COMPUTER),
    (12 * HOUR, 2, BATTERY, 0, 1, SEEN),
    (6 * HOUR, 1, GAP, 32 * HOUR, 6 * HOUR, NOT_RUNNING),  # from one day to another, at any time of day
    (5 * HOUR, 1, STATE, LOCKED, UNLATCHED, THIS_COMPUTER),
    (4.9 * HOUR, 1, STATE, UNLATCHED, UNLOCKED, THIS_COMPUTER),
    (4 * HOUR, 1, STATE, UNLOCKED, LOCKED, THIS_COMPUTER),
)


def lived_in(camera):
    bridge = camera.simulator("--lock=1:Front Door:locked", "--lock=2:Back Door:locked", "--lock=3:Garage:unlocked",
                              "--opener=4:Street Door")
    bridge.set_lock(2, critical=1)
    app = camera.app(bridge)
    steps.pair(app, bridge)
    app.quit()
    camera.history(*DAYS)
    app = camera.app(bridge)
    app.row(re.compile("^Front Door, locked")).wait()
    return bridge, app


@scene
def activity(camera):
    _, app = lived_in(camera)
    camera.go(app, "Activity")
    app.list("Activity").row().wait()  # those that are in sight
    camera.take(app, "activity")
    steps.choose(app, "Activity Menu", "Clear…")
    app.button("Cancel").wait()
    camera.take(app, "activity-clear")
    app.press("Escape")
    app.button("Cancel").wait_gone()
    app.choice("Issues").click()
    app.list("Activity").row(re.compile("^Motor blocked, Garage")).wait()
    camera.take(app, "activity-issues")


@scene
def activity_of_one_lock(camera):
    _, app = lived_in(camera)
    camera.go(app, re.compile("^Front Door, "))
    app.button("Show all activity of Front Door").focus()
    camera.take(app, "lock-recent-activity")
    app.button("Show all activity of Front Door").click()
    app.list("Activity").row().wait()
    camera.take(app, "activity-of-one")


@scene
def no_activity(camera):
    bridge = camera.simulator("--lock=1:Front Door:locked")
    app = camera.app(bridge)
    steps.pair(app, bridge)
    camera.go(app, "Activity")
    app.wait_text("No Activity Yet")
    camera.take(app, "activity-none")
