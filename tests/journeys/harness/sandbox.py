# SPDX-License-Identifier: GPL-3.0-or-later
"""The application as it is installed: a Flatpak, in its sandbox, on a desktop that has portals."""

import os
import pathlib
import re
import shutil
import subprocess
import time

from . import accessible, bus, denied, process
from .app import App
from .denied import DeniedPortals
from .simulator import Simulator
from .stage import APPLICATION, BUILD, Stage
from .waiting import wait_until
from .weston import Weston

HOME = pathlib.Path(os.environ["HOME"])
DATA = HOME / ".var" / "app" / APPLICATION
KEYFILE = pathlib.Path("glib-2.0", "settings", "keyfile")
DESKTOP = {"XDG_CURRENT_DESKTOP": "GNOME", "GSK_RENDERER": "cairo"}
RUNTIME = pathlib.Path("/run/user", str(os.getuid()))
SERVICES = pathlib.Path("/usr/share/dbus-1/services")
# What a desktop starts for programs in a sandbox
DOCUMENTS = "org.freedesktop.portal.Documents"
PORTALS_SAY = re.compile("xdg-desktop-portal|xdg-document-portal|flatpak-portal|pw.conf")
PORTALS = ("org.freedesktop.portal.Desktop", DOCUMENTS, "org.freedesktop.portal.Flatpak",
           "org.freedesktop.impl.portal.PermissionStore", "org.freedesktop.impl.portal.desktop.gtk")


def exports():
    """Where a desktop finds what Flatpaks have for it."""
    return pathlib.Path(os.environ["FLATPAK_USER_DIR"]) / "exports" / "share"


def data_dirs():
    return f"{exports()}:/usr/local/share:/usr/share"


def command(*options, program=None):
    """What runs the Flatpak; `options` are those of flatpak run."""
    chosen = [f"--command={program}"] if program else []
    return ["flatpak", "--user", "run", *chosen, *options, APPLICATION]


def child(*options, program=None):
    """Likewise, but what runs ends with us."""
    return command("--die-with-parent", *options, program=program)


class SandboxedSimulator(Simulator):
    """The bridge that comes with the Flatpak."""

    def _command(self):
        return child(program=self.program)


class SandboxedApp(App):
    """What a process is called differs inside and outside; but there is only one with this name."""

    def _find_on_bus(self):
        questions = [(name, accessible.ROOT, accessible.PROPERTIES, "Get", accessible.NAME_OF_IT)
                     for name in self._bus.applications()]
        return next((question[0] for question, answer in zip(questions, self._bus.ask_all(questions))
                     if answer in (APPLICATION, "nightlatch")), None)

    def _find_window(self):
        return self.display.find_window("--class", "[Nn]ightlatch")

    def check_log(self, known=PORTALS_SAY):
        """Where the bus starts it, others say things at the same place."""
        super().check_log(known)


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
    """`permissions` are options of flatpak run, such as --unshare=network; `portals` are names of what the desktop
    starts."""

    kind = SandboxedApp
    pictures = BUILD / "pictures"

    def __init__(self, permissions=(), portals=PORTALS):
        super().__init__()
        self._permissions = permissions
        self._portals = portals

    def __enter__(self):
        shutil.rmtree(DATA, ignore_errors=True)
        super().__enter__()
        # What is started for that shall not have this display, and end with it
        bus.call("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")
        bus.set_environment(self.display.environment | DESKTOP | {"XDG_DATA_DIRS": data_dirs()})
        # What it gives to a sandbox has the same path inside and outside, as the runtime folder has on every desktop
        # but this
        RUNTIME.mkdir(0o700, parents=True, exist_ok=True)
        for name in self._portals:
            service = (SERVICES / f"{name}.service").read_text(encoding="utf-8")
            if name == DOCUMENTS:
                service = service.replace("Exec=", f"Exec=/usr/bin/env XDG_RUNTIME_DIR={RUNTIME} ")
            bus.add_service(name, service)
        return self

    def __exit__(self, *problem):
        subprocess.run(["flatpak", "kill", APPLICATION], check=False, stderr=subprocess.DEVNULL)
        super().__exit__(*problem)
        for name in PORTALS:
            bus.remove_service(name)
            owner = bus.find_owner(name)
            if owner:
                process.stop(process.Foreign(owner))

    def settings(self, **values):
        """Where the sandbox has them."""
        super().settings(**values)
        path = DATA / "config" / KEYFILE
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(self.folder / "config" / KEYFILE, path)

    def simulator(self, *options, port=0):
        number = f"--bridge-id={int.from_bytes(os.urandom(3))}"
        own = any(option.startswith("--bridge-id") for option in options)
        simulator = SandboxedSimulator("nightlatch-simulator", *options, *([] if own else [number]), port=port)
        self._started.append(simulator)
        return simulator

    def deny(self, manner=None, *names):
        """Has other portals than those that a desktop starts; `names` of them, or all, are as `manner` says."""
        portals = DeniedPortals(**{name: manner for name in names or denied.PORTALS})
        self._started.append(portals)
        return portals

    def run(self, *arguments, program=None, within=(), simulator=None, text_in=None, **environment):
        """Runs one of the Flatpak's programs to its end, by the command `within`; returns what it did."""
        given = {"stdin": subprocess.DEVNULL} if text_in is None else {"input": text_in}
        return subprocess.run([*within, *child(*self._permissions, program=program), *arguments], check=False,
                              capture_output=True, text=True, timeout=60, env=self.environment(simulator) | environment,
                              **given)

    def start(self, *options, simulator=None, **environment):
        app = self.kind.start([*child(*self._permissions), *options], self.display,
                              self.folder / f"app-{len(self.apps)}.log", self._environment(simulator) | environment)
        self._started.append(app)
        self.apps.append(app)
        return app

    def app(self, simulator=None, **environment):
        app = self.start(simulator=simulator, **environment)
        app.wait_window()
        return app

    def activatable(self, simulator=None, **environment):
        """Has the bus start it by the file that Flatpak exports, as every desktop's does."""
        bus.set_environment(self._environment(simulator) | environment)
        service = exports() / "dbus-1" / "services" / f"{APPLICATION}.service"
        bus.add_service(APPLICATION, service.read_text(encoding="utf-8"))

    def environment(self, simulator=None):
        """What a program of the desktop has around it."""
        return os.environ | self.display.environment | self._environment(simulator)

    def _environment(self, simulator):
        """As little as can be: the rest is what a sandbox gives."""
        return {
            "NIGHTLATCH_DISCOVERY_URL": simulator.discovery_url if simulator else "http://127.0.0.1:9/discover/bridges",
            "XDG_DATA_DIRS": data_dirs(),
        } | DESKTOP


class WaylandSandbox(Sandbox):
    """Likewise, where there is no X11."""

    kind = WindowlessApp

    def _make_display(self):
        return Weston(self.folder)
