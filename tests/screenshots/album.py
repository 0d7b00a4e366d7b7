# SPDX-License-Identifier: GPL-3.0-or-later
"""The looks in which everything is photographed, and the album that the pictures go into."""

import contextlib
import dataclasses
import re
import sqlite3
import time

from harness import Stage, wait_until

WIDE, NARROW = (980, 780), (360, 720)
# Kinds of events, as in databases
STATE, BATTERY, GAP = 1, 4, 6


@dataclasses.dataclass
class Look:
    """One way in which somebody may have set up a desktop."""

    environment: dict = dataclasses.field(default_factory=dict)
    size: tuple = WIDE
    text_scale: float = 1


LOOKS = {
    "light": Look(),
    "dark": Look({"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}),
    "high-contrast": Look({"ADW_DEBUG_HIGH_CONTRAST": "1"}),
    "narrow": Look(size=NARROW),
    "large-text": Look(text_scale=2),
    "right-to-left": Look({"GTK_DEBUG": "invert-text-dir"}),
}

# For those who do not have the program yet: as large as a shop shows it, with the shadow
SHOWCASE = Look(size=(950, 650))


class Photographer:
    """Takes the pictures of one scene in one look."""

    def __init__(self, look, folder):
        self.look = look
        self.folder = folder
        self.stage = Stage(text_scale=look.text_scale)
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
        app = self.stage.app(bridge, **(self.look.environment | environment))
        app.resize(*self.look.size)
        return app

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
