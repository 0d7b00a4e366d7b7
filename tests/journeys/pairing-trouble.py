#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What may go wrong on the way to a bridge, and how it goes on."""

import http.server
import re
import socket
import threading

from harness import check, journey, run, steps, wait_until


@journey
def nobody_presses_the_button_until_the_second_try(stage):
    bridge = stage.simulator("--auth-window=6")
    app = stage.app(bridge)
    steps.choose_found(app)
    app.heading("Nobody Pressed the Button").wait()
    app.wait_text("The bridge stopped listening before its button was pressed.")
    check(app.button("Use a Token").shows, "there is no alternative")
    app.button("Try Again").click()
    bridge.press_button()
    steps.finish(app)


@journey
def where_pairing_is_turned_off_a_token_helps(stage):
    bridge = stage.simulator("--auth-disabled", "--token=abc123")
    app = stage.app(bridge)
    steps.choose_found(app)  # which hides its address while it cannot be paired with
    app.entry("Address").enter(bridge.address)
    app.button("Continue").click()
    app.heading("Pairing Is Turned Off").wait()
    app.button("Use a Token").click()
    app.entry("Token").enter("abc123")
    check("127.0.0.1" in app.entry("Address").text, "the address that we know already must be typed again")
    app.button("Continue").click()
    steps.finish(app)
    check(len(bridge.requests("/auth")) == 1, "the button was asked for although there was a token")


@journey
def what_is_no_address_is_said_under_the_field(stage):
    app = stage.app()
    steps.open_dialog(app).row(re.compile("^Enter Address")).click()
    app.entry("Address").enter("not an address")
    app.button("Continue").click()
    app.wait_text("Enter an address like 192.168.1.50, with or without a port")
    app.entry("Address").wait_state("invalid-entry")
    check(not app.heading("Press the Button on the Bridge").shows, "it went on without an address")


@journey
def something_else_than_a_bridge_is_recognized(stage):
    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = b"<html><title>My router</title></html>"
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page) as router:
        threading.Thread(target=router.serve_forever, daemon=True).start()
        app = stage.app()
        steps.open_dialog(app).row(re.compile("^Enter Address")).click()
        app.entry("Address").enter(f"127.0.0.1:{router.server_port}")
        app.button("Continue").click()
        app.heading("This Is Not a Nuki Bridge").wait()
        app.wait_text("Something else answered at 127.0.0.1.")
        app.button("Enter Address").click()
        app.entry("Address").wait()
        router.shutdown()


@journey
def a_bridge_that_does_not_answer_may_be_tried_again(stage):
    with socket.socket() as taken:  # bound, but nobody listens
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        app = stage.app()
        steps.open_dialog(app).row(re.compile("^Enter Address")).click()
        app.entry("Address").enter(f"127.0.0.1:{port}")
        app.button("Continue").click()
        app.heading("No Answer").wait()
        app.wait_text("Check that the bridge has power and is on this network.")
        check(app.button("Enter Address").shows, "there is no alternative")
    bridge = stage.simulator(port=port)
    app.button("Try Again").click()
    bridge.press_button()
    steps.finish(app)


@journey
def closing_the_dialog_stops_asking_the_bridge(stage):
    bridge = stage.simulator()
    app = stage.app(bridge)
    steps.choose_found(app)
    wait_until(lambda: bridge.state()["led"], "the bridge's LED did not light up")
    app.dialog("Add Bridge").button("Close").click()
    app.dialog("Add Bridge").wait_gone()
    wait_until(lambda: not bridge.state()["led"], "the bridge still waits for its button", 15)
    app.button("Add Bridge…").wait()
    steps.pair(app, bridge)


@journey
def going_back_stops_asking_the_bridge(stage):
    bridge = stage.simulator()
    app = stage.app(bridge)
    steps.choose_found(app)
    wait_until(lambda: bridge.state()["led"], "the bridge's LED did not light up")
    app.button("Back").click()
    app.row(re.compile("^Enter Address")).wait()
    wait_until(lambda: not bridge.state()["led"], "the bridge still waits for its button", 15)


@journey
def without_discovery_the_search_is_not_available(stage):
    app = stage.app()
    dialog = steps.open_dialog(app)
    dialog.control("Search Is Not Available").wait()
    check(dialog.control("You can still enter the address").shows, "nothing is said that helps")
    bridge = stage.simulator()
    check(not bridge.requests(), "a bridge was asked that nobody chose")


if __name__ == "__main__":
    run()
