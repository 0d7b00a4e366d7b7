#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a token is not, whatever happens: files, logs, lists of processes, the session bus. Nor what is as good as it."""

import os
import pathlib
import re
import signal
import subprocess
import urllib.parse

from harness import check, journey, process, run, steps, wait_until
from harness.stage import BUILD
from harness.telltale import Eavesdropper, Search

FRONT_DOOR = "--lock=1:Front Door:locked"
TOKEN = "Zq7Wm3Xv9Kt2Rb5"
OTHER_TOKEN = "Hn4Ys8Lc6Pf1Gd3"
WRONG_TOKEN = "Jx5Bw2Tz8Vq7Mk4"
CTL = BUILD / "src/cli/nightlatchctl"


def hide_places(search, bridge):
    """The URL at which the bridge calls is known to it and to us; its last part is the secret."""
    places = wait_until(bridge.places, "the bridge got no place to call")
    for place in places:
        secret = urllib.parse.urlsplit(place).path.rsplit("/", 1)[-1]
        check(len(secret) >= 32, f"{place} can be guessed")
        search.hide(secret)


def everything_happens(stage, bridge, app, search):
    """Commands, good and bad, and all that may go wrong with a bridge."""
    app.image("Front Door: locked").wait()
    hide_places(search, bridge)
    app.button("Unlock Front Door").click()
    app.image("Front Door: unlocked").wait()
    bridge.set_lock(1, state=1)
    app.image("Front Door: locked").wait()
    bridge.add_fault("status-401", "/lockAction", 1)
    app.button("Unlock Front Door").click()
    app.wait_text("Could not unlock Front Door")
    for kind in ("garbage", "redirect", "reset", "truncate", "status-400", "status-503"):
        bridge.add_fault(kind, "/list", 1)
        before = len(bridge.requests("/list"))
        app.press("F5")
        wait_until(lambda n=before: len(bridge.requests("/list")) > n, f"nothing was asked before {kind}", 60)
    bridge.clear_faults()
    app.press("F5")
    app.image("Front Door: locked").wait(60)
    bridge.stop()
    app.press("F5")
    app.label("The bridge “Home” cannot be reached").wait(60)
    bridge.start()
    app.press("F5")
    app.label("The bridge “Home” cannot be reached").wait_gone(60)
    app.image("Front Door: locked").wait(60)


def pair_by_token(app, bridge, *tokens):
    app.press("ctrl+n")
    app.dialog("Add Bridge").row(re.compile("^Use a Token")).click()
    app.entry("Address").enter(bridge.address)
    for token in tokens[:-1]:
        app.entry("Token").enter(token)
        app.button("Continue").click()
        app.wait_text(re.compile("^This token is not accepted"))
    app.entry("Token").enter(tokens[-1])
    app.button("Continue").click()
    steps.finish(app)


def use(stage, *options):
    """A whole life: pairing, commands, failures, another bridge by its token, the next start."""
    search = Search(TOKEN, OTHER_TOKEN, WRONG_TOKEN)
    bus = Eavesdropper(stage.folder / "bus")
    bridge = stage.simulator(FRONT_DOOR, f"--token={TOKEN}", *options)
    app = stage.app(bridge, G_MESSAGES_DEBUG="all")
    steps.pair(app, bridge)
    everything_happens(stage, bridge, app, search)
    search.look_at_process(app.pid)

    cottage = stage.simulator("--lock=7:Cottage:locked", f"--token={OTHER_TOKEN}", *options)
    pair_by_token(app, cottage, WRONG_TOKEN, OTHER_TOKEN)
    app.row("Cottage, locked, on Home 2").wait()
    hide_places(search, cottage)
    search.look_at_process(app.pid)
    app.quit()

    # The same bridge does not accept the same token any more
    bridge.stop()
    bridge.options = [option.replace(TOKEN, "an0ther") for option in bridge.options]
    bridge.start()
    app = stage.app(bridge, G_MESSAGES_DEBUG="all")
    app.row("Bridge Home, Access refused").wait(60)
    search.look_at_process(app.pid)
    app.quit()

    heard = bus.stop()
    check(b"org.freedesktop.Secret" in heard, "nothing was heard of the keyring")
    search.look("the session bus", heard, queries=False)
    n_files = search.look_at_files(os.environ["HOME"])
    names = [path.name for path in pathlib.Path(os.environ["HOME"]).rglob("*")]
    check(any(name.endswith(".db") for name in names) and any(name.endswith(".keyring") for name in names) and
          any(name.startswith("app-") for name in names) and "keyfile" in names, f"something is missing in {names}")
    check(n_files > 4, "there are hardly any files")
    for app in stage.apps:
        # One that is refused at once has little to say
        check(sum("DEBUG" in line for line in app.log()) > 20, "the log does not say all")


@journey
def no_secret_leaves_the_application(stage):
    use(stage)


@journey
def nor_where_the_bridge_takes_bare_tokens_only(stage):
    use(stage, "--api=1.6")


def ctl(stage, search, *arguments, token=None, status=0):
    """Runs nightlatchctl, and searches what it says."""
    result = subprocess.run([CTL, *arguments], input=token and token.encode(), capture_output=True, timeout=60,
                            stdin=subprocess.DEVNULL if token is None else None, env=ctl_environment(stage))
    search.look(f"what nightlatchctl {arguments} says", result.stdout + result.stderr)
    check(result.returncode == status, f"{arguments} ended with {result.returncode}: {result.stderr}")
    check(b"DEBUG" in result.stdout + result.stderr, "it does not say all")


def ctl_environment(stage):
    return os.environ | {"NIGHTLATCH_DATA_DIR": str(stage.folder / "ctl"), "G_MESSAGES_DEBUG": "all",
                         "GSETTINGS_BACKEND": "keyfile", "GSETTINGS_SCHEMA_DIR": str(BUILD / "data")}


@journey
def no_secret_leaves_the_command_line(stage):
    search = Search(TOKEN, WRONG_TOKEN)
    bus = Eavesdropper(stage.folder / "bus")
    bridge = stage.simulator(FRONT_DOOR, f"--token={TOKEN}")
    with open(os.open(stage.folder / "secret", os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="ascii") as file:
        file.write(TOKEN + "\n")

    ctl(stage, search, "pair", bridge.address, "--token-file=-", token=WRONG_TOKEN, status=4)
    ctl(stage, search, "pair", bridge.address, f"--token-file={stage.folder / 'secret'}")
    (stage.folder / "secret").unlink()
    ctl(stage, search, "unlock", "Front Door")
    ctl(stage, search, "list", "--json")
    ctl(stage, search, "--bridge=" + bridge.address, "info", "--token-file=-", token=TOKEN)
    ctl(stage, search, "--bridge=" + bridge.address, "--auth=plain", "log", "--token-file=-", token=TOKEN)
    ctl(stage, search, "--bridge=" + bridge.address, "status", "1", "--token-file=-", token=WRONG_TOKEN, status=4)
    for kind, status in (("garbage", 3), ("redirect", 3), ("status-401", 4)):
        bridge.add_fault(kind, "/list", 1)
        ctl(stage, search, "list", status=status)

    log = stage.folder / "watch.log"
    with open(log, "wb") as file:
        watch = process.start([CTL, "watch"], stdout=file, stderr=file, stdin=subprocess.DEVNULL,
                              env=ctl_environment(stage))
    hide_places(search, bridge)
    bridge.set_lock(1, state=1)
    wait_until(lambda: b"locked" in log.read_bytes(), "it does not say what changed")
    search.look_at_process(watch.pid)
    watch.send_signal(signal.SIGINT)
    watch.wait(20)

    bridge.stop()
    ctl(stage, search, "list", status=3)
    search.look("the session bus", bus.stop(), queries=False)
    search.look_at_files(os.environ["HOME"])


if __name__ == "__main__":
    run()
