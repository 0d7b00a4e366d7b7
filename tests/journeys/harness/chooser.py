# SPDX-License-Identifier: GPL-3.0-or-later
"""The dialog in which the desktop, not the application, asks where a file shall be."""

from . import bus, process
from .app import App
from .waiting import wait_until


class FileChooser(App):
    """That of xdg-desktop-portal-gtk, with `title`."""

    def __init__(self, display, title):
        super().__init__(process.Foreign(bus.wait_owner("org.freedesktop.impl.portal.desktop.gtk")), display, bus.LOG)
        self._title = title
        self.wait_window()

    def _find_window(self):
        return self.display.find_window("--name", f"^{self._title}$")

    def save_as(self, path):
        self._enter(path)
        self.press("Return")
        self._wait_gone()

    def cancel(self, path):
        """Thinks better of it, after all was said."""
        self._enter(path)
        self.press("Escape")
        self._wait_gone()

    def _enter(self, path):
        self.entry("Name:").enter(str(path))

    def _wait_gone(self):
        wait_until(lambda: not self.has_window, f"“{self._title}” stays")
