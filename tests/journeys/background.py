#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Going on after the window is closed: as wished, and as the desktop allows."""

from harness import APPLICATION, bus, check, journey, portal, run, steps, wait_until

LOCK = 2
LOCKED, UNLOCKED = 1, 3
FRONT_DOOR = "--lock=1:Front Door:locked"
BACK_DOOR = "--lock=3:Back Door:locked"
GARAGE = "--lock=2:Garage:unlocked"
RUN, START, SHORTCUT = "Run in Background", "Start at Login", "Shortcut to Lock All Doors"
WAITING = "Waiting for the desktop…"


@journey
def it_goes_on_without_its_window_and_says_how_doors_are(stage):
    desktop = stage.portal()
    bridge, app = steps.paired(stage, FRONT_DOOR, BACK_DOOR, GARAGE)
    app.row("Garage, unlocked").wait()
    dialog = steps.open_preferences(app)
    dialog.check(RUN).click()
    options = desktop.wait_wish("RequestBackground", autostart=False)
    check(options["reason"], "it does not say why")
    dialog.check(START).click()
    options = desktop.wait_wish("RequestBackground", autostart=True)
    check(options["commandline"] == ["nightlatch", "--background"], f"it would be started by {options}")
    steps.wait_checked(dialog, START)
    steps.close_preferences(app)
    steps.open_bridge(app)

    app.close_window()
    desktop.wait_status("2 doors locked · Garage unlocked")
    bridge.set_lock(2, state=LOCKED)
    desktop.wait_status("3 doors locked")
    check(all(len(status) <= 96 for status in desktop.statuses), f"a status is too long: {desktop.statuses}")

    bus.activate(APPLICATION)
    app.wait_window()
    app.button("Forget Bridge…").wait()
    dialog = steps.open_preferences(app)
    dialog.check(RUN).click()
    desktop.wait_wish("RequestBackground", autostart=False)
    steps.wait_checked(dialog, START, False)
    steps.close_preferences(app)
    app.close_window()
    app.wait_end()


@journey
def quit_means_quit(stage):
    stage.settings(run_in_background="true")
    stage.portal()
    _, app = steps.paired(stage, FRONT_DOOR)
    app.image("Front Door: locked").wait()
    app.quit()

    app = stage.service(option="--background")
    bus.activate_action(APPLICATION, "quit")
    app.wait_end()


@journey
def what_is_refused_is_taken_back_and_told(stage):
    desktop = stage.portal(portal.REFUSE)
    _, app = steps.paired(stage, FRONT_DOOR)
    dialog = steps.open_preferences(app)
    dialog.check(RUN).click()
    app.wait_text("Could not turn on Run in Background")
    dialog.control("The desktop did not allow it").wait()
    steps.wait_checked(dialog, RUN, False)
    check(not dialog.check(START).sensitive, "it could start at login without running in the background")

    desktop.manner = portal.GRANT
    dialog.check(RUN).click()
    steps.wait_checked(dialog, RUN)
    desktop.manner = portal.REFUSE
    dialog.check(START).click()
    app.wait_text("Could not turn on Start at Login")
    dialog.control("The desktop did not allow it").wait()
    steps.wait_checked(dialog, START, False)
    steps.wait_checked(dialog, RUN)
    check([wish[1]["autostart"] for wish in desktop.wishes] == [False, False, True], f"it asked for {desktop.wishes}")

    dialog.check(RUN).click()
    steps.wait_checked(dialog, RUN, False)
    desktop.manner = portal.MUMBLE
    dialog.check(RUN).click()
    dialog.control("The desktop did not allow it").wait()
    steps.wait_checked(dialog, RUN, False)
    steps.close_preferences(app)
    app.quit()


@journey
def without_a_portal_it_goes_on_but_does_not_start_by_itself(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR)
    dialog = steps.open_preferences(app)
    dialog.check(RUN).click()
    dialog.control("Not available on this desktop").wait()
    check(not dialog.check(START).sensitive, "it offers what nobody can do")
    steps.wait_checked(dialog, RUN)
    steps.close_preferences(app)
    app.close_window()
    steps.wait_for_place(bridge)
    check(app.runs, "it ended with its window")
    bus.activate_action(APPLICATION, "quit")
    app.wait_end()


@journey
def who_does_not_answer_keeps_nobody_waiting(stage):
    for manner in (portal.HANG, portal.THINK):
        stage.settings()
        desktop = stage.portal(manner)
        app = stage.app()
        app.button("Add Bridge…").wait()
        dialog = steps.open_preferences(app)
        dialog.check(RUN).click()
        dialog.control(WAITING).wait()
        dialog.check(RUN).click()
        dialog.control(WAITING).wait_gone()
        steps.wait_checked(dialog, RUN, False)
        if manner == portal.THINK:
            wait_until(lambda: len(desktop.closed) == 1, "the desktop goes on asking for what nobody wants any more")

        dialog.check(RUN).click()
        dialog.check(START).click()
        dialog.control(WAITING).wait()
        if manner == portal.THINK:
            desktop.stop()
            app.wait_text("Could not turn on Start at Login")
            dialog.control("The desktop did not answer").wait()
            steps.wait_checked(dialog, START, False)
            steps.wait_checked(dialog, RUN)
        steps.close_preferences(app)
        app.quit()
        desktop.stop()


@journey
def at_login_there_is_no_window(stage):
    desktop = stage.portal()
    bridge, app = steps.paired(stage, FRONT_DOOR, GARAGE)
    app.row("Garage, unlocked").wait()
    app.quit()

    # Not without having been asked to
    app = stage.start("--background", simulator=bridge)
    app.wait_end()

    stage.settings(run_in_background="true", notify_unlocked_minutes=0)
    app = stage.service(bridge, option="--background")
    stage.desktop.click("Garage is still unlocked")
    app.wait_window()
    app.image("Garage: unlocked").wait()
    app.close_window()
    desktop.wait_status("1 door locked · Garage unlocked")
    bus.activate_action(APPLICATION, "quit")
    app.wait_end()


@journey
def one_that_runs_already_stays(stage):
    stage.settings(run_in_background="true")
    app = stage.service()
    stage.start("--background").wait_end()
    bus.activate(APPLICATION)
    app.wait_window()
    app.close_window()
    check(app.runs, "it ended with its window")
    bus.activate_action(APPLICATION, "quit")
    app.wait_end()


@journey
def keys_lock_all_doors_from_anywhere_but_no_open_one(stage):
    stage.settings(run_in_background="true", notify_unlocked="false", notify_door_open="false")
    desktop = stage.portal()
    bridge, app = steps.paired(stage, FRONT_DOOR, GARAGE, "--lock=4:Cellar:unlocked")
    bridge.set_lock(4, door=3)
    app.row("Cellar, unlocked").click()
    app.press("F5")
    app.control("Open").wait()
    dialog = steps.open_preferences(app)
    dialog.check(SHORTCUT).click()
    desktop.wait_wish("BindShortcuts")
    dialog.control("Ctrl+Alt+L").wait()
    steps.close_preferences(app)
    app.close_window()

    desktop.press_shortcut("lock-all")
    told = stage.desktop.wait("Not all doors are locked")
    check("Cellar" in told.body and "Front Door" not in told.body, f"it says {told.body}")
    check(bridge.actions() == [(2, LOCK)], f"the bridge was told {bridge.actions()}")
    bridge.set_lock(4, door=2)
    desktop.wait_status("2 doors locked · Cellar unlocked")
    desktop.press_shortcut("lock-all")
    stage.desktop.wait("1 door was locked")
    check(bridge.actions() == [(2, LOCK), (4, LOCK)], f"the bridge was told {bridge.actions()}")
    bus.activate_action(APPLICATION, "quit")
    app.wait_end()


@journey
def keys_that_are_refused_are_taken_back(stage):
    desktop = stage.portal(portal.REFUSE)
    app = stage.app()
    app.button("Add Bridge…").wait()
    dialog = steps.open_preferences(app)
    dialog.check(SHORTCUT).click()
    dialog.control("The desktop did not allow it").wait()
    steps.wait_checked(dialog, SHORTCUT, False)
    check(desktop.session in desktop.closed, "the desktop keeps a session that nobody wants")
    steps.close_preferences(app)
    app.quit()


@journey
def keys_go_with_who_gave_them_and_come_back(stage):
    desktop = stage.portal(portal.CLOSE)
    app = stage.app()
    app.button("Add Bridge…").wait()
    dialog = steps.open_preferences(app)
    dialog.check(SHORTCUT).click()
    desktop.wait_wish("BindShortcuts")
    # What is answered after that is heard after that
    desktop.manner = portal.GRANT
    dialog.check(RUN).click()
    desktop.wait_wish("RequestBackground")
    steps.wait_checked(dialog, RUN)
    dialog.control(WAITING).wait_gone()
    check(not dialog.control("Ctrl+Alt+L").shows, "it shows keys of a session that is closed")

    desktop.stop()
    desktop = stage.portal()
    desktop.wait_wish("BindShortcuts")
    dialog.control("Ctrl+Alt+L").wait()
    desktop.stop()
    dialog.control("Ctrl+Alt+L").wait_gone()
    steps.wait_checked(dialog, SHORTCUT)
    steps.close_preferences(app)
    app.close_window()
    bus.activate_action(APPLICATION, "quit")
    app.wait_end()


if __name__ == "__main__":
    run()
