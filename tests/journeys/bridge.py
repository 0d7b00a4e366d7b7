#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What shows when it is the bridge that has a problem."""

from harness import check, journey, run, steps, wait_until

FRONT_DOOR = "--lock=1:Front Door:locked"
UNREACHABLE = "The bridge “Home” cannot be reached"
REFUSED = "“Home” no longer accepts this computer"


@journey
def a_bridge_that_goes_away_is_missed_and_comes_back(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, "--token=abc123")
    app.image("Front Door: locked").wait()
    bridge.stop()
    app.press("F5")
    app.label(UNREACHABLE).wait()
    app.image("Front Door: was locked").wait()
    check(not app.button("Unlock Front Door").shows, "it offers what cannot work")
    bridge.start()
    app.button("Try Again").click()
    app.label(UNREACHABLE).wait_gone()
    app.image("Front Door: locked").wait()


@journey
def a_bridge_that_comes_back_is_noticed(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, "--token=abc123")
    app.image("Front Door: locked").wait()
    bridge.stop()
    app.press("F5")
    app.label(UNREACHABLE).wait()
    bridge.start()
    app.label(UNREACHABLE).wait_gone(60)
    app.image("Front Door: locked").wait()


@journey
def a_command_to_a_bridge_that_is_gone_fails_honestly(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, "--token=abc123")
    app.image("Front Door: locked").wait()
    bridge.stop()
    app.button("Unlock Front Door").click()
    app.wait_text("Could not unlock Front Door")
    app.label(UNREACHABLE).wait()
    bridge.start()
    app.label(UNREACHABLE).wait_gone(60)
    check(not bridge.actions(), "a command was sent later than the person thinks")


@journey
def a_token_that_is_no_longer_accepted_is_asked_for_anew(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, "--token=abc123")
    app.image("Front Door: locked").wait()
    bridge.stop()
    bridge.options = [option.replace("abc123", "xyz789") for option in bridge.options]
    bridge.start()
    app.press("F5")
    app.label(REFUSED).wait()
    before = len(bridge.requests())
    app.press("F5")
    check(len(bridge.requests()) - before <= 1, "a bridge that says no is asked again and again")
    app.button("Pair Again").click()
    bridge.press_button()
    app.wait_text("Bridge Added")
    app.button("Done").click()
    app.label(REFUSED).wait_gone()
    app.image("Front Door: locked").wait()


@journey
def a_busy_bridge_is_no_reason_to_complain(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR)
    bridge.set_lock(1, state=3)
    bridge.add_fault("status-503", "/list", 2)
    app.press("F5")
    app.image("Front Door: unlocked").wait(30)
    check(not app.label(UNREACHABLE).shows, "it complained about a busy bridge")


@journey
def nonsense_from_the_bridge_is_survived(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR)
    for kind in ("garbage", "deep", "huge", "wrong-types", "bad-utf8", "truncate"):
        bridge.add_fault(kind, "/list", 1)
        before = len(bridge.requests("/list"))
        app.press("F5")
        wait_until(lambda n=before: len(bridge.requests("/list")) > n, f"nothing was asked before {kind}", 60)
    bridge.clear_faults()
    app.press("F5")
    app.image("Front Door: locked").wait(60)
    app.quit()


if __name__ == "__main__":
    run()
