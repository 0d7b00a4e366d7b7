#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files are written where a person chooses in the desktop's own dialog, though the sandbox may see none."""

import csv
import json
import os
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "journeys"))
from harness import check, journey, run, steps, wait_until  # noqa: E402
from harness.chooser import FileChooser  # noqa: E402
from harness.sandbox import Sandbox  # noqa: E402

DOCUMENTS = pathlib.Path(os.environ["HOME"]) / "Documents"


def names():
    return sorted(path.name for path in DOCUMENTS.iterdir())


@journey(stage=Sandbox)
def a_log_and_activity_are_exported_to_where_one_chooses(stage):
    DOCUMENTS.mkdir()
    bridge, app = steps.paired(stage, "--lock=1:Front Door:locked", "--log-entries=40")
    app.button("Unlock Front Door").click()
    app.image("Front Door: unlocked").wait()

    app.row("Activity").click()
    app.wait_text("The bridge reports what changed, not who did it.")
    app.press("ctrl+s")
    FileChooser(app.display, "Export Activity").cancel(DOCUMENTS / "no.json")
    app.display.focus(app.window)
    app.press("ctrl+s")
    chooser = FileChooser(app.display, "Export Activity")
    chooser.screenshot(stage.pictures / "export.png")
    chooser.save_as(DOCUMENTS / "activity.csv")
    app.wait_text("Activity exported")
    with open(DOCUMENTS / "activity.csv", newline="", encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    check({row["lock"] for row in rows} == {"Front Door"}, f"there is {rows}")
    check(rows[0]["to"] == "unlocked" and rows[0]["cause"] == "this-computer", f"the latest is {rows[0]}")

    app.display.focus(app.window)
    app.press("Escape")
    steps.open_log(app)
    app.label(re.compile("entries$")).wait()
    app.button("Export…").click()
    FileChooser(app.display, "Export Log").save_as(DOCUMENTS / "home-log.json")
    app.wait_text("Log exported")
    wait_until(lambda: len(json.loads((DOCUMENTS / "home-log.json").read_text(encoding="utf-8"))) >= 40, "the log is not whole")
    check(names() == ["activity.csv", "home-log.json"], f"there is {names()}")
    app.display.focus(app.window)
    app.quit()


run()
