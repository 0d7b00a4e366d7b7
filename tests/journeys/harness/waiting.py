# SPDX-License-Identifier: GPL-3.0-or-later
"""Conditions and deadlines."""

import time

# What takes a moment here may take long on a busy machine; nobody waits for it in vain more than once
TIMEOUT = 30


class Expectation(AssertionError):
    """The application did something else than a person would expect."""


def check(condition, what):
    """Fails with `what` unless `condition` holds."""
    if not condition:
        raise Expectation(what)


def wait_until(condition, what, timeout=TIMEOUT):
    """Returns what `condition` returns as soon as that is true; fails with `what`, a text or what makes one, after `timeout` seconds."""
    deadline = time.monotonic() + timeout
    while True:
        begun = time.monotonic()
        result = condition()
        if result:
            return result
        if begun > deadline:
            raise Expectation(f"{what() if callable(what) else what} (after {timeout} s)")
        # To look takes time from what is looked at
        time.sleep(max(0.08, min(0.4, 2 * (time.monotonic() - begun))))
