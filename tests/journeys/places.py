#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whom a bridge tells of changes."""

import re

from harness import check, journey, run, steps

FRONT_DOOR = "--lock=1:Front Door:locked"
TOKEN = "--token=abc123"
OTHER = "http://192.0.2.9:8123/api/webhook/nuki"
REMOVE = "Remove 192.0.2.9:8123"
OUR_URL = re.compile(r"/nightlatch/[0-9a-f]+/[0-9a-f]+")


def add_other(bridge, url):
    """Another program takes a place."""
    check(bridge.call("/callback/add", token="abc123", url=url)["success"], "the bridge took no callback")


def open_page(stage, *options, others=()):
    bridge, app = steps.paired(stage, FRONT_DOOR, TOKEN, *options)
    steps.wait_for_place(bridge)
    for url in others:
        add_other(bridge, url)
    steps.open_bridge(app)
    app.label(f"{1 + len(others)} of 3 used").wait()
    return bridge, app


def count(bridge, path):
    return len(bridge.requests(path))


@journey
def places_are_shown_given_and_taken_back(stage):
    bridge, app = open_page(stage, others=[OTHER])
    app.label("Another program · /api/webhook/nuki").wait()
    app.check_names()

    app.button("Add Receiver…").click()
    add = app.button("Add")
    check(not add.sensitive, "it adds nothing at all")
    app.entry("Address").enter("https://192.0.2.7/x")
    app.wait_text("Bridges call only http URLs")
    check(not add.sensitive, "it adds what no bridge takes")
    app.entry("Address").enter("192.0.2.7:80/x?key=secret")
    app.check_names()
    add.click()
    app.label("3 of 3 used").wait()
    check("http://192.0.2.7:80/x?key=secret" in bridge.places(), "the bridge has something else")
    check(not app.label(re.compile("secret")).shows, "secrets of others are shown")
    check(not app.button("All 3 Places Are Taken").sensitive, "there is a fourth place")

    app.button(REMOVE).click()
    app.wait_text("Remove “192.0.2.9:8123”?")
    app.wait_text(re.compile("Another program may rely on this"))
    app.press("Return")
    app.label("Remove “192.0.2.9:8123”?").wait_gone()
    check(count(bridge, "/callback/remove") == 0, "it was removed although nobody agreed")
    app.button(REMOVE).click()
    app.button("Remove").click()
    app.button(REMOVE).wait_gone()
    app.label("2 of 3 used").wait()
    check(count(bridge, "/callback/remove") == 1, "more than one was removed")
    check(OTHER not in bridge.places() and len(bridge.places()) == 2, f"another was removed: {bridge.places()}")


@journey
def the_switch_is_this_computers_place(stage):
    bridge, app = open_page(stage, others=[OTHER])
    app.box("This Computer").click()
    app.label("1 of 3 used").wait()
    check(bridge.places() == [OTHER], "somebody else's place was given back")
    app.box("This Computer").click()
    app.label("2 of 3 used").wait()


@journey
def the_right_one_is_removed_although_numbers_have_changed(stage):
    bridge, app = open_page(stage, others=[OTHER, "http://192.0.2.8/b"])
    app.button(REMOVE).click()
    app.wait_text("Remove “192.0.2.9:8123”?")
    ours = next(url for url in bridge.places() if OUR_URL.search(url))
    number = bridge.places().index(ours)
    bridge.call("/callback/remove", token="abc123", id=number)
    app.button("Remove").click()
    app.button(REMOVE).wait_gone()
    check("http://192.0.2.8/b" in bridge.places(), "another was removed")
    check(OTHER not in bridge.places(), "the chosen one was not removed")


@journey
def what_others_wrote_is_shown_with_care(stage):
    hostile = ["http://192.0.2.8/<b>bold<\\/b>&amp;" + "x" * 150,
               "http://192.0.2.7:5000/nightlatch/00112233aabbccdd/0123456789abcdef"]
    bridge, app = open_page(stage, others=[url.replace("\\", "") for url in hostile])
    shown = app.label(re.compile("^Another program · /<b>bold")).wait()
    check(len(shown.name) < 100 and "…" in shown.name, "what is too long is shown whole")
    app.label("Nightlatch on another computer").wait()
    check(not app.label(OUR_URL).shows, "a secret is shown")
    check(not app.label(re.compile("0123456789abcdef")).shows, "a secret is shown")
    app.resize(360, 640)
    app.check_names()


@journey
def failures_of_places_are_explained(stage):
    bridge, app = open_page(stage, others=[OTHER])
    for fault, reason in (("status-400", "does not accept this request"),
                          ("success-false", "refused without giving a reason"),
                          ("garbage", "may or may not have been carried out")):
        before = count(bridge, "/callback/remove"), count(bridge, "/callback/add")
        bridge.add_fault(fault, "/callback/remove", 1)
        app.button(REMOVE).click()
        app.button("Remove").click()
        app.wait_text("Outcome Unknown" if fault == "garbage" else "Receiver Not Removed")
        app.wait_text(re.compile(reason))
        app.close_alert()
        bridge.add_fault(fault, "/callback/add", 1)
        app.button("Add Receiver…").click()
        app.entry("Address").enter("http://192.0.2.7/")
        app.button("Add").click()
        app.wait_text("Outcome Unknown" if fault == "garbage" else "Receiver Not Added")
        app.wait_text(re.compile(reason))
        app.close_alert()
        after = count(bridge, "/callback/remove"), count(bridge, "/callback/add")
        check(after == (before[0] + 1, before[1] + 1), f"{fault}: something was sent again")
    check(bridge.places()[1:] == [OTHER], "something changed")


@journey
def a_place_that_was_taken_meanwhile_is_said_to_be(stage):
    bridge, app = open_page(stage, others=[OTHER])
    app.button("Add Receiver…").click()
    app.entry("Address").enter("http://192.0.2.7/")
    add_other(bridge, "http://192.0.2.8/b")
    app.button("Add").click()
    app.wait_text("Receiver Not Added")
    app.wait_text(re.compile("All three places for instant updates are taken"))
    app.close_alert()
    app.label("3 of 3 used").wait()


@journey
def a_bridge_that_does_not_list_them_says_so(stage):
    bridge, app = steps.paired(stage, FRONT_DOOR, TOKEN)
    steps.wait_for_place(bridge)
    bridge.add_fault("status-404", "/callback/list")
    steps.open_bridge(app)
    app.label("This kind of bridge does not have this function").wait()
    check(not app.button("Add Receiver…").sensitive, "it adds to what it does not know")
    check(not app.label(re.compile("of 3 used")).shows, "it counts what it does not know")


@journey
def an_app_that_is_a_bridge_has_places_too(stage):
    bridge, app = steps.paired_by_token(stage, FRONT_DOOR, "--software-bridge")
    steps.wait_for_place(bridge)
    add_other(bridge, OTHER)
    steps.open_bridge(app)
    app.button(REMOVE).wait()


if __name__ == "__main__":
    run()
