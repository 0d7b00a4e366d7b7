# SPDX-License-Identifier: GPL-3.0-or-later
"""From the first start to a bridge that is paired."""

import re

from album import scene
from harness import steps


@scene
def welcome(camera):
    bridge = camera.simulator("--lock=1:Front Door")
    app = camera.app(bridge)
    app.button("Add Bridge…").wait()
    camera.take(app, "welcome")
    dialog = steps.open_dialog(app)
    dialog.row(re.compile(r"^Bridge \d+")).wait()
    camera.take(app, "pair-discover")
    dialog.row("Enter Address").click()
    dialog.entry("Address").wait()
    camera.take(app, "pair-address")
    dialog.button("Back").click()
    dialog.row("Use a Token").click()
    dialog.entry("Token").wait()
    camera.take(app, "pair-token")
    dialog.button("Back").click()
    dialog.row(re.compile(r"^Bridge \d+")).click()
    app.wait_text("Press the Button on the Bridge")
    camera.take_moving(app, "pair-button")
    bridge.press_button()
    app.wait_text("Bridge Added")
    camera.take(app, "pair-success")


@scene
def pairing_is_turned_off(camera):
    bridge = camera.simulator()
    bridge.add_fault("status-403", "/auth", 1)
    app = camera.app(bridge)
    steps.choose_found(app)
    app.wait_text("Pairing Is Turned Off")
    camera.take(app, "pair-failed")


@scene
def no_bridge_is_found(camera):
    bridge = camera.simulator("--discovery=empty")
    app = camera.app(bridge)
    steps.open_dialog(app)
    app.wait_text("No Bridge Found")
    camera.take(app, "pair-none-found")
