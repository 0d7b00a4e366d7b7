#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What locks are called on this computer, and which of them nobody wants to see."""

import os
import re
import subprocess

from harness import BUILD, check, journey, run, steps, wait_until

LOCKED, UNLOCKED = 1, 3
FRONT_DOOR = "--lock=1:Front Door:locked"
GHOST = "--lock=2:Ghost:locked"
NOWHERE = re.compile("^Ghost")


def ctl(stage, *arguments):
    environment = os.environ | {"NIGHTLATCH_DATA_DIR": str(stage.folder / "data")}
    return subprocess.run([BUILD / "src/cli/nightlatchctl", *arguments], env=environment, capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, check=False, timeout=60)


def choose(app, item):
    """Chooses something from the menu of the lock's page."""
    app.toggle("Lock Menu").click()
    app.item(item).click()


def rename(app, name, to, button="Rename"):
    choose(app, "Rename…")
    alert = app.alert(f"Rename “{name}”?")
    alert.wait()
    app.check_names()
    if to is not None:
        alert.entry("Name").enter(to)
    alert.button(button).click()
    alert.wait_gone()


def hide(app, name):
    steps.open_lock(app, name)
    choose(app, "Hide…")
    alert = app.alert(f"Hide “{name}”?")
    alert.wait()
    app.check_names()
    alert.button("Hide").click()
    alert.wait_gone()
    app.row(re.compile(f"^{name}, ")).wait_gone()


@journey
def a_lock_has_a_name_of_its_own_here(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, GHOST)
    app.image("Front Door: locked").wait()
    choose(app, "Rename…")
    alert = app.alert("Rename “Front Door”?")
    alert.wait()
    check(alert.control("Only on this computer. Its bridge calls it “Front Door”.").shows, "nobody knows what it is now")
    check(not alert.button("Use the Bridge’s Name").shows, "it offers what is so already")
    alert.entry("Name").enter("x" * 65)
    app.wait_text("A name can have up to 64 characters")
    check(not alert.button("Rename").sensitive, "it takes what cannot be a name")
    alert.entry("Name").enter("  Haustür ")
    alert.button("Rename").click()
    app.image("Haustür: locked").wait()
    app.row("Haustür, locked").wait()
    app.button("Unlock Haustür").wait()
    check(not app.control(re.compile("Front Door")).shows, "its old name still shows somewhere")

    # Likewise when the program is started anew, and after the bridge was heard
    app.quit()
    app = stage.app(bridge)
    app.image("Haustür: locked").wait()
    app.button("Unlock Haustür").click()
    app.image("Haustür: unlocked").wait()

    rename(app, "Haustür", None, "Use the Bridge’s Name")
    app.image("Front Door: unlocked").wait()
    rename(app, "Front Door", "Haustür")
    app.image("Haustür: unlocked").wait()
    rename(app, "Haustür", "")
    app.image("Front Door: unlocked").wait()
    app.quit()


@journey
def a_name_is_given_from_the_row_too(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, GHOST)
    app.image("Front Door: locked").wait()
    app.row("Ghost, locked").focus()
    app.press("Menu")
    app.item("Rename…").wait()
    app.press("Escape")
    app.item("Rename…").wait_gone()
    app.press("shift+F10")
    app.item("Rename…").click()
    alert = app.alert("Rename “Ghost”?")
    alert.entry("Name").wait_state("focused")
    app.press("ctrl+a")
    app.type("Shed")
    app.press("Return")
    app.row("Shed, locked").wait()


@journey
def a_hidden_lock_is_nowhere_and_comes_back(stage):
    stage.settings(notify_unlocked_minutes=0)
    bridge, app = steps.paired(stage, FRONT_DOOR, GHOST)
    app.image("Front Door: locked").wait()
    hide(app, "Ghost")
    app.wait_text("Ghost hidden")
    app.image("Front Door: locked").wait()
    app.row("Activity").click()
    app.toggle("All Locks").click()
    app.row("Front Door").wait()
    check(not app.row("Ghost").shows, "its activity is offered")
    app.press("Escape")
    steps.open_lock(app, "Front Door")

    # Neither the keyboard nor the desktop knows of it, but the bridge is heard as ever
    app.press("alt+2")
    bridge.set_lock(2, state=UNLOCKED)
    app.press("F5")
    wait_until(lambda: len(bridge.requests("/list")) > 1, "nobody asked the bridge")
    bridge.set_lock(1, state=UNLOCKED)
    app.press("F5")
    app.image("Front Door: unlocked").wait()
    check(not stage.desktop.history, f"this was told: {stage.desktop.history}")

    app.quit()
    app = stage.app(bridge)
    app.image("Front Door: unlocked").wait()
    check(not app.control(NOWHERE).shows, "it is shown again by itself")
    steps.open_bridge(app)
    check(app.control("Not listed, and nothing is told of them").shows, "it does not say what hiding means")
    app.check_names()
    app.button("Show Ghost Again, 00000002").click()
    app.row("Ghost, unlocked").wait()
    app.button("Show Ghost Again, 00000002").wait_gone()
    check(not app.heading("Hidden").shows, "there is a group of nothing")
    stage.desktop.wait("Ghost is still unlocked")
    app.quit()


@journey
def what_is_chosen_elsewhere_counts_here(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, GHOST)
    app.image("Front Door: locked").wait()
    app.display.blur()
    for arguments in (("rename", "Front Door", "Haustür"), ("hide", "Ghost"), ("rename-bridge", "Town")):
        check(ctl(stage, *arguments).returncode == 0, f"nightlatchctl failed to {arguments[0]}")
    app.display.focus(app.window)
    app.image("Haustür: locked").wait()
    app.row(NOWHERE).wait_gone()
    app.row(re.compile("^Bridge Town, ")).wait()

    app.display.blur()
    check(ctl(stage, "rename", "Haustür", "--reset").returncode == 0, "nightlatchctl failed to take it back")
    check(ctl(stage, "unhide", "Ghost").returncode == 0, "nightlatchctl failed to show it")
    app.display.focus(app.window)
    app.image("Front Door: locked").wait()
    app.row("Ghost, locked").wait()


@journey
def hiding_can_be_undone(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, GHOST)
    app.image("Front Door: locked").wait()
    steps.open_lock(app, "Ghost")
    choose(app, "Hide…")
    app.alert("Hide “Ghost”?").button("Hide").click()
    app.button("Undo").click()
    app.row("Ghost, locked").wait()


@journey
def nobody_hides_an_open_door_unawares(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, "--lock=2:Ghost:unlocked")
    app.image("Front Door: locked").wait()
    steps.open_lock(app, "Ghost")
    choose(app, "Hide…")
    app.wait_text(re.compile("^It is not locked. Nobody will be told of that"))
    app.press("Return")
    app.alert("Hide “Ghost”?").wait_gone()
    check(app.row("Ghost, unlocked").shows, "a key that means no has hidden it")


@journey
def all_locks_hidden_is_not_no_locks(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR)
    app.image("Front Door: locked").wait()
    hide(app, "Front Door")
    app.wait_text("All Locks Are Hidden")
    check(not app.control("No Locks Yet").shows, "it says that there are none")
    app.button("Show Bridge").click()
    app.wait_text("All locks of this bridge are hidden, and nothing is told of them")
    app.button("Show Front Door Again, 00000001").click()
    app.row("Front Door, locked").wait()
    app.quit()


@journey
def it_holds_in_a_narrow_window(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, GHOST)
    app.resize(360, 640)
    app.row("Ghost, locked").click()
    app.image("Ghost: locked").wait()
    choose(app, "Hide…")
    app.alert("Hide “Ghost”?").button("Hide").click()
    app.row("Front Door, locked").wait()
    check(not app.row(NOWHERE).shows, "it is still listed")


if __name__ == "__main__":
    run()
