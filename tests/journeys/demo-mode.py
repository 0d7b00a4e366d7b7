#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody without a lock tries Nightlatch, and nothing is left of that."""

import os
import pathlib
import re
import shutil
import subprocess

from harness import check, journey, run, steps, wait_until
from harness.stage import BUILD

MARK = "Demo without real locks"


def simulators():
    """The processes of simulators that there are on this computer for this journey's application."""
    found = []
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            arguments = (folder / "cmdline").read_bytes().split(b"\0")
            home = f"HOME={os.environ['HOME']}".encode() in (folder / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        if home and b"--until-eof" in arguments:
            found.append(arguments)
    return found


def traces(stage):
    """All that the application keeps, and what the keyring has."""
    files = {path: path.read_bytes() for path in stage.folder.rglob("*")
             if path.is_file() and path.suffix != ".log" and "cache" not in path.parts}
    secrets = subprocess.run(["secret-tool", "search", "--all", "--unlock", "application",
                              "io.github.nightlatch.Nightlatch"], capture_output=True, check=False)
    return files, secrets.stdout


def try_it(stage, **changes):
    # Neither a bridge nor a discovery service is anywhere
    app = stage.app(GSETTINGS_BACKEND="keyfile", **changes)
    app.button("Try Without a Lock").click()
    app.label(MARK).wait()
    return app


@journey
def a_demo_leaves_no_trace(stage):
    app = stage.app(GSETTINGS_BACKEND="keyfile")
    app.wait_text("Welcome to Nightlatch")
    app.quit()
    before = traces(stage)

    app = try_it(stage)
    app.row("Front Door, locked").wait()
    app.row(re.compile("^Back Door, locked, battery low")).wait()
    app.row(re.compile("^Street Door")).wait()
    app.check_names()
    steps.open_lock(app, "Front Door")
    app.button("Unlock Front Door").click()
    app.image("Front Door: unlocked").wait()
    app.row(re.compile("^Bridge Demo, ")).click()
    app.button("Forget Bridge…").wait()
    app.row("Bridge Log").click()
    app.wait_text(re.compile("^Bridge Log"))
    check(len(simulators()) == 1, f"there are {simulators()}")
    check(not any(b"token" in argument for program in simulators() for argument in program), "a token can be read")
    app.press("ctrl+n")
    app.button("Leave").click()
    app.wait_text("Welcome to Nightlatch")
    app.label(MARK).wait_gone()
    wait_until(lambda: not simulators(), "the simulated bridge is still there")
    app.button("Add Bridge…").click()
    app.dialog("Add Bridge").wait()
    app.press("Escape")
    app.quit()
    after = traces(stage)
    check(before == after, f"this was left: {[path for path in after[0] if before[0].get(path) != after[0][path]]}, "
                           f"{after[1]}")


@journey
def a_demo_ends_with_the_application(stage):
    for end in ("close", "kill"):
        app = try_it(stage)
        app.row("Front Door, locked").wait()
        check(len(simulators()) == 1, f"there are {simulators()}")
        if end == "kill":
            app.kill()
        else:
            app.quit()
        wait_until(lambda: not simulators(), f"the simulated bridge survives it ({end})")


@journey
def forgetting_the_bridge_ends_the_demo(stage):
    app = try_it(stage)
    app.row(re.compile("^Bridge Demo, ")).click()
    app.button("Forget Bridge…").wait()
    app.button("Forget Bridge…").click()
    app.button("Forget").click()
    app.wait_text("Welcome to Nightlatch")
    wait_until(lambda: not simulators(), "the simulated bridge is still there")
    app.quit()


@journey
def without_a_simulator_there_is_no_demo(stage):
    program = stage.folder / "nightlatch"
    shutil.copy(BUILD / "src/nightlatch", program)
    app = stage.app(program=program)
    app.button("Try Without a Lock").click()
    app.wait_text("The Demo Could Not Start")
    app.wait_text("The program nightlatch-simulator is missing, which is installed together with Nightlatch")
    app.press("Escape")
    app.label("The Demo Could Not Start").wait_gone()
    check(app.button("Try Without a Lock").sensitive, "it cannot be tried again")
    app.quit()


@journey
def a_simulator_that_says_nothing_is_given_up(stage):
    program = stage.folder / "nightlatch"
    shutil.copy(BUILD / "src/nightlatch", program)
    silent = stage.folder / "nightlatch-simulator"
    silent.write_text("#!/bin/sh\nexec sleep 300.5\n", encoding="utf-8")
    silent.chmod(0o755)

    def sleepers():
        return subprocess.run(["pgrep", "-f", "^sleep 300.5$"], capture_output=True, check=False).stdout.split()

    before = sleepers()
    app = stage.app(program=program)
    app.button("Try Without a Lock").click()
    wait_until(lambda: len(sleepers()) > len(before), "nothing was started")
    app.wait_text("The Demo Could Not Start")
    wait_until(lambda: sleepers() == before, "it is still there")
    app.press("Escape")
    app.label("The Demo Could Not Start").wait_gone()

    # Nor does it outlive who does not wait for that
    app.button("Try Without a Lock").click()
    wait_until(lambda: len(sleepers()) > len(before), "nothing was started")
    app.quit()
    wait_until(lambda: sleepers() == before, "it survives the application")


if __name__ == "__main__":
    run()
