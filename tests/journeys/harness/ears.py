# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader hears of an application, from the moment at which it begins to listen."""

import time

from .waiting import TIMEOUT, wait_until

EVENTS = ["object:announcement", "object:state-changed:focused"]
URGENT = 2  # as in ATSPI_LIVE_ASSERTIVE


class Ears:
    def __init__(self, bus, application):
        self._bus = bus
        # All that was announced, and of that all which may interrupt
        self.announcements = []
        self.urgent = []
        # The paths of all that got the keyboard focus
        self.focused = []
        bus.listen(application, EVENTS, self._told)

    def _told(self, path, event, values):
        if event == "Announcement":
            detail, politeness, _, text, *_ = values
            self.announcements.append(text)
            if politeness == URGENT:
                self.urgent.append(text)
        elif event == "StateChanged" and values[:2] == ("focused", 1):
            self.focused.append(path)

    def hear(self):
        """Takes note of all that has been told meanwhile."""
        self._bus.hear()
        return self

    def wait_focus(self, count, timeout=0.1):
        """The path of what has the keyboard focus, as soon as that has moved more than `count` times; None if it does
        not within `timeout` seconds."""
        deadline = time.monotonic() + timeout
        self._bus.hear()
        while len(self.focused) <= count and time.monotonic() < deadline:
            self._bus.hear(timeout)
        return self.focused[-1] if len(self.focused) > count else None

    def wait(self, text, timeout=TIMEOUT):
        """Waits until `text` has been announced."""
        wait_until(lambda: text in self.hear().announcements, f"nobody heard “{text}”", timeout)
