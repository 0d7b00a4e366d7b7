# SPDX-License-Identifier: GPL-3.0-or-later
"""The application: the real program, and what a person finds in its window."""

import functools
import os
import re
import signal
import subprocess
import time

from . import accessible, process
from .ears import Ears
from .waiting import TIMEOUT, Expectation, check, wait_until

# GTK of itself, since 4.24, where nobody tells it when a frame was shown
NOT_OURS = re.compile(r"Gdk-WARNING \*\*: .*gdk_frame_timings_submitted\(\) called on submitted frame")
COMPLAINT = re.compile(r"-(WARNING|CRITICAL|ERROR) \*\*|\*\* (WARNING|CRITICAL|ERROR) \*\*|Sanitizer")

# What nobody can use who does not hear its name
NAMED = {"button", "toggle button", "check box", "radio button", "switch", "list item", "menu item", "entry", "text",
         "password text", "spin button", "image", "dialog", "heading", "progress bar", "combo box", "tab"}
# How often we press Tab before we take it that something cannot be reached
MOST_STOPS = 60


class Control:
    """Something in the window with a role and a name; it need not be there yet."""

    def __init__(self, app, role, name, within=None):
        self._app = app
        self._role = role
        self._name = name
        self._within = within

    def __str__(self):
        name = f"with “{self._name.pattern}”" if isinstance(self._name, re.Pattern) else f"“{self._name}”"
        return f"{self._role or 'something'} {name}" + (f" in {self._within}" if self._within else "")

    def find(self):
        """The node that shows now, or None."""
        start = self._within.find() if self._within else self._app.read()
        return start and next((node for node in start.walk() if node.matches(self._role, self._name)), None)

    def wait(self, timeout=TIMEOUT):
        """The node, as soon as it shows."""
        return wait_until(self.find, f"no {self}", timeout)

    def wait_gone(self, timeout=TIMEOUT):
        wait_until(lambda: not self.find(), f"{self} is still there", timeout)

    def wait_state(self, *states, without=(), timeout=TIMEOUT):
        """The node, as soon as it has all of `states`, and none of `without`."""
        def found():
            node = self.find()
            return node if node and set(states) <= node.states and not set(without) & node.states else None
        wanted = ", ".join([*states, *(f"not {state}" for state in without)])
        return wait_until(found, f"{self} did not become {wanted}", timeout)

    @property
    def shows(self):
        return self.find() is not None

    @property
    def sensitive(self):
        return "sensitive" in self.wait().states

    @property
    def text(self):
        return self.wait().text

    def click(self):
        """Presses, activates or toggles it, as soon as it can be; rows, which have no action for that, by keyboard."""
        node = self.wait_state("sensitive")
        if node.do("click", "activate", "toggle"):
            return
        self.focus()
        self._app.press("Return")

    def enter(self, text):
        """Replaces the text of an entry; what a password entry holds does not show."""
        self.wait_state("sensitive", "editable")
        wait_until(lambda: (node := self.find()) and node.set_text(text), f"{self} takes no text")
        wait_until(lambda: self.text in (text, "●" * len(text)), f"{self} did not take “{text}”")

    def focus(self):
        """Moves the keyboard focus to it, as somebody does who has no mouse: by Tab, and by arrows within a list."""
        self.wait_state("sensitive")
        before, target, siblings, known = None, None, [], set()
        for _ in range(MOST_STOPS):
            if before not in known:  # not looked at yet, or something has changed
                tree = self._app.read()
                target = self.find()
                before = next((node.path for node in tree.walk() if "focused" in node.states), None)
                siblings = [node.path for node in next((n.children for n in tree.walk() if target in n.children), [])]
                known = {node.path for node in tree.walk()}
            if target and target.path == before:
                return
            if before in siblings and target.role == "list item":
                key = "Down" if siblings.index(before) < siblings.index(target.path) else "Up"
            else:
                key = "Tab"
            known.discard(before)  # whoever comes by again looks again
            before = self._app.step(key)
            check(before, f"{key} does not lead on to {self}")
        raise Expectation(f"the keyboard does not lead to {self}")

    def reveal(self):
        """Goes to it where it is out of sight, as a window cannot show the menu of what is not in it."""
        _, y, _, height = self.wait_state("sensitive").place
        if not 0 < y + height <= Control(self._app, "frame", None).wait().size[1]:
            self.focus()
        return self

    def wait_focus(self, timeout=TIMEOUT):
        """The node, as soon as it has the keyboard focus, which somebody else has given to it."""
        def has():
            node = self.find()
            return node and any("focused" in inner.states for inner in node.walk()) and node
        return wait_until(has, lambda: f"{self} did not get the focus, but {self._app.focused()}", timeout)

    def __getattr__(self, kind):
        if kind in App.KINDS:
            return lambda name=None: Control(self._app, App.KINDS[kind], name, within=self)
        raise AttributeError(kind)


class App:
    # What the methods are called that find controls, and what AT-SPI calls those
    KINDS = {
        "box": "check box",
        "button": "button",
        "check": "check box",
        "choice": "radio button",
        "control": None,
        "dialog": "dialog",
        "entry": "text",
        "alert": "alert",
        "heading": "heading",
        "image": "image",
        "item": "menu item",
        "label": "label",
        "list": "list",
        "number": "spin button",
        "row": "list item",
        "search": "entry",
        "switch": "switch",
        "tab": "page tab",
        "toggle": "toggle button",
    }

    def __init__(self, running, display, log, read=str):
        self.display = display
        self._process = running
        self._log_path = log
        self._killed = False
        self._bus = accessible.Bus(read)
        self._name = None
        self.window = None

    @classmethod
    def start(cls, command, display, log, environment, read=str):
        """Starts it, whether it then shows a window or not."""
        with open(log, "w", encoding="utf-8") as file:
            running = process.start(command, env=os.environ | environment | display.environment,
                                    stdin=subprocess.DEVNULL, stdout=file, stderr=file)
        return cls(running, display, log, read)

    @property
    def pid(self):
        return self._process.pid

    def wait_window(self):
        """Waits for its window, and gives it the keyboard."""
        self._name = wait_until(self._find_name, "the window did not come up")
        self.window = wait_until(self._find_window, "the window has no X11 window")
        self.display.focus(self.window)

    def close_window(self):
        """Closes the window as a person does, and sees it go."""
        self.press("ctrl+w")
        wait_until(lambda: not self.has_window, "Ctrl+W did not close the window")

    @property
    def has_window(self):
        return self._find_window() is not None

    @property
    def runs(self):
        return self._process.poll() is None

    def wait_end(self, timeout=TIMEOUT):
        """Waits until it ends by itself, and sees that all went well."""
        wait_until(lambda: not self.runs, "the application did not end", timeout)
        check(self._process.returncode == 0, f"the application ended with {self._process.returncode}")

    def _find_name(self):
        check(self._process.poll() is None, "the application ended at once")
        name = self._find_on_bus()
        return name if name and accessible.read_tree(self._bus, name).children else None

    def _find_on_bus(self):
        """What the application is called on the accessibility bus, or None."""
        return self._bus.find_application(self.pid)

    def _find_window(self):
        """The X11 window, or None."""
        return self.display.find_window("--pid", self.pid)

    def read(self):
        """The tree of all that shows now."""
        check(self._process.poll() is None, f"the application ended with {self._process.poll()}")
        return accessible.read_tree(self._bus, self._name)

    def __getattr__(self, kind):
        if kind in App.KINDS:
            return lambda name=None: Control(self, App.KINDS[kind], name)
        raise AttributeError(kind)

    def wait_text(self, text, timeout=TIMEOUT):
        """Waits until anything says `text`, a string or a compiled pattern; returns what it says."""
        return Control(self, None, text).wait(timeout).name

    def close_alert(self):
        """Closes the alert that there is, and waits until it is gone, so that it is not taken for the next."""
        alert = self.alert()
        alert.button("Close").click()
        alert.wait_gone()

    def check_names(self):
        """Fails if anything shows that a person who only listens could not tell from anything else."""
        tree = self.read()
        unnamed = [node for node in tree.walk() if node.role in NAMED and not node.name]
        if unnamed:
            raise Expectation("these have no names: " + ", ".join(str(node) for node in unnamed))

    @functools.cached_property
    def ears(self):
        """What a screen reader hears, from when this is first asked for."""
        return Ears(self._bus, self._name)

    def step(self, key, patience=50):
        """Presses a key that moves the keyboard focus; returns the path of what has it then. None if it does not move,
        which is certain as soon as the application has answered so many questions since."""
        count = len(self.ears.hear().focused)
        self.press(key)
        for _ in range(patience):
            path = self.ears.wait_focus(count)
            if path:
                return path
            self._bus.ask_all([(self._name, accessible.ROOT, accessible.ACCESSIBLE, "GetRole", None)])
        return None

    def focused(self):
        """The node that has the keyboard focus, or None."""
        return next((node for node in self.read().walk() if "focused" in node.states), None)

    def press(self, *keys):
        """Presses real keys, such as `ctrl+n`."""
        self.display.press(*keys)

    def hold(self, key, seconds):
        """Holds a real key down, so that it comes again and again."""
        self.display.hold(key, seconds)

    def type(self, text):
        self.display.type(text)

    def resize(self, width, height):
        """Makes the window as large as that."""
        self.display.resize(self.window, width, height)

    def screenshot(self, path):
        """Writes all that the screen shows to `path`."""
        self.display.screenshot(path)

    def portrait(self, path):
        """Writes the window to `path`, with its corners and shadow."""
        self.display.portrait(self.window, path)

    def quit(self):
        """Leaves as a person does, and sees that all went well."""
        self.press("ctrl+q")
        self.wait_end()

    def stop(self):
        process.stop(self._process)

    def kill(self):
        """Ends it without warning."""
        self._process.kill()
        self._process.wait()
        self._killed = True

    def freeze(self, seconds):
        """Lets it stand still for a while, as when the computer sleeps."""
        self._process.send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        self._process.send_signal(signal.SIGCONT)

    def tree(self):
        """What the window shows, as lines for a person to read."""
        if not self.runs:
            return ["(the application has ended)"]
        return list(self.read().dump()) if self.has_window else ["(there is no window)"]

    def log(self):
        with open(self._log_path, encoding="utf-8", errors="replace") as file:
            return file.read().splitlines()

    def check_log(self, known=None):
        """Fails if the application complained about itself, of something else than of what is `known`."""
        complaints = [line for line in self.log() if COMPLAINT.search(line) and not NOT_OURS.search(line)
                      and not (known and known.search(line))]
        check(not complaints, "the application complained: " + "\n".join(complaints[:3]))
        status = self._process.poll()
        check(self._killed or status in (None, 0), f"the application ended with {status}")
