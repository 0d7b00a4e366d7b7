# SPDX-License-Identifier: GPL-3.0-or-later
"""What has to hold of all that a window shows, for those who see little or nothing, or have no mouse."""

import collections
import re

# What somebody operates
OPERATED = {"button", "check box", "combo box", "entry", "link", "menu item", "page tab", "password text", "radio button",
            "slider", "spin button", "switch", "text", "toggle button"}
# What may have the keyboard focus without being operated: it is read out
READ = {"label", "list item"}
# What nobody can use, or place, who does not hear its name
NAMED = OPERATED | {"alert", "dialog", "frame", "heading", "image", "list item", "menu", "progress bar"}
# Rows that say one thing in a few lines
ROWS = {"check box", "combo box", "list item", "spin button", "switch"}
# Within one of these, what has the same role and name is the same for somebody who listens
GROUPS = {"alert", "dialog", "frame", "list", "menu", "page tab list"}
# In what such things are together, and which keys lead from one to the other there, without choosing anything on the way
Arrows = collections.namedtuple("Arrows", "group keys")
ARROWS = {"list item": Arrows("list", ("ctrl+Down", "ctrl+Up")), "page tab": Arrows("page tab list", ("Right", "Left")),
          "radio button": Arrows("grouping", ("Right", "Left"))}
# Lists of what happened, in which the same may happen twice
HISTORIES = {"Activity", "Entries", "Recent Activity"}

# In pixels, as people can hit them; and what nearly everybody comes to a page for
LEAST, PRIMARY = 34, 44
PRIMARIES = re.compile("^(Lock|Unlock|Try Locking) (?!Menu|’n’)|^(Add Bridge…|Continue|Done)$")
# libadwaita draws the choices of a group that much smaller than the group
CHOICE = 28


def is_operated(node):
    """Whether somebody does something with it at this moment."""
    return node.role in OPERATED and "sensitive" in node.states


def is_window_control(node, scope):
    """GTK keeps the keyboard away from a title bar's Close: that has Ctrl+W, or Escape in a dialog."""
    return node.role == "button" and node.name == "Close" and scope.role != "alert"


def is_toast(node):
    """To libadwaita a toast is an alert; it has no name, but the application says what is on it."""
    return node.role == "alert" and not node.name


def is_unnamed_shortcut(node, scope):
    """The rows of AdwShortcutsDialog, which is there since libadwaita 1.8 and all its own, have labels, but no names."""
    return scope.name == "Keyboard Shortcuts" and node.role == "list item" and not node.name


def is_silent(node, scope):
    """Whether the keyboard stops there for nothing. GTK lets people scroll with it what has nothing else in it, and any menu."""
    if node.role == "scroll pane":
        return scope.role != "menu" and any(inner.role in OPERATED and "focusable" in inner.states for inner in node.walk())
    return node.role not in OPERATED | READ or not (node.name or node.text).strip()


def least_size(node, scope):
    """How wide and high it has to be. About is all libadwaita's."""
    if scope.name == "About":
        return 0
    if node.role == "radio button":
        return CHOICE
    return PRIMARY if node.role == "button" and PRIMARIES.search(node.name) else LEAST


def find_scope(tree):
    """That part which the keyboard cannot leave: a menu, else a dialog, else the window in front."""
    frames = [node for node in tree.children if "active" in node.states] or tree.children
    inside = list(frames[-1].walk())
    for roles in ({"menu"}, {"alert", "dialog"}):
        found = [node for node in inside if node.role in roles and not is_toast(node)]
        if found:
            return found[-1]
    return frames[-1]
