# SPDX-License-Identifier: GPL-3.0-or-later
"""The looks in which everything is photographed, and the album that the pictures go into."""

import contextlib
import dataclasses
import functools
import os
import pathlib
import re
import sqlite3
import time

import pseudo
from harness import Stage, wait_until

# With the border of 5 pixels that windows have where nothing composes them; a phone, the smallest that a window of GNOME
# may have to be, and a screen as wide as two
WIDE, NARROW, TINY, ULTRAWIDE = (980, 780), (370, 730), (370, 304), (2560, 900)
# Kinds of events, as in databases
STATE, BATTERY, GAP = 1, 4, 6


@dataclasses.dataclass
class Look:
    """One way in which somebody may have set up a desktop."""

    environment: dict = dataclasses.field(default_factory=dict)
    size: tuple = WIDE
    text_scale: float = 1
    pseudo: bool = False


LOOKS = {
    "light": Look(),
    "dark": Look({"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}),
    "high-contrast": Look({"ADW_DEBUG_HIGH_CONTRAST": "1"}),
    "narrow": Look(size=NARROW),
    "large-text": Look(text_scale=2),
    "large-text-narrow": Look(size=NARROW, text_scale=2),
    "right-to-left": Look({"GTK_DEBUG": "invert-text-dir"}),
    "right-to-left-narrow": Look({"GTK_DEBUG": "invert-text-dir"}, size=NARROW),
    "pseudo": Look(pseudo=True),
    "pseudo-narrow": Look(size=NARROW, pseudo=True),
    "tiny": Look(size=TINY),
    "ultrawide": Look(size=ULTRAWIDE),
}

# For those who do not have the program yet: as large as a shop shows it, with the shadow
SHOWCASE = Look(size=(950, 650))


# An alert looks whether its heading fits in large letters (libadwaita 1.7)
KNOWN_COMPLAINT = re.compile(r"Trying to measure GtkLabel 0x\w+ for width of \d+, but it needs at least")


@functools.cache
def speak():
    """What lets the application speak the language that nobody speaks."""
    return pseudo.make(pathlib.Path(os.environ["HOME"]) / "pseudo")


class Photographer:
    """Takes the pictures of one scene in one look."""

    def __init__(self, look, folder):
        self.look = look
        self.folder = folder
        self._environment = look.environment | (speak() if look.pseudo else {})
        self.stage = Stage(text_scale=look.text_scale, screen=(max(1280, look.size[0]), 900),
                           read=pseudo.plain if look.pseudo else str)
        self.taken = []

    def __enter__(self):
        self.stage.__enter__()
        return self

    def __exit__(self, *problem):
        self.stage.__exit__(*problem)

    def simulator(self, *options):
        return self.stage.simulator(*options)

    def app(self, bridge, **environment):
        """The application in this look."""
        app = self.stage.app(bridge, **(self._environment | environment))
        app.resize(*self.look.size)
        return app

    def translate(self, text):
        """What the application says, in its language."""
        return pseudo.pseudo(text) if self.look.pseudo else text

    def go(self, app, row):
        """Activates a row of the sidebar, also where the sidebar and the content show in turn."""
        if not app.row(row).shows:
            app.press("alt+Left")
        app.row(row).click()

    def history(self, *events):
        """Records what happened before; each event is how long ago in seconds, a lock, a kind, from, to, and a cause.
        The values of a gap are how long ago it began and ended."""
        now = int(time.time())
        with contextlib.closing(sqlite3.connect(self.stage.folder / "data" / "nightlatch.db", timeout=10)) as connection:
            for ago, lock, kind, before, after, cause in events:
                if kind == GAP:
                    before, after = now - before, now - after
                connection.execute(
                    "INSERT INTO events (bridge, nuki_id, device_type, at, kind, from_value, to_value, cause) "
                    "SELECT number, nuki_id, device_type, ?, ?, ?, ?, ? FROM devices JOIN bridges ON bridge_id = id "
                    "WHERE nuki_id = ?", (now - ago, kind, before, after, cause, lock))
            connection.commit()

    def take(self, app, name):
        """Writes a picture, as soon as nothing moves any more."""
        path = self.folder / f"{name}.png"
        before = None

        def still():
            nonlocal before
            app.portrait(path)
            now = path.read_bytes()
            same, before = now == before, now
            return same
        time.sleep(0.2)
        wait_until(still, f"{name} does not come to rest", 20)
        self.taken.append(path)

    def take_moving(self, app, name):
        """Writes a picture of something that does not come to rest."""
        path = self.folder / f"{name}.png"
        app.portrait(path)
        self.taken.append(path)


scenes = []


def scene(function):
    """Marks a function that takes a Photographer as a scene."""
    scenes.append(function)
    return function


showcases = []


def showcase(function):
    """Marks a scene whose pictures are part of the README and of the metainfo."""
    showcases.append(function)
    return function


def matches(words, *names):
    """Whether somebody asked for any of `names`; who asks for nothing wants all."""
    return not words or any(re.search(word, name) for word in words for name in names)
