# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of a bridge, in health and in trouble."""

import re

from album import scene
from harness import steps

TOKEN = "--token=abc123"
HOME = re.compile("^Bridge Home, ")


def house(camera, *options, paired=steps.pair):
    bridge = camera.simulator(TOKEN, "--lock=1:Front Door:locked", "--lock=2:Back Door:locked", "--lock=3:Garage:unlocked",
                              "--lock=11606610:Neighbour", *options)
    bridge.steer("POST", "bridge?uptime=1052000")
    for number, signal in (1, -58), (2, -67), (3, -88), (11606610, -79):
        bridge.set_lock(number, rssi=signal)
    bridge.set_lock(11606610, paired=0)
    app = camera.app(bridge)
    paired(app, bridge)
    return bridge, app


def by_token(app, bridge):
    steps.pair_by_token(app, bridge, "abc123")


def go(camera, app):
    camera.go(app, HOME)
    app.list("Devices in Range").wait()


@scene
def a_bridge(camera):
    _, app = house(camera)
    go(camera, app)
    app.row("Garage").wait()
    camera.take(app, "bridge")
    steps.choose(app, "Bridge Menu", "Rename…")
    app.alert("Rename “Home”?").wait()
    camera.take(app, "bridge-rename")


@scene
def devices_in_range(camera):
    bridge, app = house(camera)
    bridge.set_lock(2, rssi="none")
    go(camera, app)
    app.toggle("Menu of Garage").focus()
    app.list("Devices in Range").row("Back Door").label("Signal not measured").wait()
    camera.take(app, "bridge-range")
    for number in 1, 2, 3, 11606610:
        bridge.set_lock(number, offline=1)
    app.label("No Devices in Range").wait()
    camera.take(app, "bridge-nobody-in-range")


@scene
def a_bridge_that_is_an_app(camera):
    _, app = house(camera, "--software-bridge", paired=by_token)
    go(camera, app)
    camera.take(app, "bridge-software")


@scene
def a_bridge_with_a_wrong_clock(camera):
    bridge, app = house(camera, "--firmware=1.10.0")
    bridge.steer("POST", "clock?offset=-250")
    bridge.steer("POST", "bridge?online=0")
    go(camera, app)
    app.row("Clock, 4 min behind").wait()
    camera.take(app, "bridge-clock")


@scene
def a_bridge_that_does_not_tell_of_itself(camera):
    bridge, app = house(camera)
    go(camera, app)
    bridge.add_fault("status-403", "/info")
    app.label(re.compile("^The bridge refuses access")).wait()
    camera.take(app, "bridge-info-refused")


@scene
def a_bridge_that_refuses_access(camera):
    bridge, app = house(camera)
    go(camera, app)
    bridge.stop()
    bridge.options = [option.replace("abc123", "xyz789") for option in bridge.options]
    bridge.start()
    app.press("F5")
    app.heading("Access refused").wait()
    camera.take(app, "bridge-refused")
    app.button("Check the Clock…").click()
    app.alert("Check the Clock?").wait()
    camera.take(app, "bridge-check-clock")
    app.press("Escape")
    app.alert("Check the Clock?").wait_gone()
    bridge.stop()
    app.press("F5")
    app.heading("Cannot be reached").wait(60)
    camera.take(app, "bridge-gone")
