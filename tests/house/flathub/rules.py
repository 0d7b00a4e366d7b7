# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of rules, which the other files fill."""

import dataclasses
from collections.abc import Callable


@dataclasses.dataclass(frozen=True)
class Rule:
    """Something to keep to: `check` takes a Package and yields what is against it."""

    name: str
    words: str
    check: Callable


RULES = {}


def add(name, words, check):
    assert name not in RULES, name
    RULES[name] = Rule(name, words, check)


def rule(name, words):
    """Makes a function that takes a Package and yields problems a rule."""
    def decorate(check):
        add(name, words, check)
        return check
    return decorate


def broken(package):
    """What is wrong with `package`, by the names of the rules."""
    unreadable = RULES['manifest-invalid-json']
    if problems := list(unreadable.check(package)):  # nothing can be said of the rest
        return {unreadable.name: problems}
    return {rule.name: problems for rule in RULES.values() if (problems := list(rule.check(package)))}
