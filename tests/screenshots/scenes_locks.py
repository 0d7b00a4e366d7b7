# SPDX-License-Identifier: GPL-3.0-or-later
"""Locks in all their states."""

import re

from album import scene
from harness import steps

STATES = {
    "locked": {"state": 1, "door": 2},
    "unlocked": {"state": 3, "door": 3},
    "unlatched": {"state": 5},
    "lock-n-go": {"state": 6},
    "motor-blocked": {"state": 254},
    "not-calibrated": {"state": 0},
    "undefined": {"state": 255},
    "battery-low": {"state": 1, "critical": 1, "battery": 12},
}


def house(camera, *options):
    bridge = camera.simulator("--lock=1:Front Door:locked", "--lock=2:Back Door:locked", "--lock=3:Garage:unlocked",
                              "--opener=4:Street Door", *options)
    bridge.set_lock(1, door=2)
    bridge.set_lock(2, critical=1)
    app = camera.app(bridge)
    steps.pair(app, bridge)
    return bridge, app


@scene
def the_list_of_locks(camera):
    _, app = house(camera)
    app.row(re.compile("^Front Door, locked")).wait()
    camera.take(app, "locks")


@scene
def a_lock_in_all_states(camera):
    bridge, app = house(camera)
    camera.go(app, re.compile("^Front Door, "))
    for name, change in STATES.items():
        bridge.set_lock(1, **({"critical": 0, "battery": 85} | change))
        app.press("F5")
        steps.wait_until(lambda c=change: bridge.lock(1)["state"] == c["state"], "the lock did not change")
        (camera.take_moving if name == "lock-n-go" else camera.take)(app, f"lock-{name}")


@scene
def a_lock_that_moves(camera):
    _, app = house(camera, "--action-time=6")
    camera.go(app, re.compile("^Front Door, "))
    app.button("Unlock Front Door").click()
    app.image("Front Door: unlocking").wait()
    camera.take_moving(app, "lock-unlocking")


@scene
def a_door_that_is_to_open(camera):
    _, app = house(camera)
    camera.go(app, re.compile("^Front Door, "))
    app.button("Open Front Door").click()
    app.alert("Open “Front Door”?").wait()
    camera.take(app, "lock-open-door")


@scene
def a_lock_that_is_offline(camera):
    bridge, app = house(camera)
    camera.go(app, re.compile("^Front Door, "))
    bridge.set_lock(1, offline=1)
    app.button("Unlock Front Door").click()
    app.wait_text("Offline")
    camera.take(app, "lock-offline")


@scene
def a_bridge_that_is_gone(camera):
    bridge, app = house(camera)
    camera.go(app, re.compile("^Front Door, "))
    bridge.stop()
    app.press("F5")
    app.label("The bridge “Home” cannot be reached").wait()
    camera.take(app, "lock-bridge-down")


@scene
def an_opener(camera):
    bridge, app = house(camera)
    camera.go(app, re.compile("^Street Door, "))
    camera.take(app, "opener")
    bridge.set_lock(4, state=3)
    app.press("F5")
    app.image(re.compile("Street Door: ring to open")).wait()
    camera.take(app, "opener-ring-to-open")


@scene
def many_locks(camera):
    bridge = camera.simulator("--locks=54")
    app = camera.app(bridge)
    steps.pair(app, bridge)
    app.search(re.compile("Search")).wait()
    camera.take(app, "many-locks")


@scene
def preferences(camera):
    _, app = house(camera)
    app.press("ctrl+comma")
    app.dialog("Preferences").wait()
    camera.take(app, "preferences")
    app.tab("Notifications").click()
    app.box("Somebody Rings").wait()
    camera.take(app, "preferences-notifications")
