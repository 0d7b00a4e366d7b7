# SPDX-License-Identifier: GPL-3.0-or-later
"""The programs for the command line run where there is no desktop."""

import os
import subprocess

from ctl import CTL, main, test

FORBIDDEN = ("gtk", "adwaita", "gdk", "wayland", "libX11", "pango", "cairo")


def libraries(program):
    """All that is loaded with it, directly or not."""
    return subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout.split()


def check(program):
    found = libraries(program)
    assert any("libgio" in name for name in found), found
    for name in found:
        assert not any(word.lower() in name.lower() for word in FORBIDDEN), name


@test("/linkage/nightlatchctl-has-no-gtk")
def _():
    check(CTL)


@test("/linkage/nightlatch-simulator-has-no-gtk")
def _():
    check(os.environ["NIGHTLATCH_SIMULATOR"])


@test("/linkage/nightlatch-has-gtk-so-that-the-others-prove-something")
def _():
    assert any("libgtk-4" in name for name in libraries(os.environ["NIGHTLATCH"]))


main()
