# SPDX-License-Identifier: GPL-3.0-or-later
"""One journey's world: a screen, a desktop, bridges, and the application with folders of its own."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile

from . import bus, process
from .app import App
from .display import Display
from .impostor import Server
from .notifications import Notifications
from .portal import Portal
from .simulator import Simulator

BUILD = pathlib.Path(os.environ["NIGHTLATCH_BUILD"])
# The application's ID, after which it is called on the bus, and its settings are kept
APPLICATION = os.environ.get("NIGHTLATCH_APPLICATION") or next((BUILD / "data").glob("*.gschema.xml")).name.removesuffix(".gschema.xml")
SETTINGS = APPLICATION.replace(".", "/")


class Stage:
    """All that is started here ends with the `with` block. Wants the session of tests/with-session.sh around it."""

    kind = App

    def __init__(self, animations=False, text_scale=1, screen=(1280, 900), read=str):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="stage.", dir=os.environ["HOME"]))
        self._animations = animations
        self._text_scale = text_scale
        self._screen = screen
        self._read = read
        self._started = []
        self.apps = []
        self.display = None
        self.desktop = None

    def __enter__(self):
        settings = self.folder / "config" / "gtk-4.0" / "settings.ini"
        settings.parent.mkdir(parents=True)
        settings.write_text("[Settings]\ngtk-font-name=Adwaita Sans 11\ngtk-decoration-layout=appmenu:close\n"
                            f"gtk-enable-animations={str(self._animations).lower()}\ngtk-cursor-blink=false\n",
                            encoding="utf-8")
        (self.folder / "x-resources").write_text(f"Xft.dpi: {96 * self._text_scale}\n", encoding="utf-8")
        self.display = self._make_display()
        self._started.append(self.display)
        self.desktop = Notifications()
        self._started.append(self.desktop)
        return self

    def _make_display(self):
        return Display(*self._screen)

    def __exit__(self, *_):
        for thing in reversed(self._started):
            thing.stop()
        bus.remove_service(APPLICATION)
        shutil.rmtree(self.folder, ignore_errors=True)

    def settings(self, **values):
        """Chooses settings, and no others, before the application starts; `values` as in a file of GVariants, with _
        for -."""
        path = self.folder / "config" / "glib-2.0" / "settings" / "keyfile"
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [f"{key.replace('_', '-')}={value}" for key, value in values.items()]
        path.write_text("\n".join([f"[{SETTINGS}]", *lines, ""]), encoding="utf-8")

    def choose(self, **values):
        """Likewise while it runs, as gsettings does."""
        for key, value in values.items():
            subprocess.run(["gsettings", "set", APPLICATION, key.replace("_", "-"), str(value)],
                           env=os.environ | self._environment(None), check=True, timeout=60)

    def ends_with(self, thing):
        """Stops `thing`, too, when all else ends."""
        self._started.append(thing)

    def simulator(self, *options, port=0):
        """A bridge that discovery finds; `options` as in nightlatch-simulator --help."""
        # Nobody's token in the keyring is another journey's
        number = f"--bridge-id={int.from_bytes(os.urandom(3))}"
        own = any(option.startswith("--bridge-id") for option in options)
        simulator = Simulator(BUILD / "src/simulator/nightlatch-simulator", *options, *([] if own else [number]),
                              port=port)
        self._started.append(simulator)
        return simulator

    def portal(self, *manner, **options):
        """The desktop's portals, which answer in that manner."""
        portal = Portal(*manner, **options)
        self._started.append(portal)
        return portal

    def server(self, answer):
        """Something that is no bridge; `answer` makes JSON of a request's path."""
        server = Server(answer)
        self._started.append(server)
        return server

    def app(self, simulator=None, program=BUILD / "src/nightlatch", **environment):
        """The application, asking `simulator` which bridges there are. It finds all as the one before it left it."""
        app = self.start(simulator=simulator, program=program, **environment)
        app.wait_window()
        return app

    def service(self, simulator=None, option="--gapplication-service", **environment):
        """Likewise, but without a window; it is there once others can call it."""
        app = self.start(option, simulator=simulator, **environment)
        bus.wait_owner(APPLICATION)
        return app

    def start(self, *options, simulator=None, program=BUILD / "src/nightlatch", **environment):
        """The application, whatever it then does."""
        app = self.kind.start([program, *options], self.display, self.folder / f"app-{len(self.apps)}.log",
                        self._environment(simulator) | environment, self._read)
        self._started.append(app)
        self.apps.append(app)
        return app

    def activatable(self, simulator=None, **environment):
        """Has the session bus start the application for whoever calls it, by the file that is installed for that."""
        installed = (BUILD / "data" / f"{APPLICATION}.service").read_text(encoding="utf-8")
        program = re.search("^Exec=([^ ]+)", installed, re.M)[1]
        bus.set_environment(self._environment(simulator) | environment | self.display.environment)
        bus.add_service(APPLICATION, installed.replace(program, str(BUILD / "src/nightlatch")))

    def activated(self):
        """The application that the session bus has started."""
        app = self.kind(process.Foreign(bus.wait_owner(APPLICATION)), self.display, bus.LOG)
        self._started.append(app)
        self.apps.append(app)
        return app

    def _environment(self, simulator):
        return {
            "NIGHTLATCH_DISCOVERY_URL": simulator.discovery_url if simulator else "http://127.0.0.1:9/discover/bridges",
            "NIGHTLATCH_DATA_DIR": str(self.folder / "data"),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "GSETTINGS_BACKEND": "keyfile",
            "GSETTINGS_SCHEMA_DIR": str(BUILD / "data"),
            "GTK_A11Y": "atspi",
            "GDK_BACKEND": "x11",
            "GDK_DEBUG": "no-portals",
            "GNOTIFICATION_BACKEND": "freedesktop",
            "GSK_RENDERER": "cairo",
            "XENVIRONMENT": str(self.folder / "x-resources"),
            "ADW_DISABLE_PORTAL": "1",
        }
