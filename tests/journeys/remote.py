#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What scripts can have the application do: by gdbus, as README.md shows it."""

import re
import subprocess

from harness import APPLICATION, check, journey, run, steps, wait_until

LOCK = 2
FRONT_DOOR = "--lock=1:Front Door:locked"
GARAGE = "--lock=2:Garage:unlocked"
PATH = "/" + APPLICATION.replace(".", "/")


def activate(action, parameters="[]", check_status=True):
    subprocess.run(["gdbus", "call", "--session", "--dest", APPLICATION, "--object-path", PATH,
                    "--method", "org.freedesktop.Application.ActivateAction", action, parameters, "{}"],
                   check=check_status, capture_output=True, timeout=30)


@journey
def scripts_show_refresh_and_lock(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, GARAGE)
    app.image("Front Door: locked").wait()
    before = len(bridge.requests("/list"))
    activate("refresh")
    wait_until(lambda: len(bridge.requests("/list")) > before, "nothing was refreshed")
    activate("show-lock", "[<'Garage'>]")
    app.image("Garage: unlocked").wait()
    activate("show-activity", "[<''>]")
    app.toggle("All Locks").wait()
    activate("show-bridge", "[<'Home'>]")
    app.button("Forget Bridge…").wait()
    activate("add-bridge")
    app.dialog("Add Bridge").wait()
    app.press("Escape")
    app.dialog("Add Bridge").wait_gone()
    activate("preferences")
    app.dialog("Preferences").wait()
    app.press("Escape")
    app.dialog("Preferences").wait_gone()
    activate("lock-all")
    alert = app.alert("Lock All Doors?")
    alert.button("Cancel").click()
    alert.wait_gone()

    # What means nothing does nothing
    for action, parameters in (("lock", "[<'Nobody'>]"), ("lock", "[]"), ("lock", "[<1>]"), ("show-bridge", "[<'?'>]"),
                               ("show-lock", "[<''>]"), ("unlock", "[<'Garage'>]"), ("refresh", "[<'x'>]")):
        activate(action, parameters, check_status=False)
    check(bridge.actions() == [], f"the bridge was told {bridge.actions()}")
    activate("lock", "[<'Garage'>]")
    wait_until(lambda: bridge.actions() == [(2, LOCK)], "it was not locked")


@journey
def scripts_need_no_window(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, GARAGE)
    app.image("Front Door: locked").wait()
    app.quit()
    app = stage.service(bridge)
    before = len(bridge.requests("/list"))
    activate("refresh")
    wait_until(lambda: len(bridge.requests("/list")) > before, "nothing was refreshed")
    activate("lock", "[<'Garage'>]")
    wait_until(lambda: bridge.actions() == [(2, LOCK)], "it was not locked")
    check(not app.has_window, "there is a window that nobody asked for")
    activate("lock-all")
    app.wait_window()
    app.alert(re.compile("Door")).wait()


@journey
def whoever_is_started_to_lock_waits_for_the_bridge(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, GARAGE)
    app.image("Front Door: locked").wait()
    app.quit()
    stage.activatable(bridge)
    activate("lock", "[<'Garage'>]")
    wait_until(lambda: bridge.actions() == [(2, LOCK)], "it was not locked")
    check(not stage.activated().has_window, "there is a window that nobody asked for")
    activate("lock", "[<'Nobody'>]")
    told = stage.desktop.wait("Nothing Was Locked")
    check(told.body == "There is no lock “Nobody”, or more than one", f"it says {told.body}")


if __name__ == "__main__":
    run()
