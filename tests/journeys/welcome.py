#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody finds who has just installed Nightlatch."""

from harness import check, journey, run


@journey
def a_newcomer_is_welcomed(stage):
    app = stage.app()
    app.wait_text("Welcome to Nightlatch")
    check(app.button("Add Bridge…").shows, "there is no way to add a bridge")
    app.quit()


@journey
def the_menu_opens_by_keyboard_and_tells_about_the_app(stage):
    app = stage.app()
    app.wait_text("Welcome to Nightlatch")
    app.press("F10")
    app.item("About Nightlatch").click()
    app.row("Details").click()
    app.wait_text("Not affiliated with Nuki Home Solutions")
    app.press("Escape")
    app.row("Details").wait()
    app.press("Escape")
    app.dialog("About").wait_gone()
    app.quit()


if __name__ == "__main__":
    run()
