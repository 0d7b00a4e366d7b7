#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether everything can be found and used by somebody who only listens and types."""

import re

from harness import check, journey, run, steps


@journey
def everything_on_the_way_to_the_locks_has_a_name(stage):
    bridge = stage.simulator("--lock=1:Front Door:locked", "--opener=2:Street Door")
    app = stage.app(bridge)
    app.button("Add Bridge…").wait_state("focused")
    app.check_names()
    app.press("Return")
    row = app.dialog("Add Bridge").row(re.compile(r"^Bridge \d+"))
    row.wait()
    app.check_names()
    app.dialog("Add Bridge").row(re.compile("^Use a Token")).click()
    app.entry("Token").wait()
    app.check_names()
    app.button("Back").click()
    row.click()
    app.heading("Press the Button on the Bridge").wait()
    app.check_names()
    bridge.press_button()
    app.wait_text("Bridge Added")
    app.check_names()
    steps.finish(app)
    app.image("Front Door: locked").wait()
    app.check_names()
    app.button("Open Front Door").click()
    app.alert("Open “Front Door”?").wait()
    app.check_names()


if __name__ == "__main__":
    run()
