#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the token is kept in a sandbox: in a file of the application's own, which only the desktop's keyring can open."""

import base64
import functools
import os
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "journeys"))
from harness import check, journey, run, steps  # noqa: E402
from harness.sandbox import DATA, PORTALS, Sandbox  # noqa: E402

TOKEN = "a1b2c3d4e5"
KEYRING = DATA / "data" / "keyrings" / "default.keyring"
# A desktop without the Secret portal still has the others
WITHOUT = functools.partial(Sandbox, portals=["org.freedesktop.portal.Flatpak"])


def find_token():
    """The files in which anybody can read the token."""
    spellings = [TOKEN.encode(), base64.b64encode(TOKEN.encode()).rstrip(b"="), TOKEN.encode("utf-16-le")]
    home = pathlib.Path(os.environ["HOME"])
    return [path for path in home.rglob("*") if path.is_file() and any(text in path.read_bytes() for text in spellings)]


def pair(stage):
    bridge = stage.simulator(f"--token={TOKEN}", "--lock=1:Front Door:locked")
    app = stage.app(bridge)
    steps.open_dialog(app).row(re.compile("^Use a Token")).click()
    app.entry("Address").enter(bridge.address)
    app.entry("Token").enter(TOKEN)
    app.button("Continue").click()
    return bridge, app


@journey(stage=Sandbox)
def a_token_is_kept_where_only_the_keyring_can_read_it(stage):
    bridge, app = pair(stage)
    steps.finish(app)
    app.image("Front Door: locked").wait()
    app.quit()
    check(KEYRING.exists(), f"there is only {list(DATA.rglob('*.keyring'))}")
    check(KEYRING.stat().st_mode & 0o077 == 0, "others may read it")
    check(not find_token(), f"the token is in the clear in {find_token()}")

    app = stage.app(bridge)
    app.row("Front Door, locked").wait()
    app.quit()
    told = stage.run("list", program="nightlatchctl")
    check("Front Door" in told.stdout, f"the command line says {told.stdout}{told.stderr}")


@journey(stage=WITHOUT)
def without_a_keyring_a_token_is_kept_until_the_end_and_that_is_said(stage):
    bridge, app = pair(stage)
    app.wait_text(re.compile("keyring|until Nightlatch (is closed|ends|quits)"))
    steps.finish(app)
    app.button("Unlock Front Door").click()
    app.image("Front Door: unlocked").wait()
    app.quit()
    check(not find_token(), f"the token is in the clear in {find_token()}")

    app = stage.app(bridge)
    app.row("Front Door, was unlocked").wait()
    app.wait_text(re.compile("There is no keyring that could have kept the token"))
    app.button("Pair Again").wait()
    app.quit()


@journey(stage=WITHOUT)
def a_keyring_that_stays_locked_is_told_and_tried_again(stage):
    keyring = stage.deny()
    bridge, app = pair(stage)
    steps.finish(app)
    app.quit()
    keyring.stop()

    keyring = stage.deny("refusing", "Secret")
    app = stage.app(bridge)
    app.row("Front Door, was locked").wait()
    app.wait_text(re.compile("The keyring with the bridge’s token is locked. Unlock it, then try again"))
    check(not app.button("Pair Again").shows, "nobody needs another token")
    keyring.denied = {}
    app.button("Try Again").click()
    app.image("Front Door: locked").wait()
    app.quit()


@journey(stage=WITHOUT)
def a_keyring_that_goes_takes_nothing_along(stage):
    keyring = stage.deny()
    bridge, app = pair(stage)
    steps.finish(app)
    keyring.stop()
    app.button("Unlock Front Door").click()
    app.image("Front Door: unlocked").wait()
    app.quit()

    keyring = stage.deny()
    app = stage.app(bridge)
    app.image("Front Door: unlocked").wait()
    app.quit()


run()
