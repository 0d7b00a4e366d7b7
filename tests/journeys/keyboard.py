#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything by real keys alone, as somebody does who has no mouse."""

import re

from harness import check, journey, run, steps, wait_until

UNLOCK, LOCK, UNLATCH, LOCK_N_GO = 1, 2, 3, 4
LOCKS = "--lock=1:Front Door:locked", "--lock=2:Garage:unlocked", "--lock=3:Cellar:locked"


def wait_action(bridge, *action):
    wait_until(lambda: bridge.actions()[-1:] == [action], f"the bridge was told {bridge.actions()}, and not {action}")


@journey
def from_first_start_to_a_locked_door(stage):
    bridge = stage.simulator("--lock=1:Front Door:unlocked", "--lock=2:Garage:locked")
    app = stage.app(bridge)
    app.button("Add Bridge…").wait_focus()
    app.press("Return")
    dialog = app.dialog("Add Bridge")
    dialog.row(re.compile(r"^Bridge \d+")).focus()
    app.press("Return")
    app.wait_text("Press the Button on the Bridge")
    bridge.press_button()
    app.entry("Name").wait_focus()
    app.type("Château")
    app.button("Done").focus()
    app.press("Return")
    dialog.wait_gone()
    app.row("Front Door, unlocked").wait_focus()

    app.press("Return")
    app.button("Lock Front Door").wait_focus()
    app.press("Return")
    app.image("Front Door: locked").wait()
    check(bridge.actions() == [(1, LOCK)], f"the bridge was told {bridge.actions()}")
    app.button("Unlock Front Door").wait_focus()
    app.press("alt+Left")
    app.row("Front Door, locked").wait_focus()
    app.press("Down")
    app.row("Garage, locked").wait_focus()
    app.image("Garage: locked").wait()
    app.quit()


@journey
def every_shortcut_does_what_it_says(stage):
    bridge, app = steps.paired(stage, *LOCKS, "--lock-n-go-time=0.5")
    app.row("Front Door, locked").wait_focus()
    app.press("ctrl+u")
    app.image("Front Door: unlocked").wait()
    wait_action(bridge, 1, UNLOCK)
    app.press("ctrl+l")
    app.image("Front Door: locked").wait()
    wait_action(bridge, 1, LOCK)
    app.press("ctrl+o")
    app.alert("Open “Front Door”?").wait()
    app.press("Escape")
    app.alert("Open “Front Door”?").wait_gone()
    app.press("ctrl+g")
    wait_action(bridge, 1, LOCK_N_GO)
    app.image("Front Door: locked").wait()
    app.press("ctrl+shift+l")
    app.alert("Lock All Doors?").wait()
    app.press("Return")
    wait_action(bridge, 2, LOCK)
    app.row("Garage, locked").wait()

    app.press("alt+3")
    app.image("Cellar: locked").wait()
    app.row("Cellar, locked").wait_focus()
    bridge.set_lock(3, state=3)
    app.press("F5")
    app.image("Cellar: unlocked").wait()
    bridge.set_lock(3, state=1)
    app.press("ctrl+r")
    app.image("Cellar: locked").wait()

    app.press("ctrl+h")
    app.wait_text("The bridge reports what changed, not who did it.")
    wait_until(lambda: app.focused() and app.focused().role != "list item", "the focus stayed at the lock")
    app.press("alt+Left")
    app.row("Activity").wait_focus()
    app.press("ctrl+b")
    app.heading("Connected").wait()
    app.press("alt+Left")
    app.row(re.compile("^Bridge Home, ")).wait_focus()
    app.press("alt+1")
    app.row("Front Door, locked").wait_focus()

    app.press("F10")
    app.item("About Nightlatch").wait()
    app.press("Escape")
    app.item("About Nightlatch").wait_gone()
    app.press("alt+1")
    app.row("Front Door, locked").wait_focus()
    app.press("ctrl+comma")
    app.dialog("Preferences").wait()
    app.press("ctrl+w")
    app.dialog("Preferences").wait_gone()
    app.row("Front Door, locked").wait_focus()
    app.press("ctrl+n")
    app.dialog("Add Bridge").wait()
    app.press("ctrl+w")
    app.dialog("Add Bridge").wait_gone()
    app.row("Front Door, locked").wait_focus()
    for key in ("ctrl+w", "Escape"):
        app.press("ctrl+question")
        app.control(re.compile("Open door")).wait()
        app.press(key)
        app.control(re.compile("Open door")).wait_gone()
        app.display.focus(app.window)
    app.row("Front Door, locked").wait_focus()
    app.press("ctrl+w")
    app.wait_end()


@journey
def typing_finds_a_lock_even_among_few(stage):
    _, app = steps.paired(stage, *LOCKS)
    app.row("Front Door, locked").wait_focus()
    check(not app.search().shows, "it offers a search for what is in sight")
    app.press("ctrl+f")
    app.search("Search 3 locks").wait_focus()
    app.press("Escape")
    app.search().wait_gone()
    app.row("Front Door, locked").wait_focus()
    app.type("cell")
    app.row("Garage, unlocked").wait_gone()
    app.search("Search 3 locks").wait_focus()
    app.press("Return")
    app.image("Cellar: locked").wait()
    app.button("Unlock Cellar").wait_focus()
    app.search().wait_gone()
    app.row("Garage, unlocked").wait()


@journey
def dialogs_let_nothing_through(stage):
    bridge, app = steps.paired(stage, *LOCKS)
    app.row("Front Door, locked").wait_focus()
    app.press("ctrl+o")
    app.alert("Open “Front Door”?").wait()
    app.press("ctrl+u", "ctrl+l", "ctrl+g", "ctrl+o", "ctrl+shift+l", "ctrl+n", "ctrl+comma", "ctrl+h", "ctrl+b", "ctrl+f",
              "alt+2", "F5", "alt+Left", "ctrl+s")
    app.press("ctrl+w")
    app.alert("Open “Front Door”?").wait_gone()
    check(not app.dialog().shows and not app.alert().shows, "one dialog opens over another")
    app.row("Front Door, locked").wait_focus()
    check(not bridge.actions(), f"the bridge was told {bridge.actions()}")
    app.press("Menu")
    app.item("Unlock").wait()
    app.press("ctrl+u")
    app.press("Escape")
    app.item("Unlock").wait_gone()
    check(not bridge.actions(), f"the bridge was told {bridge.actions()}")
    app.press("ctrl+question")
    app.control(re.compile("Open door")).wait()
    app.quit()


@journey
def quitting_does_not_wait_for_an_answer(stage):
    _, app = steps.paired(stage, *LOCKS)
    app.row("Front Door, locked").wait_focus()
    app.press("ctrl+o")
    app.alert("Open “Front Door”?").wait()
    app.quit()


@journey
def a_key_that_is_held_means_it_once(stage):
    bridge, app = steps.paired(stage, "--lock=1:Front Door:unlocked")
    app.row("Front Door, unlocked").wait_focus()
    app.press("Return")
    app.button("Lock Front Door").wait_focus()
    app.hold("Return", 3)  # which is long enough to lock and to unlock
    app.image("Front Door: locked").wait()
    check(bridge.actions() == [(1, LOCK)], f"the bridge was told {bridge.actions()}")


if __name__ == "__main__":
    run()
