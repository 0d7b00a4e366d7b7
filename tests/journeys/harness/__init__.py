# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the whole application as a person does: a real window, a real bus, a bridge in software, and assistive
technology's way of reading and pressing."""

from . import bus, portal, steps
from .app import App
from .simulator import Simulator
from .stage import APPLICATION, BUILD, Stage
from .tap import journey, run
from .waiting import Expectation, check, wait_until

__all__ = ["APPLICATION", "BUILD", "App", "Expectation", "Simulator", "Stage", "bus", "check", "journey", "portal", "run",
           "steps", "wait_until"]
