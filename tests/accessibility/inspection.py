# SPDX-License-Identifier: GPL-3.0-or-later
"""What is wrong with what a window shows, for those who see little or nothing, or have no mouse."""

import collections

import rules
from walk import Walk


class Inspection:
    """Of all that the keyboard can reach in one state of a window."""

    def __init__(self, app):
        self._app = app
        self._problems = []
        self._parents = {}
        self._nodes = {}
        tree = app.read()
        self._learn(tree)
        self._scope = rules.find_scope(tree)
        self._focus = next((node for node in tree.walk() if "focused" in node.states), None)
        # GTK has the pages of a stack in more than one place
        self._shown = list({node.path: node for node in self._scope.walk()}.values())

    def _learn(self, tree):
        for node in tree.walk():
            self._nodes[node.path] = node
            self._parents.update((child.path, node) for child in node.children)

    def _above(self, node):
        """All that it is in, the nearest first."""
        while node.path in self._parents:
            node = self._parents[node.path]
            yield node

    def _where(self, node):
        told = [above for above in self._above(node) if above.name]
        return " › ".join(str(each) for each in [*reversed(told[:-1]), node])

    def _complain(self, node, what):
        if not rules.is_unnamed_shortcut(node, self._scope):
            self._problems.append((node.path, f"{self._where(node)} {what}"))

    def _is_part(self, node):
        """Whether somebody meets it only as a part of what operates it."""
        return any(above.role in rules.OPERATED and "focusable" in above.states for above in self._above(node))

    def _row_around(self, node):
        return next((above for above in self._above(node) if above.role == "list item"), None)

    def _operated(self):
        return [node for node in self._shown if rules.is_operated(node) and not self._is_part(node)]

    def _rows(self):
        return [node for node in self._shown
                if node.role == "list item" and "focusable" in node.states and not self._is_part(node)]

    def check_names(self):
        for node in self._shown:
            if node.role in rules.NAMED and not (node.name.strip() or self._is_part(node) or rules.is_toast(node)):
                self._complain(node, "has no name")

    def check_twins(self):
        """Two things that sound the same are one for somebody who only listens."""
        known = collections.defaultdict(list)
        for node in self._operated() + self._rows():
            group = next((above for above in self._above(node) if above.role in rules.GROUPS), self._scope)
            # The head of a row that unfolds is called what the row is called
            around = self._row_around(node)
            if group.name not in rules.HISTORIES and not (around and (around.role, around.name) == (node.role, node.name)):
                known[group.path, node.role, node.name].append(node)
        for twins in known.values():
            for twin in twins[1:]:
                self._complain(twin, "has a twin of the same role and name beside it")

    def check_sizes(self):
        for node in self._operated():
            # A switch is set by its row
            target = node.role in ("check box", "switch") and self._row_around(node) or node
            size, least = target.size, rules.least_size(node, self._scope)
            if 0 < min(size) < least:
                self._complain(node, f"is {size[0]} × {size[1]} pixels, which is hard to hit: {least} are needed")

    def check_titles(self):
        """Somebody who listens jumps from heading to heading; a status page is called what its title says."""
        if self._scope.role == "frame" and not any(
                node.role == "heading" or node.role == "grouping" and node.titled for node in self._shown):
            self._complain(self._scope, "has no heading")

    def check_rows(self):
        """A row that is called what its first line says tells the others as its description."""
        for row in self._shown:
            if row.role not in rules.ROWS or self._is_part(row):
                continue
            lines = [node.text for node in row.walk() if node.role == "label" and node.text
                     and next((above for above in self._above(node) if above.role in rules.NAMED), None) == row]
            said = f"{row.name} {row.description}"
            unsaid = [line for line in lines if line not in said] if lines[:1] == [row.name] else []
            for line in unsaid:
                self._complain(row, f"shows “{line}”, but only says “{said}”")

    def check_keyboard(self):
        menu = self._scope.role == "menu"
        on, back = ("Down", "Up") if menu else ("Tab", "shift+Tab")
        walk = Walk(self._app)
        wanted = [node for node in self._operated() + self._rows()
                  if "focusable" in node.states and not rules.is_window_control(node, self._scope)]
        if self._focus:
            walk.reached.add(self._focus.path)
        walk.go_round(on)
        self._check_stops(walk)
        if self._unreached(walk, wanted):
            walk.go_round(on, lambda path: self._look_around(walk, path, wanted))
        for node in self._unreached(walk, wanted):
            self._complain(node, "cannot be reached by keyboard")
        self._check_mouse_only()
        if self._focus:
            walk.return_to(self._focus.path, back, on)

    def _unreached(self, walk, wanted):
        return [node for node in wanted if not any(inner.path in walk.reached for inner in node.walk())]

    def _look_around(self, walk, path, wanted):
        """Uses arrows where one has come to something that has siblings which are still unknown."""
        here = self._nodes.get(path)
        kind = here and rules.ARROWS.get(here.role)
        group = kind and next((above for above in self._above(here) if above.role == kind.group), None)
        inside = {node.path for node in group.walk()} if group else set()
        for key in kind.keys if group else ():
            walk.follow(key, inside & {node.path for node in self._unreached(walk, wanted) if node.role == here.role})

    def _check_stops(self, walk):
        """Wherever the keyboard stops, there is something to be heard."""
        if not self._nodes.keys() >= set(walk.stops):
            self._learn(self._app.read())  # lists that recycle their rows show others than before
        for number, path in enumerate(walk.stops):
            node = self._nodes.get(path)
            if not node:
                before = self._nodes.get(walk.stops[number - 1], self._scope)
                self._complain(before, "is followed by something that only the keyboard knows of")
            elif rules.is_silent(node, self._scope):
                self._complain(node, "takes the keyboard focus, but is nothing")

    def _check_mouse_only(self):
        """What cannot have the focus has something in it, or around it, that can."""
        for node in self._operated():
            around = [*node.walk(), *(above for above in self._above(node) if above.role == "list item")]
            if not any("focusable" in other.states for other in around):
                self._complain(node, "can never have the keyboard focus")

    def problems(self):
        """All that is wrong, as lines; only of what still shows."""
        for check in (self.check_names, self.check_twins, self.check_sizes, self.check_titles, self.check_rows,
                      self.check_keyboard):
            check()
        still = {node.path for node in self._app.read().walk()}
        return [text for path, text in self._problems if path in still]
