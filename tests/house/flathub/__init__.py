# SPDX-License-Identifier: GPL-3.0-or-later
"""What Flathub asks of what is published there, by the names that its linter has for it where it has some. Names of rules that
only its documentation has, or that are our own, are made likewise. What desktop-file-validate and appstreamcli say is
not said again, unless it is easily lost."""

from . import desktop, identity, looks, manifest, metainfo, modules, permissions  # noqa: F401, each brings its rules
from .package import Package  # noqa: F401
from .rules import RULES, broken  # noqa: F401
