# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through what a window shows with nothing but the keyboard."""

# After that many answers, a key has led nowhere. Only keys that do lead nowhere cost it.
PATIENCE = 10
# More than any page has
MOST_STEPS = 200


class Walk:
    """Where the keyboard leads within what shows."""

    def __init__(self, app):
        self._app = app
        # The paths of all that had the focus, and of those at which one stops who only goes on
        self.reached = set()
        self.stops = []

    def _step(self, key):
        """Presses `key`; returns the path of what has the focus then, None if it has not moved."""
        path = self._app.step(key, PATIENCE)
        if path:
            self.reached.add(path)
        return path

    def go_round(self, key, look_around=None):
        """Presses `key` until it leads to where it has led before. At each stop, `look_around` may say which keys lead
        to what else is of interest there, and whether that goes on."""
        self.stops = []
        for _ in range(MOST_STEPS):
            path = self._step(key)
            if path is None or path in self.stops:
                break
            self.stops.append(path)
            if look_around:
                look_around(path)

    def follow(self, key, wanted):
        """Presses `key` as long as that leads on, and any of `wanted`, paths, has not been reached."""
        seen = set()
        while not wanted <= self.reached:
            path = self._step(key)
            if path is None or path in seen:
                break
            seen.add(path)

    def return_to(self, path, back, on):
        """Moves the focus to where it was."""
        if self._step(back) != path:
            for _ in range(MOST_STEPS):
                if self._step(on) in (None, path):
                    break
