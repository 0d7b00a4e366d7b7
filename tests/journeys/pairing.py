#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the welcome page to a bridge's locks: all ways that lead there."""

import re

from harness import check, journey, run, steps


@journey
def pressing_the_button_pairs(stage):
    bridge = stage.simulator("--lock=1:Front Door:locked", "--lock=2:Garage:unlocked")
    app = stage.app(bridge)
    steps.choose_found(app)
    app.wait_text("Press the Button on the Bridge")
    app.wait_text(re.compile(r"^(30|2\d) seconds left$"))
    check(bridge.state()["led"], "the bridge does not wait for its button")
    bridge.press_button()
    app.wait_text("2 Locks Found")
    app.row(re.compile("^Front Door")).wait()
    steps.finish(app)
    app.row("Front Door, locked").wait()
    app.row("Garage, unlocked").wait()
    check(len(bridge.requests("/auth")) == 1, "the bridge was asked more than once for its token")
    app.quit()


@journey
def the_bridge_may_be_given_a_name(stage):
    bridge = stage.simulator()
    app = stage.app(bridge)
    steps.choose_found(app)
    bridge.press_button()
    app.entry("Name").enter("Château")
    steps.finish(app)
    app.wait_text("Château")


@journey
def an_address_may_be_typed_whole(stage):
    bridge = stage.simulator()
    bridge.set_discovery("empty")
    app = stage.app(bridge)
    dialog = steps.open_dialog(app)
    dialog.row(re.compile("^No Bridge Found")).wait()
    dialog.row(re.compile("^Enter Address")).click()
    app.entry("Address").enter(bridge.address)
    app.button("Continue").click()
    bridge.press_button()
    steps.finish(app)


@journey
def an_address_may_be_typed_in_parts(stage):
    bridge = stage.simulator()
    app = stage.app()
    steps.open_dialog(app).row(re.compile("^Enter Address")).click()
    app.entry("Address").focus()
    app.type("127.0.0.1")
    app.number("Port").focus()
    app.press("ctrl+a")
    app.type(str(bridge.port))
    app.button("Continue").focus()
    app.press("Return")
    bridge.press_button()
    steps.finish(app)


@journey
def a_token_may_be_typed_even_wrongly_at_first(stage):
    bridge = stage.simulator("--token=secret1")
    app = stage.app(bridge)
    steps.open_dialog(app).row(re.compile("^Use a Token")).click()
    app.entry("Address").enter(bridge.address)
    app.entry("Token").enter("secret2")
    refused = re.compile("^This token is not accepted")
    app.button("Continue").click()
    app.wait_text(refused)
    app.entry("Token").wait_state("invalid-entry")
    app.entry("Token").enter(" secret1 ")
    app.control(refused).wait_gone()
    app.button("Continue").click()
    steps.finish(app)
    check(not bridge.requests("/auth"), "the button was asked for although there was a token")


@journey
def a_bridge_that_hides_its_address_asks_for_it(stage):
    bridge = stage.simulator("--discovery=hidden")
    app = stage.app(bridge)
    dialog = steps.open_dialog(app)
    dialog.control("Hides its address. Enter it yourself.").wait()
    dialog.row(re.compile("^Bridge ")).click()
    app.entry("Address").enter(bridge.address)
    app.button("Continue").click()
    bridge.press_button()
    steps.finish(app)


@journey
def a_bridge_is_added_only_once(stage):
    bridge, app = steps.paired(stage)
    app.press("ctrl+n")
    app.dialog("Add Bridge").control("Already added").wait()
    app.press("Escape")
    app.dialog("Add Bridge").wait_gone()


if __name__ == "__main__":
    run()
