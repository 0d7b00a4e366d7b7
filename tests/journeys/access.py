#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may connect to a bridge, which can be told so but does not tell."""

import re

from harness import check, journey, run, steps, wait_until

FRONT_DOOR = "--lock=1:Front Door:locked"


def open_page(stage, *options):
    bridge, app = steps.paired(stage, FRONT_DOOR, *options)
    steps.open_bridge(app)
    return bridge, app


def count(bridge, path):
    return len(bridge.requests(path))


@journey
def access_is_turned_off_and_on_again(stage):
    bridge, app = open_page(stage, "--api=1.6")
    app.wait_text("As it was when this computer was paired. The bridge does not tell.")
    switch = app.box("Allow New Connections")
    switch.click()
    app.wait_text("“Home” accepts no new connections")
    app.button("Undo").click()
    switch.wait_state("checked")
    wait_until(lambda: bridge.state()["authEnabled"], "it was not undone")
    switch.click()
    switch.wait_state(without=["checked"])
    app.wait_text("As last set here. The bridge does not tell.")
    app.wait_text("No app can ask for access, and the bridge hides its address")
    check(bridge.state()["authEnabled"] is False, "the bridge was not told")
    check([entry["params"]["enable"] for entry in bridge.requests("/configAuth")] == ["0", "1", "0"], "it was told otherwise")


@journey
def access_that_cannot_be_changed_stays(stage):
    bridge, app = open_page(stage)
    switch = app.box("Allow New Connections")
    for fault, reason in (("status-400", "does not accept this request"), ("status-404", "does not have this function"),
                          ("success-false", "refused without giving a reason"),
                          ("status-401", "does not accept the token")):
        before = count(bridge, "/configAuth")
        bridge.add_fault(fault, "/configAuth", 1)
        switch.click()
        app.wait_text("Access Not Changed")
        app.wait_text(re.compile(reason))
        app.close_alert()
        switch.wait_state("checked", "sensitive")
        check(count(bridge, "/configAuth") == before + 1, f"{fault}: it was sent again")
    check(bridge.state()["authEnabled"], "the bridge was told")


@journey
def access_that_may_have_been_changed_is_not_known(stage):
    bridge, app = open_page(stage)
    bridge.add_fault("lost-response", "/configAuth", 1)
    app.box("Allow New Connections").click()
    app.wait_text(re.compile("may or may not have been carried out"))
    app.close_alert()
    app.box("Allow New Connections").wait_gone()
    app.wait_text("Not known. The bridge does not tell.")
    check(count(bridge, "/configAuth") == 1, "it was sent again")
    app.check_names()
    app.button("Allow").click()
    app.box("Allow New Connections").wait_state("checked")
    app.quit()
    app = stage.app(bridge)
    steps.open_bridge(app)
    app.wait_text("As last set here. The bridge does not tell.")
    app.box("Allow New Connections").wait_state("checked")


@journey
def what_nobody_has_seen_is_not_known(stage):
    bridge, app = steps.paired_by_token(stage, FRONT_DOOR, "--software-bridge")
    steps.open_bridge(app)
    app.wait_text("Not known. The bridge does not tell.")
    app.button("Forbid").click()
    app.box("Allow New Connections").wait_state("sensitive", without=["checked"])
    check([entry["params"]["enable"] for entry in bridge.requests("/configAuth")] == ["0"], "it was told otherwise")


if __name__ == "__main__":
    run()
