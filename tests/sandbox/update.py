#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From one version to the next: a window that is open goes on, and the next start finds all as it was."""

import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "journeys"))
from harness import APPLICATION, bus, check, journey, run, steps  # noqa: E402
from harness.ctl import ctl, ctl_json  # noqa: E402
from harness.installation import InstalledSandbox  # noqa: E402

LOCKED, UNLOCKED = 1, 3


def version(stage):
    return re.search(r"\d+\.\d+\.\d+", ctl(stage, "--version").stdout)[0]


def states(stage):
    return [(one["localName"], one["state"]) for one in ctl_json(stage, "list")]


@journey(stage=InstalledSandbox)
def an_update_keeps_everything_and_interrupts_nobody(stage):
    stage.settings(notify_unlocked_minutes=7)
    bridge, app = steps.paired(stage, "--lock=1:Front Door:locked", "--lock=2:Garage:locked")
    ctl(stage, "rename", "Garage", "Shed")
    app.button("Unlock Front Door").click()
    app.image("Front Door: unlocked").wait()
    history = ctl_json(stage, "activity")
    old = version(stage)
    new = old[:-1] + str((int(old[-1]) + 1) % 10)

    stage.publish(old, new)
    stage.flatpak("update", "--noninteractive", APPLICATION)
    check(version(stage) == new, f"it is {version(stage)} that is installed now")

    # The window, of the version before, goes on, also with what it had not needed before; and gives turns to the new one
    bridge.set_lock(1, state=LOCKED)
    app.image("Front Door: locked").wait()
    app.press("ctrl+comma")
    app.dialog("Preferences").wait()
    app.press("Escape")
    app.dialog("Preferences").wait_gone()
    bus.activate(APPLICATION)
    ctl(stage, "unlock", "Shed", "--yes")
    app.row("Shed, unlocked").wait()
    app.quit()

    app = stage.app(bridge)
    app.row("Front Door, locked").wait()
    app.row("Shed, unlocked").wait()
    check(len(bridge.requests("/auth")) == 1, "it paired again")
    check(stage.run("get", APPLICATION, "notify-unlocked-minutes", program="gsettings").stdout == "7\n", "settings are lost")
    told = ctl_json(stage, "activity")
    check(len(history) >= 1 and told[-len(history):] == history, f"of {history} there is {told}")
    app.quit()


run()
