# SPDX-License-Identifier: GPL-3.0-or-later
"""What many journeys have in common."""

import json
import re
import urllib.request

from .waiting import wait_until


def open_dialog(app):
    """Opens Add Bridge from the welcome page; returns the dialog."""
    app.button("Add Bridge…").click()
    dialog = app.dialog("Add Bridge")
    dialog.wait()
    return dialog


def choose_found(app):
    """Chooses the bridge that the search finds."""
    open_dialog(app).row(re.compile(r"^Bridge \d+")).click()


def finish(app):
    """Leaves the last page of Add Bridge; the locks show."""
    app.wait_text("Bridge Added")
    app.button("Done").click()
    app.dialog("Add Bridge").wait_gone()


def pair(app, bridge):
    """From the welcome page to the locks, in the usual way."""
    choose_found(app)
    bridge.press_button()
    finish(app)


def pair_by_token(app, bridge, token):
    """The same with a bridge whose token one knows."""
    open_dialog(app).row(re.compile("^Use a Token")).click()
    app.entry("Address").enter(bridge.address)
    app.entry("Token").enter(token)
    app.button("Continue").click()
    finish(app)


def paired(stage, *options, **changes):
    """A bridge with `options`, and the application paired with it."""
    bridge = stage.simulator(*options)
    app = stage.app(bridge, **changes)
    pair(app, bridge)
    return bridge, app


def choose(app, menu, item):
    """Chooses from the menu of a button."""
    app.toggle(menu).reveal().click()
    app.item(item).click()


def paired_by_token(stage, *options):
    """Likewise, with a token that the person knows."""
    bridge = stage.simulator("--token=abc123", *options)
    app = stage.app(bridge)
    pair_by_token(app, bridge, "abc123")
    return bridge, app


def open_bridge(app):
    """Goes to the page of the bridge that is called Home."""
    app.row(re.compile("^Bridge Home, ")).click()
    app.button("Forget Bridge…").wait()


def open_log(app):
    """Goes to the log of the bridge that is called Home."""
    open_bridge(app)
    app.row(re.compile("^Bridge Log")).click()
    app.search("Search log").wait()


def open_lock(app, name):
    """Goes to the page of a lock."""
    app.row(re.compile(f"^{re.escape(name)}, ")).click()
    app.image(re.compile(f"^{re.escape(name)}: ")).wait()


def open_preferences(app):
    """Opens Preferences, on the page that comes first."""
    app.press("ctrl+comma")
    dialog = app.dialog("Preferences")
    dialog.check("Run in Background").wait()
    return dialog


def close_preferences(app):
    # What a toast says goes first
    wait_until(lambda: (app.press("Escape"), not app.dialog("Preferences").shows)[-1], "Preferences stay")


def wait_checked(dialog, name, checked=True):
    dialog.check(name).wait_state(*["checked"] * checked, without=["checked"] * (not checked))


def wait_for_place(bridge, count=1):
    """Waits until the bridge knows `count` URLs to call; returns the first."""
    wait_until(lambda: len(bridge.places()) == count, f"the bridge did not get {count} place(s) to call")
    return bridge.places()[0] if count else None


def wait_updates(app, text):
    """Waits until the bridge's page says `text` of instant updates."""
    app.control(re.compile(text)).wait(40)


def post(url, body):
    """Tells the application of a change as a bridge does."""
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"}, method="POST")
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.status
