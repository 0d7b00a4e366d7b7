# SPDX-License-Identifier: GPL-3.0-or-later
"""Menus, and what they lead to that is nowhere else."""

import re

from album import scene
from harness import steps
from scenes_bridge import go
from scenes_locks import house


def look_into(camera, app, menu, name):
    app.toggle(menu).click()
    app.item().wait()
    camera.take(app, name)
    app.press("Escape")
    app.item().wait_gone()


@scene
def menus(camera):
    _, app = house(camera, "--token=abc123")
    app.row(re.compile("^Front Door, locked")).focus()
    look_into(camera, app, "Main Menu", "menu")
    look_into(camera, app, "Lock Menu", "lock-menu")
    app.row(re.compile("^Front Door, locked")).focus()
    app.press("Menu")
    app.item().wait()
    camera.take(app, "lock-row-menu")
    app.press("Escape")
    app.item().wait_gone()
    go(camera, app)
    look_into(camera, app, "Bridge Menu", "bridge-menu")
    look_into(camera, app, "Menu of Garage", "bridge-range-menu")
    camera.go(app, "Activity")
    app.wait_text("No Activity Yet")
    look_into(camera, app, "Activity Menu", "activity-menu")


@scene
def about(camera):
    _, app = house(camera)
    steps.choose(app, "Main Menu", "About Nightlatch")
    app.dialog("About").wait()
    camera.take(app, "about")


@scene
def shortcuts(camera):
    _, app = house(camera)
    app.press("ctrl+question")
    app.wait_text("Main Menu")
    camera.take_moving(app, "shortcuts")
