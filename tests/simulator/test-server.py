# SPDX-License-Identifier: GPL-3.0-or-later
"""One request at a time, the form of answers, the journal, steering, the keyboard, the command line."""

import contextlib
import json
import os
import pty
import re
import signal
import subprocess
import time

from harness import DEADLINE, PROGRAM, Simulator, TOKEN, encrypted, equal, hashed, main, test, wait_until


def run(*options):
    return subprocess.run([PROGRAM, *options], capture_output=True, text=True, timeout=DEADLINE,
                          stdin=subprocess.DEVNULL)


@test("/server/answers/have-a-real-bridges-headers")
def _():
    with Simulator() as simulator:
        head, body = simulator.raw(b"GET /list?token=123456 HTTP/1.1\r\nHost: x\r\n\r\n").split(b"\r\n\r\n", 1)
        equal(head, b"HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Type: application/json;charset=utf-8\r\n"
                    b"Transfer-Encoding: chunked")
        assert body.endswith(b"\r\n0\r\n\r\n"), body


@test("/server/answers/the-connection-is-closed-even-if-it-should-live")
def _():
    with Simulator() as simulator:
        request = b"GET /list?token=123456 HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\n"
        equal(simulator.raw(request + request).count(b"HTTP/1.1 200 OK"), 1)


@test("/server/answers/without-chunks-to-old-callers")
def _():
    with Simulator() as simulator:
        head, body = simulator.raw(b"GET /list?token=123456 HTTP/1.0\r\n\r\n").split(b"\r\n\r\n", 1)
        assert b"Transfer-Encoding" not in head, head
        assert b"\r\nContent-Length: %d" % len(body) in head, head
        equal(json.loads(body)[0]["nukiId"], 1)


@test("/server/answers/errors-are-plain-text")
def _():
    with Simulator() as simulator:
        response = simulator.bare("/list")
        equal((response.status, response.reason, response.text), (401, "Unauthorized", "HTTP 401 Unauthorized"))
        assert response.headers["Content-Type"].startswith("text/plain")


@test("/server/busy/a-second-request-gets-503")
def _():
    with Simulator("--action-time=3") as simulator:
        first = simulator.later("/lockAction", nukiId=1, action=1)
        wait_until(lambda: simulator.journal(), "the first request")
        response = simulator.get("/list")
        equal((response.status, response.reason, response.text), (503, "Unavailable", "HTTP 503 Unavailable"))
        equal(simulator.get("/auth").status, 503)
        equal(first.join().json["success"], True)
        equal(simulator.get("/list").status, 200)


@test("/server/busy/unless-it-may-do-several-things-at-a-time")
def _():
    with Simulator("--action-time=0.5", "--concurrent") as simulator:
        first = simulator.later("/lockAction", nukiId=1, action=1)
        wait_until(lambda: simulator.journal(), "the first request")
        equal(simulator.get("/list").status, 200)
        equal(first.join().status, 200)


@test("/server/busy/pairing-keeps-others-out")
def _():
    with Simulator() as simulator:
        pairing = simulator.later("/auth")
        wait_until(lambda: simulator.state()["led"], "the LED's light")
        equal(simulator.get("/list").status, 503)
        simulator.steer("button")
        equal(pairing.join().json["success"], True)
        equal(simulator.get("/list").status, 200)


@test("/server/busy/a-command-goes-on-without-its-caller")
def _():
    with Simulator("--action-time=3", "--ble-time=0.01") as simulator:
        try:
            simulator.get("/lockAction", nukiId=1, action=1, timeout=0.1)
            raise AssertionError("there was an answer")
        except TimeoutError:
            pass
        wait_until(lambda: simulator.journal(), "the command")
        equal(simulator.get("/list").status, 503)
        wait_until(lambda: simulator.truth()["state"] == 3, "the end of the movement")
        wait_until(lambda: simulator.get("/list").status == 200, "the bridge's attention")


@test("/server/busy/a-gap-can-be-asked-for")
def _():
    with Simulator("--gap=3") as simulator:
        equal(simulator.get("/list").status, 200)
        equal(simulator.get("/list").status, 503)
        wait_until(lambda: simulator.get("/list").status == 200, "the end of the gap")


@test("/server/busy/quick-successive-requests-are-fine")
def _():
    with Simulator() as simulator:
        equal({simulator.get("/list").status for _ in range(300)}, {200})


@test("/server/input/nonsense-does-no-harm")
def _():
    with Simulator() as simulator:
        for request in (b"\r\n\r\n", b"nonsense\r\n\r\n", b"GET\r\n\r\n", b"GET /\xff\xfe HTTP/1.1\r\n\r\n",
                        b"GET /list?token=%zz&%=%&&=& HTTP/1.1\r\nHost: x\r\n\r\n",
                        b"GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n", b"GET " + b"/x" * 40000 + b" HTTP/1.1\r\n\r\n",
                        b"POST /list HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabcde",
                        b"GET /lockState?nukiId=%ff%fe&token=123456 HTTP/1.0\r\n\r\n", b"\x16\x03\x01\x02\x00\x01"):
            simulator.raw(request, end=True)
        equal(simulator.get("/list").status, 200)


@test("/server/journal/tells-what-came-and-hides-tokens")
def _():
    with Simulator("--action-time=0") as simulator:
        simulator.get("/lockAction", nukiId=1, action=1)
        simulator.bare("/list", **hashed())
        simulator.bare("/info", **encrypted(rnr=1))
        simulator.bare("/list", TOKEN=TOKEN)
        simulator.raw(f"GET /list?%74oken={TOKEN} HTTP/1.0\r\n\r\n".encode())
        entries = simulator.journal()
        equal([entry["path"] for entry in entries], ["/lockAction", "/list", "/info", "/list", "/list"])
        equal([entry.get("auth") for entry in entries], ["plain", "hashed", "encrypted", None, "plain"])
        equal([entry["status"] for entry in entries], [200, 200, 200, 401, 200])
        equal(entries[0]["query"], "nukiId=1&action=1&token=***")
        assert re.fullmatch(r"ts=[^&]+&rnr=4711&hash=\*\*\*", entries[1]["query"]), entries[1]
        assert re.fullmatch(r"ctoken=\*\*\*&nonce=[0-9a-f]{48}", entries[2]["query"]), entries[2]
        assert TOKEN not in str(entries)
        times = [entry["time"] for entry in entries]
        equal((times, {entry["method"] for entry in entries}), (sorted(times), {"GET"}))
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", times[0]), times


@test("/server/journal/can-be-cleared-and-does-not-mention-steering")
def _():
    with Simulator() as simulator:
        simulator.get("/list")
        simulator.state()
        equal(len(simulator.journal()), 1)
        equal(simulator.request("DELETE", "/simulator/requests").status, 200)
        equal(simulator.journal(), [])


@test("/server/steering/what-it-does-not-understand-it-refuses")
def _():
    with Simulator() as simulator:
        for method, path, status in (("POST", "locks/9?state=1", 404), ("POST", "locks/x", 404),
                                     ("POST", "locks/1?type=2", 404), ("POST", "locks/1?type=zz", 400),
                                     ("POST", "locks/1?name=%FF%FE", 400), ("POST", "locks/1?firmware=%FF", 400),
                                     ("GET", "locks/1", 405),
                                     ("POST", "locks/1?state=256", 400), ("POST", "locks/1?colour=red", 400),
                                     ("POST", "locks/1?state=ajar", 400), ("POST", "locks/1?battery=101", 400),
                                     ("POST", "locks/1?offline=2", 400), ("POST", "locks/1?critical=yes", 400),
                                     ("POST", "locks/1?state=3&door=x", 400), ("GET", "button", 405),
                                     ("GET", "nothing", 404), ("POST", "clock", 400), ("POST", "clock?offset=x", 400)):
            response = simulator.request(method, "/simulator/" + path)
            equal((path, response.status), (path, status))
            assert response.body.endswith(b"\n")
        equal((simulator.truth()["state"], simulator.truth()["name"]), (1, "Home"))


@test("/server/steering/names-can-be-used-for-states-and-hex-for-ids")
def _():
    with Simulator("--lock=255:Home") as simulator:
        simulator.steer("locks/FF", state="motor blocked", name="Tür", firmware="3.0.0")
        lock, = simulator.get("/list").json
        equal((lock["name"], lock["firmwareVersion"], lock["lastKnownState"]["state"]), ("Tür", "3.0.0", 254))


@test("/server/keyboard/works-as-on-the-real-thing")
def _():
    with Simulator("--opener=5", "--lock=1:Home:locked", token=None, stdin=subprocess.PIPE) as simulator:

        def type_in(line):
            simulator.process.stdin.write(line + "\n")
            simulator.process.stdin.flush()

        pairing = simulator.later("/auth")
        wait_until(lambda: simulator.state()["led"], "the LED's light")
        type_in("b")
        equal(pairing.join().json["success"], True)
        for line, nuki_id, member, value in (("t 1", 1, "state", 3), ("t 1", 1, "state", 1),
                                             ("d 1", 1, "doorsensorState", 3), ("d 1", 1, "doorsensorState", 2),
                                             ("o 1", 1, "offline", True), ("o 1", 1, "offline", False),
                                             ("r 5", 5, "ringactionState", True),
                                             ("s 1 name=Front Door critical=1", 1, "name", "Front Door"),
                                             ('s 1 charging=1 name="Back  Door"', 1, "name", "Back Door"),
                                             ("  s  1  battery=7 critical=1", 1, "batteryChargeState", 7)):
            type_in(line)
            wait_until(lambda: simulator.truth(nuki_id).get(member) == value, line)
        for line in ("", "?", "x", "t", "t 9", "s 1 nonsense", "s 1 state=ajar", "l", "b"):
            type_in(line)
        type_in("t 1")
        wait_until(lambda: simulator.truth()["state"] == 3, "the key's turn")
        simulator.process.stdin.close()
        simulator.process.stdin = None
        equal(simulator.get("/info", token="x").status, 401)


@test("/server/keyboard/end-of-input-neither-stops-nor-heats-it")
def _():
    with Simulator() as simulator:
        def cpu():
            with open(f"/proc/{simulator.process.pid}/stat") as file:
                fields = file.read().rsplit(")", 1)[1].split()
            return int(fields[11]) + int(fields[12])

        equal(simulator.get("/list").status, 200)
        before, end = cpu(), time.monotonic() + 0.5
        wait_until(lambda: time.monotonic() > end)
        assert cpu() - before < 10, "it is busy doing nothing"
        equal(simulator.get("/list").status, 200)


@test("/server/keyboard/people-at-a-terminal-are-told-more")
def _():
    leader, follower = pty.openpty()
    process = subprocess.Popen([PROGRAM, "--port=0", "--locks=1"], stdin=follower, stdout=subprocess.PIPE, text=True)
    os.close(follower)
    assert process.stdout.readline().startswith("Bridge listening on ")
    assert "“?” for help" in process.stdout.readline()
    os.write(leader, b"l\nq\n")
    output, _ = process.communicate(timeout=DEADLINE)
    os.close(leader)
    assert "Front Door: locked" in output, output
    equal(process.returncode, 0)


@test("/server/keyboard/each-change-is-told-once-and-what-cannot-be-is-explained")
def _():
    leader, follower = pty.openpty()
    process = subprocess.Popen([PROGRAM, "--port=0", "--lock=1:Home", "--opener=5:Gate"], stdin=follower,
                               stdout=subprocess.PIPE, text=True)
    os.close(follower)
    os.write(leader, b"t 1\nd 1\no 1\no 1\ns 1 seen=0\nr 1\nd 5\nr 5\ns 1 name=Front Door\nq\n")
    output, _ = process.communicate(timeout=DEADLINE)
    os.close(leader)
    home = "1 (00000001) Home: "
    equal(output.splitlines()[2:], [home + "unlocked", home + "unlocked", home + "unlocked, offline",
                                    home + "unlocked", home + "unlocked",
                                    "This is a lock, and only openers have a bell.",
                                    "This is an opener, and only locks know about the door.",
                                    "5 (00000005) Gate: online", "1 (00000001) Front Door: unlocked"])


@test("/server/keyboard/a-closed-one-is-no-socket")
def _():
    for number in (0, 1):
        command = ["/bin/sh", "-c", f'exec "$0" "$@" {number}{"<" if number == 0 else ">"}&-', PROGRAM, "--port=0"]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

        def files():
            folder = f"/proc/{process.pid}/fd"
            found = {}
            for name in os.listdir(folder):
                with contextlib.suppress(FileNotFoundError):  # closed meanwhile
                    found[name] = os.readlink(f"{folder}/{name}")
            return found

        wait_until(lambda: any(name.startswith("socket:") for name in files().values()), "the bridge's socket")
        equal(files()[str(number)], "/dev/null")
        process.terminate()
        equal(process.communicate(timeout=DEADLINE)[1], b"")


@test("/server/verbose/tells-about-requests-on-standard-error")
def _():
    simulator = Simulator("--verbose")
    simulator.get("/list")
    simulator.process.terminate()
    output, errors = simulator.process.communicate(timeout=DEADLINE)
    equal((output, errors, simulator.process.returncode), ("", "GET /list\n", 0))


@test("/server/signals/end-it-cleanly-even-at-work")
def _():
    for number in (signal.SIGTERM, signal.SIGINT):
        simulator = Simulator("--discovery-port=0")
        simulator.later("/lockAction", nukiId=1, action=4)
        wait_until(lambda: simulator.truth()["state"] == 2, "movement")
        simulator.process.send_signal(number)
        output, errors = simulator.process.communicate(timeout=DEADLINE)
        equal((simulator.process.returncode, output, errors), (0, "", ""))


@test("/options/bad/end-with-status-2-and-a-message")
def _():
    for option, word in (("--port=x", "port"), ("--port=70000", "--port"), ("--port=-1", "--port"),
                         ("--discovery-port=70000", "--discovery-port"), ("--address=home", "IP address"),
                         ("--api=2.0", "1.6 or 1.13"), ("--lock=", "ID"), ("--lock=x:Home", "ID"),
                         ("--lock=4294967296", "ID"), ("--lock=1:Home:ajar", "state"), ("--opener=x", "ID"),
                         ("--locks=-5000000000", "locks"), ("--locks=-5", "--locks"), ("--locks=-1", "--locks"),
                         ("--discovery-port=-1", "--discovery-port"), ("--press-after=1e300", "--press-after"),
                         ("--press-after=-5", "--press-after"), ("--press-after=nan", "--press-after"),
                         ("--lock-n-go-time=-1", "--lock-n-go-time"), ("--action-time=86401", "--action-time"),
                         ("--clock-offset=99999999999999", "--clock-offset"),
                         ("--clock-offset=-99999999999999", "--clock-offset"),
                         ("--locks=1001", "--locks"), ("--fault=boredom", "boredom"),
                         ("--fault=hang:list", "path"), ("--fault=hang:/list:0", "count"), ("--token=", "token"),
                         ("--discovery=x", "normal"), ("--auth-modes=x", "plain"), ("--firmware=2", "firmware"),
                         ("--action-time=-1", "action-time"), ("--action-time=nan", "action-time"),
                         ("--auth-window=x", "auth-window"), ("--push=x", "push"), ("--bridge-id=0", "ID"),
                         ("--nonsense", "nonsense"), ("nonsense", "nonsense")):
        result = run(option)
        equal((option, result.returncode, result.stdout), (option, 2, ""))
        assert result.stderr.startswith("nightlatch-simulator: ") and word in result.stderr, (option, result.stderr)
    for old in ("--api=1.6", "--software-bridge"):
        for device in ("--opener=5", "--smart-lock-3=5"):
            equal((old, device, run(old, device).returncode), (old, device, 2))
    result = run("--lock=1", "--lock=1")
    equal(result.returncode, 2)


@test("/options/times/the-longest-needs-no-other")
def _():
    with Simulator("--action-time=86400") as simulator:
        equal(simulator.get("/list").status, 200)


@test("/options/port/that-is-taken-is-an-error")
def _():
    with Simulator() as simulator:
        result = run(f"--port={simulator.port}")
        equal((result.returncode, result.stdout), (1, ""))
        assert result.stderr.startswith("nightlatch-simulator: "), result.stderr


@test("/options/help/and-version")
def _():
    result = run("--help")
    equal((result.returncode, result.stderr), (0, ""))
    for word in ("--port", "--discovery-port", "--api", "--token", "--lock", "--opener", "--locks", "--press-after",
                 "--auth-disabled", "--action-time", "--fault", "lost-response", "/simulator/button",
                 "GET /simulator/faults"):
        assert word in result.stdout, word
    result = run("--version")
    equal((result.returncode, result.stderr), (0, ""))
    assert re.fullmatch(r"nightlatch-simulator \d+\.\d+\.\d+\n", result.stdout), result.stdout


@test("/options/until-eof/leaves-with-whoever-started-it")
def _():
    with Simulator("--until-eof", stdin=subprocess.PIPE) as simulator:
        equal(simulator.get("/list").status, 200)
        simulator.process.stdin.close()
        simulator.process.stdin = None
        equal(simulator.process.wait(20), 0)


@test("/options/address/ipv6-works")
def _():
    with Simulator("--address=::1") as simulator:
        equal((simulator.host, simulator.get("/list").status), ("::1", 200))


main()
