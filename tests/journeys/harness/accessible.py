# SPDX-License-Identifier: GPL-3.0-or-later
"""What assistive technology sees of a window.

Speaks the accessibility bus's protocol itself: it asks for a whole level of the tree at once, where libatspi would wait
for each single answer, and keeps nothing that somebody would have to keep current.
"""

import functools
import re

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

ACCESSIBLE = "org.a11y.atspi.Accessible"
ACTION = "org.a11y.atspi.Action"
CACHE = "org.a11y.atspi.Cache"
CACHE_PATH = "/org/a11y/atspi/cache"
COMPONENT = "org.a11y.atspi.Component"
EDITABLE = "org.a11y.atspi.EditableText"
EVENTS = "org.a11y.atspi.Event.Object"
IN_WINDOW = GLib.Variant("(u)", [1])
PROPERTIES = "org.freedesktop.DBus.Properties"
TEXT = "org.a11y.atspi.Text"
NAME_OF_IT = GLib.Variant("(ss)", [ACCESSIBLE, "Name"])
QUESTIONS = ((ACCESSIBLE, "GetRole"), (ACCESSIBLE, "GetState"), (PROPERTIES, "Get", NAME_OF_IT))
REGISTRY = "org.a11y.atspi.Registry"
ROOT = "/org/a11y/atspi/accessible/root"

ROLES = {int(role): Atspi.role_get_name(role) for role in map(Atspi.Role, range(int(Atspi.Role.LAST_DEFINED)))}
STATES = [Atspi.StateType(i).value_nick for i in range(int(Atspi.StateType.LAST_DEFINED))]
# What newer versions of GTK have more exact words for
ALSO_CALLED = {"check box": "switch", "text": "password text"}
# What is not worth telling, because nearly everything is
COMMON = {"showing", "visible", "sensitive", "enabled", "focusable", "vertical", "horizontal"}


@functools.cache
def unpack(low, high):
    return frozenset(state for i, state in enumerate(STATES) if (high << 32 | low) >> i & 1)


class Bus:
    """The accessibility bus. What it tells of names goes through `read`, where the application speaks another language
    than those who ask."""

    def __init__(self, read=str):
        self.read = read
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None,
                                    Gio.DBusCallFlags.NONE, -1, None).unpack()[0]
        self._connection = Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)

    def ask_all(self, calls):
        """The answers to `calls` (name, path, interface, method, arguments), which are all under way together; None for
        each that fails."""
        answers = [None] * len(calls)
        pending = len(calls)

        def answered(connection, result, index):
            nonlocal pending
            pending -= 1
            try:
                values = connection.call_finish(result).unpack()
                answers[index] = values[0] if len(values) == 1 else values
            except GLib.Error:
                pass  # it has vanished, or cannot do that

        for index, (name, path, interface, method, arguments) in enumerate(calls):
            self._connection.call(name, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE, 5000, None,
                                  answered, index)
        while pending:
            GLib.MainContext.default().iteration(True)
        return answers

    def listen(self, application, events, callback):
        """Has `callback` called with the path, the name and the details of each of the `events`, such as
        `object:announcement`, that `application` tells of; while something is asked, and in hear()."""
        self._connection.signal_subscribe(application, EVENTS, None, None, None, Gio.DBusSignalFlags.NONE,
                                          lambda _c, _s, path, _i, name, values: callback(path, name, values.unpack()))
        self.ask_all([(REGISTRY, "/org/a11y/atspi/registry", REGISTRY, "RegisterEvent",
                       GLib.Variant("(sass)", (event, [], ""))) for event in events])

    def hear(self, seconds=0):
        """Takes note of all that has been told meanwhile; waits for news for as long as that."""
        context = GLib.MainContext.default()
        if seconds:
            alarm = GLib.timeout_source_new(int(1000 * seconds))
            alarm.set_callback(lambda *_: False)
            alarm.attach(context)
            context.iteration(True)
            alarm.destroy()
        while context.iteration(False):
            pass

    def applications(self):
        """The unique names of all that show anything."""
        known = self.ask_all([(REGISTRY, ROOT, ACCESSIBLE, "GetChildren", None)])[0]
        return [name for name, _ in known or []]

    def find_application(self, pid):
        """The unique name of the process `pid`, if it shows anything yet."""
        for name in self.applications():
            found = self.ask_all([("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "GetConnectionUnixProcessID",
                                   GLib.Variant("(s)", [name]))])[0]
            if found == pid:
                return name
        return None


class Node:
    """One accessible object, as it was when the tree was read. What it does, it does now."""

    def __init__(self, bus, name, path):
        self._bus = bus
        self._owner = name
        self._path = path
        self.children = []
        self.role = ""
        self.states = frozenset()
        self._name = ""
        self._has_children = True

    def _be(self, role, states, name):
        self.role = ROLES.get(role, "")
        self.states = unpack(*states or (0, 0))
        self._name = name or ""

    def __eq__(self, other):
        return isinstance(other, Node) and (self._owner, self._path) == (other._owner, other._path)

    def __str__(self):
        return f"{self.role} “{self.name}”"

    def _call(self, interface, method, arguments=None):
        return self._owner, self._path, interface, method, arguments

    def _ask(self, *call):
        return self._bus.ask_all([self._call(*call)])[0]

    @property
    def name(self):
        """Its own name, or the text of what labels it, which is what a screen reader says."""
        if not self._name:
            self._name = self._read_related(Atspi.RelationType.LABELLED_BY)
        return self._name

    @property
    def description(self):
        """What else a screen reader says of it, from wherever that comes."""
        own = self._ask(PROPERTIES, "Get", GLib.Variant("(ss)", [ACCESSIBLE, "Description"]))
        return own or self._read_related(Atspi.RelationType.DESCRIBED_BY)

    @property
    def titled(self):
        """Whether it is called what is written over it."""
        return bool(self._read_related(Atspi.RelationType.LABELLED_BY))

    def _read_related(self, kind):
        """What is written where it says that this is about it."""
        related = [Node(self._bus, *target) for relation, targets in self._ask(ACCESSIBLE, "GetRelationSet") or []
                   if relation == int(kind) for target in targets]
        return " ".join(node.text for node in related)

    @property
    def path(self):
        """What the application calls it."""
        return self._path

    @property
    def size(self):
        """How wide and how high it is; (0, 0) where it takes no room."""
        return tuple(self._ask(COMPONENT, "GetSize") or (0, 0))

    @property
    def text(self):
        """What is written in it; empty where nothing can be."""
        return self._ask(TEXT, "GetText", GLib.Variant("(ii)", [0, -1])) or ""

    @property
    def place(self):
        """Where in its window it is: x, y, width, height."""
        return self._ask(COMPONENT, "GetExtents", IN_WINDOW)

    @property
    def actions(self):
        return [action[0].lower() for action in self._ask(ACTION, "GetActions") or []]

    def do(self, *wanted):
        """Does the first of the actions `wanted` that there is; returns whether it was done."""
        actions = self.actions
        for action in wanted:
            if action in actions:
                return bool(self._ask(ACTION, "DoAction", GLib.Variant("(i)", [actions.index(action)])))
        return False

    def set_text(self, text):
        return bool(self._ask(EDITABLE, "SetTextContents", GLib.Variant("(s)", [text])))

    def walk(self):
        """This node and all below it, as a reader would come across them."""
        yield self
        for child in self.children:
            yield from child.walk()

    def matches(self, role, name):
        """Whether it has that role, and that name: a string, or a compiled pattern for a part of it."""
        if role and self.role not in (role, ALSO_CALLED.get(role)):
            return False
        if isinstance(name, re.Pattern):
            return bool(name.search(self._bus.read(self.name)))
        return name is None or self._bus.read(self.name) == name

    def dump(self, indent=""):
        """The lines of the tree, without mere containers."""
        if self.name or self.role not in ("panel", "grouping"):
            told = [str(self)]
            if self.description:
                told.append(f"({self.description})")
            if self.text not in ("", self.name):
                told.append(f"text “{self.text}”")
            if "showing" in self.states and "sensitive" not in self.states:
                told.append("insensitive")
            yield indent + " ".join(told + sorted(self.states - COMMON))
            indent += "  "
        for child in self.children:
            yield from child.dump(indent)


def read_tree(bus, application):
    """The root of all that `application` shows now."""
    root = Node(bus, application, ROOT)
    known = {item[0][1]: item for item in bus.ask_all([(application, CACHE_PATH, CACHE, "GetItems", None)])[0] or []}
    known.pop(ROOT, None)  # which does not count its windows there
    level = [root]
    while level:
        # What GTK has in its cache it looks up when it is asked: one question for all that was seen before
        strangers = [node for node in level if node._path not in known]
        answers = iter(bus.ask_all([node._call(*question) for node in strangers for question in QUESTIONS]))
        for node, role, states, name in zip(strangers, answers, answers, answers):
            node._be(role, states, name)
        for node in level:
            if node._path in known:
                *_, n_children, _, name, role, _, states = known[node._path]
                node._be(role, states, name)
                node._has_children = n_children > 0
        parents = [node for node in level if node._has_children and (node is root or "showing" in node.states)]
        level = []
        for node, children in zip(parents, bus.ask_all([node._call(ACCESSIBLE, "GetChildren") for node in parents])):
            node.children = [Node(bus, *child) for child in children or []]
            level += node.children
    for node in root.walk():
        node.children = [child for child in node.children if "showing" in child.states]
    return root
