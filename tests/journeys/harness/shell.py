# SPDX-License-Identifier: GPL-3.0-or-later
"""Searching as on GNOME."""

import configparser

from gi.repository import GLib

from . import bus
from .waiting import wait_until


class Search:
    """GNOME Shell, as far as it searches: it knows of us what our file `provider` tells it."""

    def __init__(self, provider):
        file = configparser.RawConfigParser()
        file.read(provider)
        group = file["Shell Search Provider"]
        self._name, self._path = group["BusName"], group["ObjectPath"]

    def call(self, method, signature, *arguments):
        answer = bus.call(self._name, self._path, "org.gnome.Shell.SearchProvider2", method,
                          GLib.Variant(signature, arguments))
        return answer[0] if answer else None

    def find(self, *terms):
        return self.call("GetInitialResultSet", "(as)", terms)

    def describe(self, ids):
        return self.call("GetResultMetas", "(as)", ids)

    def look(self, *terms):
        """What a person sees: names and descriptions."""
        return [(meta["name"], meta["description"]) for meta in self.describe(self.find(*terms))]

    def names(self, *terms):
        return [name for name, _ in self.look(*terms)]

    def wait(self, name, *terms):
        """The ID of the result with that name, as soon as there is one."""
        def find():
            return next((meta["id"] for meta in self.describe(self.find(*terms)) if meta["name"] == name), None)
        return wait_until(find, f"“{' '.join(terms)}” does not find “{name}”")

    def choose(self, result, *terms):
        self.call("ActivateResult", "(sasu)", result, terms, 12345)

    def go_on(self, *terms):
        """Chooses the program itself, beside its results."""
        self.call("LaunchSearch", "(asu)", terms, 12345)
