# SPDX-License-Identifier: GPL-3.0-or-later
"""The application as it is installed: a Flatpak, in its sandbox, on a desktop that has portals."""

import os
import pathlib
import shutil
import subprocess
import time

from . import accessible, bus, process
from .app import App
from .simulator import Simulator
from .stage import APPLICATION, Stage
from .waiting import wait_until
from .weston import Weston

HOME = pathlib.Path(os.environ["HOME"])
DATA = HOME / ".var" / "app" / APPLICATION
SERVICES = pathlib.Path("/usr/share/dbus-1/services")
# What a desktop starts for programs in a sandbox
PORTALS = ("org.freedesktop.portal.Desktop", "org.freedesktop.portal.Documents", "org.freedesktop.portal.Flatpak",
           "org.freedesktop.impl.portal.PermissionStore", "org.freedesktop.impl.portal.desktop.gtk")
EXPORTS = f"{os.environ['FLATPAK_USER_DIR']}/exports/share:/usr/local/share:/usr/share"


def command(*options, program=None):
    """What runs the Flatpak; `options` are those of flatpak run."""
    chosen = [f"--command={program}"] if program else []
    return ["flatpak", "--user", "run", "--die-with-parent", *chosen, *options, APPLICATION]


class SandboxedSimulator(Simulator):
    """The bridge that comes with the Flatpak."""

    def _command(self):
        return command(program=self.program)


class SandboxedApp(App):
    """What a process is called differs inside and outside; but there is only one with this name."""

    def _find_on_bus(self):
        questions = [(name, accessible.ROOT, accessible.PROPERTIES, "Get", accessible.NAME_OF_IT)
                     for name in self._bus.applications()]
        return next((question[0] for question, answer in zip(questions, self._bus.ask_all(questions))
                     if answer in (APPLICATION, "nightlatch")), None)

    def _find_window(self):
        return self.display.find_window("--class", "[Nn]ightlatch")


class WindowlessApp(SandboxedApp):
    """On Wayland, no other program knows of its window."""

    def wait_window(self):
        self._name = wait_until(self._find_name, "the window did not come up")

    def _find_window(self):
        return self._find_on_bus()

    def quit(self):
        bus.activate_action(APPLICATION, "quit")
        self.wait_end()


class Sandbox(Stage):
    """`permissions` are options of flatpak run, such as --unshare=network; without `portals`, the desktop has none."""

    kind = SandboxedApp

    def __init__(self, permissions=(), portals=True):
        super().__init__()
        self._permissions = permissions
        self._portals = portals

    def __enter__(self):
        shutil.rmtree(DATA, ignore_errors=True)
        super().__enter__()
        bus.set_environment(self.display.environment | {"XDG_CURRENT_DESKTOP": "GNOME", "XDG_DATA_DIRS": EXPORTS,
                             "GSK_RENDERER": "cairo"})
        if self._portals:
            for name in PORTALS:
                bus.add_service(name, (SERVICES / f"{name}.service").read_text(encoding="utf-8"))
        return self

    def __exit__(self, *problem):
        subprocess.run(["flatpak", "kill", APPLICATION], check=False, stderr=subprocess.DEVNULL)
        super().__exit__(*problem)
        for name in PORTALS:
            bus.remove_service(name)
            owner = bus.find_owner(name)
            if owner:
                process.stop(process.Foreign(owner))

    def simulator(self, *options, port=0):
        number = f"--bridge-id={int.from_bytes(os.urandom(3))}"
        own = any(option.startswith("--bridge-id") for option in options)
        simulator = SandboxedSimulator("nightlatch-simulator", *options, *([] if own else [number]), port=port)
        self._started.append(simulator)
        return simulator

    def run(self, *arguments, program=None, within=()):
        """Runs one of the Flatpak's programs to its end, by the command `within`; returns what it did."""
        return subprocess.run([*within, *command(*self._permissions, program=program), *arguments], check=False,
                              capture_output=True, text=True, timeout=60, env=os.environ | self._environment(None))

    def start(self, *options, simulator=None, **environment):
        app = self.kind.start([*command(*self._permissions), *options], self.display,
                              self.folder / f"app-{len(self.apps)}.log", self._environment(simulator) | environment)
        self._started.append(app)
        self.apps.append(app)
        return app

    def app(self, simulator=None, **environment):
        app = self.start(simulator=simulator, **environment)
        app.wait_window()
        return app

    def _environment(self, simulator):
        """As little as can be: the rest is what a sandbox gives."""
        return {
            "NIGHTLATCH_DISCOVERY_URL": simulator.discovery_url if simulator else "http://127.0.0.1:9/discover/bridges",
            "GSK_RENDERER": "cairo",
            "XDG_CURRENT_DESKTOP": "GNOME",
            "XDG_DATA_DIRS": EXPORTS,
        }


class WaylandSandbox(Sandbox):
    """Likewise, where there is no X11."""

    kind = WindowlessApp

    def _make_display(self):
        return Weston(self.folder)
