# SPDX-License-Identifier: GPL-3.0-or-later
"""What assistive technology sees of a window."""

import re
import warnings

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

# PyGObject calls the interface methods of nodes deprecated, in favour of names that clash
warnings.filterwarnings("ignore", category=DeprecationWarning)
# libatspi asks applications that only begin to tell of themselves
GLib.log_set_handler("dbind", GLib.LogLevelFlags.LEVEL_WARNING, lambda *_: None, None)


class Node:
    """One accessible object. Whatever it says is asked for anew; what has vanished in the meantime says nothing."""

    def __init__(self, native):
        self.native = native

    def __eq__(self, other):
        return isinstance(other, Node) and self.native == other.native

    def __str__(self):
        return f"{self.role} “{self.name}”"

    def _ask(self, function, *arguments, otherwise=None):
        try:
            return function(*arguments)
        except GLib.GError:
            return otherwise

    @property
    def role(self):
        return self._ask(self.native.get_role_name, otherwise="")

    @property
    def name(self):
        """Its own name, or the text of what labels it, which is what a screen reader says."""
        return self._ask(self.native.get_name, otherwise="") or " ".join(
            Node(relation.get_target(i)).text
            for relation in self._ask(self.native.get_relation_set, otherwise=())
            if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY
            for i in range(relation.get_n_targets()))

    @property
    def description(self):
        return self._ask(self.native.get_description, otherwise="")

    @property
    def states(self):
        states = self._ask(self.native.get_state_set)
        return {state.value_nick for state in states.get_states()} if states else set()

    @property
    def text(self):
        """What is written in it; empty where nothing can be."""
        count = self._ask(Atspi.Text.get_character_count, self.native, otherwise=0)
        return self._ask(Atspi.Text.get_text, self.native, 0, count, otherwise="") if count > 0 else ""

    @property
    def extents(self):
        """X, Y, width, height within the window."""
        box = self._ask(Atspi.Component.get_extents, self.native, Atspi.CoordType.WINDOW)
        return (box.x, box.y, box.width, box.height) if box else (0, 0, 0, 0)

    def actions(self):
        return [self._ask(Atspi.Action.get_action_name, self.native, i, otherwise="")
                for i in range(self._ask(Atspi.Action.get_n_actions, self.native, otherwise=0))]

    def do(self, *wanted):
        """Does the first of the actions `wanted` that there is; returns whether there was one."""
        actions = self.actions()
        for action in wanted:
            if action in actions:
                return bool(self._ask(Atspi.Action.do_action, self.native, actions.index(action)))
        return False

    def set_text(self, text):
        return bool(self._ask(Atspi.EditableText.set_text_contents, self.native, text))

    def children(self):
        for i in range(self._ask(self.native.get_child_count, otherwise=0)):
            child = self._ask(self.native.get_child_at_index, i)
            if child:
                yield Node(child)

    def walk(self, showing=True):
        """This node and all below it; of those, only what shows."""
        if showing and "showing" not in self.states and self.role != "application":
            return
        yield self
        for child in self.children():
            yield from child.walk(showing)

    def matches(self, role, name):
        """Whether it has that role, and that name: a string, or a compiled pattern for a part of it."""
        if role and self.role != role:
            return False
        if isinstance(name, re.Pattern):
            return bool(name.search(self.name))
        return name is None or self.name == name

    def describe(self):
        states = self.states - {"showing", "visible", "sensitive", "enabled", "focusable", "vertical", "horizontal"}
        if "showing" in self.states and "sensitive" not in self.states:
            states.add("insensitive")
        told = [str(self)]
        if self.description:
            told.append(f"({self.description})")
        if self.text not in ("", self.name):
            told.append(f"text “{self.text}”")
        return " ".join(told + sorted(states))

    def dump(self, indent=""):
        """The lines of the tree of all that shows, without mere containers."""
        if "showing" not in self.states and self.role != "application":
            return
        if self.name or self.role not in ("panel", "grouping"):
            yield indent + self.describe()
            indent += "  "
        for child in self.children():
            yield from child.dump(indent)


def find_application(pid):
    """The root of what the process `pid` shows, or None as long as it shows nothing."""
    for application in Node(Atspi.get_desktop(0)).children():
        if application._ask(application.native.get_process_id) == pid:
            # A cache would need a main loop to hear of changes
            application.native.set_cache_mask(Atspi.Cache.NONE)
            return application
    return None
