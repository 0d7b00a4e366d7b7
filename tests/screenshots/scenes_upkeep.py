# SPDX-License-Identifier: GPL-3.0-or-later
"""What changes a bridge: its places, access, maintenance."""

import re

from album import scene
from harness import steps
from scenes_bridge import go, house

QUESTIONS = {
    "update": ("Update Firmware…", "Update the firmware of “Home”?"),
    "restart": ("Restart Bridge…", "Restart “Home”?"),
    "forget": ("Forget Bridge…", "Forget “Home”?"),
    "factory-reset": ("Factory Reset…", "Factory Reset “Home”?"),
}


def upkept(camera, *options):
    bridge, app = house(camera, "--reboot-time=3600", *options)
    steps.wait_for_place(bridge)
    bridge.call("/callback/add", url="http://192.168.1.9:8123/api/webhook/nuki", token="abc123")
    go(camera, app)
    app.label("2 of 3 used").wait(30)
    return bridge, app


@scene
def upkeep(camera):
    bridge, app = upkept(camera)
    app.button("Factory Reset…").focus()
    camera.take(app, "bridge-more")
    for name, (button, _) in QUESTIONS.items():
        app.button(button).click()
        app.button("Cancel").wait()
        camera.take(app, f"bridge-{name}")
        app.press("Escape")
        app.button("Cancel").wait_gone()
    app.button("Remove 192.168.1.9:8123").click()
    app.button("Cancel").wait()
    camera.take(app, "bridge-remove-receiver")
    app.press("Escape")
    app.button("Cancel").wait_gone()
    app.button("Add Receiver…").click()
    app.entry("Address").enter("https://192.168.1.7/nuki")
    camera.take(app, "bridge-add-receiver")
    app.press("Escape")
    app.button("Cancel").wait_gone()
    app.box("Allow New Connections").click()
    app.wait_text("“Home” accepts no new connections")
    camera.take(app, "bridge-access-off")


@scene
def unpairing(camera):
    _, app = upkept(camera)
    steps.choose(app, "Menu of Garage", "Unpair…")
    app.button("Cancel").wait()
    camera.take(app, "bridge-unpair")


@scene
def a_bridge_that_restarts(camera):
    _, app = upkept(camera)
    app.button("Restart Bridge…").click()
    app.button("Restart").click()
    app.label("“Home” is restarting").wait()
    camera.take_moving(app, "bridge-restarting")
    camera.go(app, re.compile("^Front Door, "))
    app.image(re.compile("^Front Door: was locked")).wait()
    camera.take_moving(app, "lock-restarting")


@scene
def a_bridge_that_was_reset(camera):
    _, app = upkept(camera)
    app.button("Factory Reset…").click()
    app.entry(re.compile("^Type ")).enter(camera.translate("Home"))
    app.button("Factory Reset").click()
    app.label(re.compile("was reset")).wait(90)
    camera.take_moving(app, "bridge-was-reset")
