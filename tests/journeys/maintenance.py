#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A bridge is told to restart, to update its firmware, or to forget everything; and what a person sees of that."""

import re

from harness import check, journey, run, steps, wait_until

HARDWARE = ("--lock=1:Front Door:locked", "--lock=2:Garage:locked", "--token=abc123", "--uptime=100000",
            "--firmware=2.17.0")
UNREACHABLE = "The bridge “Home” cannot be reached"
RESTARTING = "“Home” is restarting"
UPDATING = "“Home” is updating its firmware"


def sent(bridge, path):
    return len(bridge.requests(path))


def confirm(app, row, button):
    """Presses a row, and the button of what it asks."""
    app.button(row).click()
    app.button(button).click()


def ask_in_vain(app, bridge, row, question, path):
    """Whoever says no, closes the alert, or presses Return without a thought, has nothing done."""
    for answer in ("Cancel", "Escape", "Return"):
        app.button(row).click()
        app.wait_text(question)
        app.check_names()
        if answer != "Cancel":
            app.press(answer)
        # Where something is to be typed, Return does nothing at all
        if answer == "Cancel" or (answer == "Return" and app.entry(re.compile("^Type ")).shows):
            app.button("Cancel").click()
        app.label(question).wait_gone()
    check(sent(bridge, path) == 0, f"{path} was sent although nobody agreed")


def restart(stage, *options):
    bridge, app = steps.paired(stage, *HARDWARE, "--reboot-time=6", *options)
    steps.wait_for_place(bridge)
    steps.open_bridge(app)
    return bridge, app


def comes_back(app, bridge, banner):
    """Waits for the end of it; nothing must be complained of meanwhile."""
    label = app.label(banner)

    def gone():
        check(not app.label(UNREACHABLE).shows, "it complained of what was to be expected")
        return not label.shows

    wait_until(gone, "the banner stays", 60)
    app.row(re.compile("^Bridge Home, Connected")).wait(30)


@journey
def a_restart_is_waited_for(stage):
    # Long enough to look at all of it
    bridge, app = restart(stage, "--reboot-time=15")
    ask_in_vain(app, bridge, "Restart Bridge…", "Restart “Home”?", "/reboot")
    confirm(app, "Restart Bridge…", "Restart")
    app.label(RESTARTING).wait()
    check(not app.button("Try Again").shows, "there is a button where there is nothing to be done")
    app.row("Bridge Home, Restarting…").wait()
    for row in ("Restarting…", "Update Firmware…", "Factory Reset…"):
        check(not app.button(row).sensitive, f"“{row}” can be pressed while the bridge restarts")
    app.check_names()
    steps.open_lock(app, "Front Door")
    app.image("Front Door: was locked").wait()
    app.label("Home · Restarting…").wait()
    check(not app.button("Unlock Front Door").shows, "it offers what cannot work")
    before = sent(bridge, "/callback/list") if bridge_answers(bridge) else 0
    comes_back(app, bridge, RESTARTING)
    app.image("Front Door: locked").wait()
    check(sent(bridge, "/reboot") == 1, "it was restarted more than once")
    wait_until(lambda: sent(bridge, "/callback/list") > before, "nobody looked after instant updates")


def bridge_answers(bridge):
    try:
        bridge.state()
        return True
    except OSError:
        return False


@journey
def an_old_bridge_that_does_not_answer_restarts_likewise(stage):
    bridge, app = steps.paired(stage, "--lock=1:Front Door:locked", "--api=1.6", "--uptime=100000", "--reboot-time=6")
    steps.open_bridge(app)
    bridge.add_fault("lost-response", "/reboot", 1)
    confirm(app, "Restart Bridge…", "Restart")
    app.label(RESTARTING).wait()
    comes_back(app, bridge, RESTARTING)
    check(sent(bridge, "/reboot") == 1, "it was restarted more than once")


@journey
def nobody_is_notified_of_a_restart(stage):
    stage.settings(notify_unreachable_minutes=0)
    bridge, app = restart(stage)
    confirm(app, "Restart Bridge…", "Restart")
    app.label(RESTARTING).wait()
    app.display.blur()
    comes_back(app, bridge, RESTARTING)
    check(not stage.desktop.history, f"somebody was told: {stage.desktop.history}")


@journey
def new_firmware_is_told(stage):
    bridge, app = restart(stage, "--new-firmware=2.18.0")
    ask_in_vain(app, bridge, "Update Firmware…", "Update Firmware of “Home”?", "/fwupdate")
    confirm(app, "Update Firmware…", "Update")
    app.label(UPDATING).wait()
    comes_back(app, bridge, UPDATING)
    app.wait_text("Firmware of “Home”: 2.17.0 → 2.18.0")
    # Nor does that stand in the way of what is newer
    app.box("Allow New Connections").click()
    app.wait_text("“Home” accepts no new connections")
    check(sent(bridge, "/fwupdate") == 1, "it was updated more than once")


@journey
def a_bridge_that_looks_for_firmware_goes_on_working(stage):
    bridge, app = restart(stage, "--new-firmware=none")
    confirm(app, "Update Firmware…", "Update")
    app.label(UPDATING).wait()
    steps.open_lock(app, "Front Door")
    app.button("Unlock Front Door").click()
    app.image("Front Door: unlocked").wait()
    check(app.label(UPDATING).shows, "it gave up early")


@journey
def what_a_bridge_refuses_is_explained(stage):
    bridge, app = restart(stage)
    for row, button, path, heading in (("Restart Bridge…", "Restart", "/reboot", "Bridge Not Restarted"),
                                       ("Update Firmware…", "Update", "/fwupdate", "Firmware Not Updated")):
        for fault, reason in (("status-400", "does not accept this request"),
                              ("status-404", "does not have this function"),
                              ("success-false", "refused without giving a reason")):
            before = sent(bridge, path)
            bridge.add_fault(fault, path, 1)
            confirm(app, row, button)
            app.wait_text(heading)
            app.wait_text(re.compile(reason))
            app.check_names()
            app.close_alert()
            app.label(heading).wait_gone()
            check(sent(bridge, path) == before + 1, f"{path} was sent again")
            check(not app.label(RESTARTING).shows, "it waits for what does not happen")


@journey
def a_busy_bridge_is_said_to_be_busy(stage):
    bridge, app = restart(stage)
    bridge.add_fault("status-503", "/reboot")
    confirm(app, "Restart Bridge…", "Restart")
    app.label("Bridge Not Restarted").wait(60)
    app.wait_text(re.compile("busy"))


@journey
def whoever_has_no_access_restarts_nothing(stage):
    bridge, app = restart(stage)
    for fault in ("status-403", "status-401"):
        bridge.add_fault(fault)
        confirm(app, "Restart Bridge…", "Restart")
        app.wait_text("Bridge Not Restarted")
        app.close_alert()
        app.label("“Home” no longer accepts this computer").wait()
        bridge.clear_faults()
        app.button("Measure Again").click()
        app.label("“Home” no longer accepts this computer").wait_gone()
    check(sent(bridge, "/reboot") == 2, "it was sent again")


@journey
def a_bridge_that_is_gone_cannot_be_restarted(stage):
    bridge, app = restart(stage)
    bridge.stop()
    confirm(app, "Restart Bridge…", "Restart")
    app.label("Bridge Not Restarted").wait(30)
    app.wait_text(re.compile("cannot be reached"))
    app.close_alert()


@journey
def forgetting_ends_the_waiting(stage):
    bridge, app = steps.paired(stage, *HARDWARE, "--reboot-time=3600")
    steps.open_bridge(app)
    confirm(app, "Restart Bridge…", "Restart")
    app.label(RESTARTING).wait()
    confirm(app, "Forget Bridge…", "Forget")
    app.label("Welcome to Nightlatch").wait(30)
    app.quit()


@journey
def nothing_is_done_to_a_bridge_that_is_being_forgotten(stage):
    bridge, app = restart(stage)
    # So that giving back the place takes a while
    bridge.add_fault("hang", "/callback/remove", 1)
    confirm(app, "Forget Bridge…", "Forget")
    app.alert("Forget “Home”?").wait_gone()
    app.press("shift+Tab", "Return")
    app.label("Welcome to Nightlatch").wait(30)
    check(not app.alert("Restart “Home”?").shows, "it asks about a bridge that is gone")
    check(sent(bridge, "/reboot") == 0, "a bridge that is forgotten was restarted")


@journey
def an_app_that_is_a_bridge_is_not_maintained(stage):
    bridge, app = steps.paired_by_token(stage, "--lock=1:Front Door:locked", "--software-bridge")
    steps.open_bridge(app)
    app.button("Update Firmware…").wait_gone()
    for row in ("Restart Bridge…", "Factory Reset…"):
        check(not app.button(row).shows, f"it offers “{row}”")
    check(not app.label("Maintenance").shows, "there is a heading above nothing")
    # Nor is that forgotten while it does not say so
    app.quit()
    bridge.stop()
    app = stage.app()
    app.row(re.compile("^Bridge Home, Cannot be reached")).wait(60)
    steps.open_bridge(app)
    for row in ("Update Firmware…", "Restart Bridge…", "Factory Reset…"):
        check(not app.button(row).shows, f"it offers “{row}” although it is known to be an app")
    check(not app.row("Bridge Log").shows, "it offers a log")
    confirm(app, "Forget Bridge…", "Forget")
    app.wait_text("Welcome to Nightlatch")


if __name__ == "__main__":
    run()
