#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A house with more doors than fit on a page."""

import re

from harness import check, journey, run, steps


def rows(app):
    """What the locks' rows say."""
    locks = app.list("Home").wait()
    return [node.name for node in locks.walk() if node.role == "list item"]


@journey
def eight_locks_need_no_search(stage):
    _, app = steps.paired(stage, "--locks=8")
    app.row(re.compile("^Front Door, ")).wait()
    check(not app.search().shows, "it offers a search for what is in sight")


@journey
def nine_locks_can_be_searched(stage):
    _, app = steps.paired(stage, "--locks=9")
    app.search("Search 9 locks").wait()
    app.press("ctrl+f")
    app.type("cell")
    app.row(re.compile("^Front Door, ")).wait_gone()
    check([name.split(",")[0] for name in rows(app)] == ["Cellar"], f"the search finds {rows(app)}")
    app.type("xyz")
    app.wait_text("No Locks Found")
    app.press("Escape")
    app.row(re.compile("^Front Door, ")).wait()


@journey
def nine_locks_can_be_filtered(stage):
    bridge, app = steps.paired(stage, "--locks=9")
    everything = {lock["name"] for lock in bridge.state()["locks"]}
    app.row(re.compile("^Front Door, ")).wait()
    app.choice("Unlocked").click()
    app.row(re.compile("^Front Door, ")).wait_gone()
    check(rows(app) and all("unlocked" in name or "open" in name for name in rows(app)), f"among them are {rows(app)}")
    app.choice("Issues").click()
    app.row(re.compile("battery low")).wait()
    check(len(rows(app)) < len(everything), "everything seems to be an issue")
    app.choice("All").click()
    app.row(re.compile("^Front Door, ")).wait()


@journey
def return_does_what_has_the_focus(stage):
    """And not what the search would find."""
    _, app = steps.paired(stage, "--locks=9")
    app.search("Search 9 locks").wait()
    app.row(re.compile("^Bridge Home, ")).focus()
    app.press("Return")
    app.heading("Connected").wait()
    app.row("Bridge Log").focus()
    app.press("Return")
    app.search("Search log").wait()
    app.press("alt+Left")
    app.press("ctrl+f")
    app.type("cell")
    app.row(re.compile("^Front Door, ")).wait_gone()
    app.press("Return")
    app.image(re.compile("^Cellar: ")).wait()


if __name__ == "__main__":
    run()
