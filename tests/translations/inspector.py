# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds what is not translated, glued from parts or outside of the window, wherever a scene would take a picture."""

import functools
import re
import subprocess
import time
from pathlib import Path

import album
import pseudo
from gi.repository import GLib
from harness import accessible

# What people, bridges and computers call things, and what is the same in each language
DATA = re.compile(r"\b(Front Door|Back Door|Street Door|Garage|Neighbour|Haustür|Office|Cellar|Garden Gate|Workshop|Flat|Attic|"
                  r"Boutique|Bicycle Shed|Studio|Practice|Laundry|Gästezimmer|Storeroom|Veranda|Caretaker|Guest House|"
                  r"Archive|Boat House|Roof Terrace|dBm|no such thing|front|count \d+)\b|\[·\] \w+|\b[0-9A-F]{6,8}\b|\bNuki_\w+|/api/\S+|https?:\S+")
# What stands between the facts of a list
SEPARATORS = re.compile("|".join(re.escape(pseudo.pseudo(text)) for text in (", ", " · ")))
# What nobody sees or hears
SILENT = {"application", "panel", "grouping", "row header", "scroll pane", "scroll bar", "separator"}
# By how many pixels header bars are off where they are full
SLACK = 1
# How long something may take to come to rest
PATIENCE = 10


@functools.cache
def toolkit():
    """What GTK and libadwaita say in English themselves, since they do not speak the language."""
    known = set()
    for path in Path("/usr/share/locale").glob("*/LC_MESSAGES/*.mo"):
        if path.name in ("gtk40.mo", "libadwaita.mo") and path.parts[-3] in ("de", "fr", "cs", "pt_BR"):
            said = subprocess.run(["msgunfmt", path], check=True, capture_output=True, text=True, encoding="utf-8").stdout
            known |= {text.replace("_", "") for text in re.findall(r'^msgid "(.+)"$', said, re.MULTILINE)}
    return known


def is_whole(text):
    """Whether each line of a text is one message or none, and not several in a row."""
    depth, started, ended = 0, False, False
    for character in text:
        if character == "\n" and depth == 0:
            started = ended = False
        elif character == "[":
            if depth == 0 and (started or ended):
                return False
            depth, started = depth + 1, True
        elif character == "]":
            depth -= 1
            ended = depth == 0
        elif depth == 0 and not character.isspace():
            if ended:
                return False
            started = True
    return depth == 0


def judge(text):
    """What is wrong with a text, if anything is."""
    half = len(text) // 2
    if not text or text in toolkit():
        return None
    if text[:half] == text[half + 1:]:  # how rows with an entry are called, after their two labels
        text = text[:half]
    left = DATA.sub("", text)
    if re.search("[A-Za-z]", left):
        return "is not translated"
    if not all("[" not in fact or is_whole(fact) for fact in SEPARATORS.split(left)):
        return "is glued from parts"
    return None


class Inspector(album.Photographer):
    """Looks where a Photographer takes pictures."""

    def __init__(self, look, folder):
        super().__init__(look, folder)
        self.findings = {}

    def take(self, app, name):
        deadline = time.monotonic() + PATIENCE
        while found := list(self._inspect(app.read())):
            if time.monotonic() > deadline:
                break  # what moves or is new may be odd for a moment
            time.sleep(0.2)
        for finding in found:
            self.findings.setdefault(finding, name)
        self.taken.append(name)

    def take_moving(self, app, name):
        self.take(app, name)

    def _inspect(self, tree):
        nodes = list(tree.walk())
        bus, window = nodes[0]._bus, next(node for node in nodes if node.role in ("frame", "window"))
        asked = []
        for node in nodes:
            asked += [node._call(accessible.COMPONENT, "GetExtents", accessible.IN_WINDOW),
                      node._call(accessible.PROPERTIES, "Get", GLib.Variant("(ss)", [accessible.ACCESSIBLE, "Description"]))]
        answers = iter(bus.ask_all(asked))
        places = {}
        for node, extents, description in zip(nodes, answers, answers):
            places[node._path] = extents
            node.told = description or ""
        yield from self._inspect_texts(nodes)
        yield from self._inspect_places(window, places)

    def _inspect_texts(self, nodes):
        if not self.look.pseudo:
            return
        for node in nodes:
            if node.role in SILENT or "editable" in node.states:
                continue
            for text in node._name, node.told:  # of what labels it, each for itself
                if problem := judge(text):
                    yield f"{node.role} {problem}: “{text}”"

    def _inspect_places(self, window, places):
        left, _, width, _ = places[window._path]

        def look(node, scrolls):
            x, y, w, h = places.get(node._path) or (0, 0, 0, 0)
            if w > 1 and node.role not in SILENT and (x < left - SLACK or x + w > left + width + SLACK):
                yield f"{node} lies outside of the window: from {x} to {x + w} of {left} to {left + width}"
            for child in node.children:
                yield from look(child, scrolls)
        yield from look(window, False)
