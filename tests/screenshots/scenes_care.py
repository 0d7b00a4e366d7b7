# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of one's own, hidden locks, and what is asked first."""

import re

from album import scene
from harness import steps
from scenes_locks import house

FRONT_DOOR = re.compile("^Front Door, ")


@scene
def names_and_hiding(camera):
    _, app = house(camera)
    camera.go(app, FRONT_DOOR)
    app.toggle("Lock Menu").click()
    app.item("Rename…").wait()
    app.item("Rename…").click()
    app.alert("Rename “Front Door”?").wait()
    camera.take(app, "lock-rename")
    app.press("Escape")
    app.alert("Rename “Front Door”?").wait_gone()
    steps.choose(app, "Lock Menu", "Hide…")
    alert = app.alert("Hide “Front Door”?")
    alert.wait()
    camera.take(app, "lock-hide")
    alert.button("Hide").click()
    app.wait_text("Front Door hidden")
    camera.go(app, re.compile("^Bridge Home, "))
    app.button(re.compile("^Show Front Door Again")).focus()
    camera.take(app, "bridge-hidden")


@scene
def a_door_that_is_open(camera):
    bridge, app = house(camera)
    camera.go(app, FRONT_DOOR)
    bridge.set_lock(1, state=3, door=3)
    app.press("F5")
    app.image("Front Door: unlocked").wait()
    app.button("Lock Front Door").click()
    app.alert("“Front Door” Is Open").wait()
    camera.take(app, "lock-open")
    app.press("Escape")
    app.alert("“Front Door” Is Open").wait_gone()
    app.press("ctrl+shift+l")
    app.button("Cancel").wait()
    camera.take(app, "lock-all")
