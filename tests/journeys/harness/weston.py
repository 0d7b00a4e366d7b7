# SPDX-License-Identifier: GPL-3.0-or-later
"""A Wayland compositor without a screen, and without any X11."""

import os
import pathlib
import shutil
import subprocess

from . import process
from .waiting import wait_until

SOCKET = "wayland-journey"


class Weston:
    """Has neither a keyboard nor a mouse: what happens there is pressed as assistive technology does."""

    def __init__(self, folder):
        self._folder = folder
        self.environment = {"WAYLAND_DISPLAY": SOCKET}
        self._server = process.start(
            ["weston", "--backend=headless", "--renderer=pixman", f"--socket={SOCKET}", "--no-config", "--idle-time=0",
             "--width=1280", "--height=900", "--debug", f"--log={folder / 'weston.log'}"], stderr=subprocess.DEVNULL)
        socket = pathlib.Path(os.environ["XDG_RUNTIME_DIR"]) / SOCKET
        wait_until(socket.exists, "weston did not start")

    def stop(self):
        process.stop(self._server)

    def screenshot(self, path):
        """Writes what there is to see to `path`."""
        for old in self._folder.glob("wayland-screenshot-*.png"):
            old.unlink()
        subprocess.run(["weston-screenshooter"], cwd=self._folder, env=os.environ | self.environment, check=True,
                       timeout=20, stdout=subprocess.DEVNULL)
        shutil.move(next(self._folder.glob("wayland-screenshot-*.png")), path)
