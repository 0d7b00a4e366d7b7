#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the Flatpak may do is what it needs: without any of its permissions, something that people do does not work."""

import functools
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "journeys"))
from harness import BUILD, check, journey, run, steps, wait_until  # noqa: E402
from harness.sandbox import Sandbox, WaylandSandbox  # noqa: E402

PICTURES = BUILD / "pictures"
LOCKED, UNLOCKED = 1, 3
NO_DISPLAY = "Failed to open display"


def pair(stage):
    """A bridge that the command line has been paired with."""
    bridge = stage.simulator("--lock=1:Front Door:locked", "--press-after=0.1")
    done = stage.run("pair", bridge.address, program="nightlatchctl")
    check(done.returncode == 0, f"the command line does not pair: {done.stderr}")
    return bridge


def walk(stage, picture):
    """Unlocks, sees the key turned by hand, and leaves."""
    bridge = pair(stage)
    app = stage.app(bridge)
    app.button("Unlock Front Door").click()
    app.image("Front Door: unlocked").wait()
    check(bridge.lock(1)["state"] == UNLOCKED, "the bolt did not move")
    steps.wait_for_place(bridge)
    bridge.set_lock(1, state=LOCKED)
    app.image("Front Door: locked").wait(20)
    app.screenshot(PICTURES / picture)
    app.quit()


def fails(stage, why):
    """The application ends, and says why."""
    app = stage.start()
    wait_until(lambda: not app.runs, "it goes on")
    check(any(why in line for line in app.log()), f"it says {app.log()}")
    stage.apps.remove(app)  # it has complained


@journey(stage=WaylandSandbox)
def it_works_on_wayland(stage):
    walk(stage, "wayland.png")


@journey(stage=Sandbox)
def it_works_on_x11(stage):
    walk(stage, "x11.png")


@journey(stage=functools.partial(WaylandSandbox, permissions=["--nosocket=wayland"]))
def without_wayland_there_is_no_window_on_wayland(stage):
    fails(stage, NO_DISPLAY)


@journey(stage=functools.partial(Sandbox, permissions=["--nosocket=fallback-x11", "--nosocket=x11"]))
def without_fallback_x11_there_is_no_window_on_x11(stage):
    fails(stage, NO_DISPLAY)


@journey(stage=functools.partial(Sandbox, permissions=["--unshare=network"]))
def without_network_no_bridge_is_found(stage):
    bridge = stage.simulator()
    app = stage.app(bridge)
    dialog = steps.open_dialog(app)
    dialog.control("Search Is Not Available").wait()
    check(not bridge.requests(), "it reached the bridge")


def count_shared_pictures(stage):
    """How many pieces of memory this X11 and its clients have in common."""
    header, *pieces = pathlib.Path("/proc/sysvipc/shm").read_text(encoding="ascii").splitlines()
    last_used_by = header.split().index("lpid")
    return sum(int(piece.split()[last_used_by]) == stage.display.pid for piece in pieces)


@journey(stage=Sandbox)
def with_ipc_x11_finds_its_pictures_in_shared_memory(stage):
    stage.app()
    check(count_shared_pictures(stage) > 0, "nothing is shared")


@journey(stage=functools.partial(Sandbox, permissions=["--unshare=ipc"]))
def without_ipc_each_picture_goes_to_x11_through_a_socket(stage):
    stage.app()
    check(count_shared_pictures(stage) == 0, "something is shared")


# Machines on which this runs may have no graphics card; what would be one is nothing, but it has the right name
CARD = ("bwrap", "--dev-bind", "/", "/", "--dev", "/dev", "--dir", "/dev/dri", "--dev-bind", "/dev/null", "/dev/dri/renderD128")


@journey(stage=functools.partial(Sandbox, portals=()))
def with_dri_the_graphics_card_is_there(stage):
    found = stage.run("/dev/dri", program="ls", within=CARD)
    check(found.stdout.split() == ["renderD128"], f"there is “{found.stdout}”: {found.stderr}")


@journey(stage=functools.partial(Sandbox, permissions=["--nodevice=dri"], portals=()))
def without_dri_there_is_no_graphics_card(stage):
    found = stage.run("/dev/dri", program="ls", within=CARD)
    check("No such file" in found.stderr, f"there is “{found.stdout}”: {found.stderr}")


run()
