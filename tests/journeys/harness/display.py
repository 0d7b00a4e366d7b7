# SPDX-License-Identifier: GPL-3.0-or-later
"""A screen, a keyboard and a mouse that nobody else uses."""

import os
import subprocess
import time

from . import process
from .waiting import Expectation


# By their codes: newer keymaps have their names again where Alt is held, and xdotool then holds it
FUNCTION_KEYS = {f"F{i}": f"{66 + i}" for i in range(1, 11)}


class Display:
    def __init__(self, width=1280, height=900):
        reader, writer = os.pipe()
        self._server = process.start(
            ["Xvfb", "-displayfd", writer, "-screen", 0, f"{width}x{height}x24", "-nolisten", "tcp", "-noreset"],
            pass_fds=[writer], stderr=subprocess.DEVNULL)
        os.close(writer)
        with os.fdopen(reader) as answer:
            number = answer.readline().strip()
        if not number:
            raise Expectation("Xvfb did not start")
        self.name = ":" + number
        self.environment = {"DISPLAY": self.name}
        self.pid = self._server.pid
        # Out of the way: in the middle, where it starts, it would hover over things
        self._run("xdotool", "mousemove", width - 1, height - 1)

    def stop(self):
        process.stop(self._server)

    def screenshot(self, path, geometry=None):
        """Writes what the screen shows to `path`; of all, or of `geometry`, as in X11's WxH+X+Y."""
        crop = ["-crop", geometry, "+repage"] if geometry else []
        self._run("import", "-silent", "-window", "root", *crop, path)

    def portrait(self, window, path):
        """Writes `window` to `path` as it looks on a desktop: with round corners and a shadow, in place of the plain
        border that it has where nothing composes windows."""
        plain, radius = 5, 15
        self._run("import", "-silent", "-window", window, path)
        self._run("convert", path, "-shave", f"{plain}x{plain}", "+repage", path)
        width, height = map(int, self._run("identify", "-format", "%w %h", path).split())
        self._run("convert", path, "-alpha", "set",
                  "(", "-size", f"{width}x{height}", "xc:none", "-fill", "white", "-draw",
                  f"roundrectangle 0,0 {width - 1},{height - 1} {radius},{radius}", ")",
                  "-compose", "DstIn", "-composite",
                  "(", "+clone", "-background", "black", "-shadow", "45x14+0+6", ")", "+swap",
                  "-background", "none", "-compose", "Over", "-layers", "merge", "+repage", "-strip",
                  "-define", "png:exclude-chunks=date,time", path)

    def find_window(self, *how):
        """The X11 window that xdotool finds so, or None."""
        found = self._run("xdotool", "search", "--onlyvisible", *how, check=False)
        return found.splitlines()[0] if found else None

    def focus(self, window):
        """Gives the keyboard to `window`, which nobody else does where there is no window manager."""
        self._run("xdotool", "windowfocus", "--sync", window)

    def blur(self):
        """Takes the keyboard away from all windows: the person looks elsewhere."""
        self._run("xdotool", "windowfocus", 1)  # X11's PointerRoot

    def resize(self, window, width, height):
        """Gives `window` another size; its border is a part of that."""
        self._run("xdotool", "windowsize", "--sync", window, width, height)

    def press(self, *keys):
        """Presses real keys, named as in xdotool: `ctrl+n`, `Return`."""
        codes = ("+".join(FUNCTION_KEYS.get(part, part) for part in key.split("+")) for key in keys)
        self._run("xdotool", "key", "--clearmodifiers", *codes)

    def hold(self, key, seconds):
        """Holds a real key down, so that it comes again and again."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._run("xdotool", "keydown", key)
            time.sleep(0.05)
        self._run("xdotool", "keyup", key)

    def type(self, text):
        """Types `text` on the real keyboard."""
        self._run("xdotool", "type", "--delay", 20, text)

    def click(self, x, y, button=1):
        """Clicks with the real mouse."""
        self._run("xdotool", "mousemove", int(x), int(y), "click", button)

    def _run(self, *command, check=True):
        done = subprocess.run(list(map(str, command)), env=os.environ | self.environment, check=False,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20)
        if check and done.returncode:
            raise Expectation(f"{' '.join(map(str, command))}: {done.stderr.strip()}")
        return done.stdout.strip()
