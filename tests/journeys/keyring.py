#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pairing where no Secret Service runs: the token lasts as long as the session, and the window says so."""

import re

from harness import check, journey, run, steps


@journey
def without_a_keyring_it_works_until_it_ends_and_says_so(stage):
    bridge = stage.simulator("--lock=1:Front Door:locked")
    app = stage.app(bridge)
    steps.choose_found(app)
    bridge.press_button()
    app.wait_text(re.compile("keyring|until Nightlatch (is closed|ends|quits)"))
    steps.finish(app)
    app.button("Unlock Front Door").click()
    app.image("Front Door: unlocked").wait()
    app.quit()

    app = stage.app(bridge)
    app.row("Front Door, was unlocked").wait()
    check(app.button("Pair Again").wait(), "there is no way to pair again")


if __name__ == "__main__":
    run()
