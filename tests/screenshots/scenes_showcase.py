# SPDX-License-Identifier: GPL-3.0-or-later
"""What the program is, for those who do not have it yet."""

import re
import time

from album import showcase
from harness import steps
from scenes_activity import DAYS

FRONT_DOOR = re.compile("^Front Door, ")


def take(camera, app, name):
    """Writes a picture once the ring around what has the focus is gone, as GTK has it after three seconds."""
    time.sleep(4)
    camera.take(app, name)


@showcase
def the_house(camera):
    bridge = camera.simulator("--lock=1:Front Door:locked", "--lock=2:Back Door:locked", "--lock=3:Garage:unlocked",
                              "--opener=4:Street Door", "--token=abc123")
    bridge.steer("POST", "bridge?uptime=1052000")
    for number, signal in (1, -58), (2, -67), (3, -88), (4, -70):
        bridge.set_lock(number, rssi=signal)
    bridge.set_lock(1, door=2)
    bridge.set_lock(2, critical=1)
    app = camera.app(bridge)
    steps.pair(app, bridge)
    app.quit()
    camera.history(*DAYS)
    app = camera.app(bridge)
    app.image("Front Door: locked").wait()
    steps.wait_for_place(bridge)
    bridge.call("/callback/add", url="http://192.168.1.9:8123/api/webhook/nuki", token="abc123")
    take(camera, app, "lock")
    camera.go(app, re.compile("^Bridge Home, "))
    app.list("Devices in Range").row(re.compile("^Garage")).wait()
    take(camera, app, "bridge")
    camera.go(app, FRONT_DOOR)
    app.button("Show all activity of Front Door").focus()
    app.button("Show all activity of Front Door").click()
    app.list("Activity").row(re.compile("^Not watched, ")).wait()
    take(camera, app, "activity")


@showcase
def the_button(camera):
    bridge = camera.simulator("--lock=1:Front Door")
    app = camera.app(bridge)
    steps.choose_found(app)
    app.wait_text("Press the Button on the Bridge")
    camera.take_moving(app, "pairing")
