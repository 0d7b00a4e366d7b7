# SPDX-License-Identifier: GPL-3.0-or-later
"""The fault matrix: every fault that the simulator knows × every endpoint that the application uses × before and after
pairing. In each cell: no crash, no hang, no complaint on standard error, the right words, no command sent twice, no
state shown as a fact that was none, and full recovery within one poll after the fault ends.

test-matrix.py [PART…] runs the cells whose names contain a PART, as “/lockAction” or “hang”; MATRIX_JOBS says how many
at a time. Most of a cell is waiting."""

import os
import re
import subprocess
import sys
import time
import traceback
from concurrent.futures import ThreadPoolExecutor

import meanings
from stage import LOCKED, PATIENCE, UNLOCKED, Stage, Wrong, is_served

JOBS = int(os.environ.get("MATRIX_JOBS", 40))

# Seconds. How old the state may be that is shown as a fact: a poll of the bridge's list, and how long that may go
# unanswered, or be tried once more, until it is doubted.
POLL, DOUBT = 10, 8
# How soon all is well again after a fault has ended: a poll, and what the answer and a busy machine take
RECOVERY = POLL + 3
# Until it is certain that the bridge's place for us is looked after again, where that failed twice
RENEWAL = 60 + RECOVERY
# Until a bridge that does not answer is looked for, and has proved to be the one: the third failure, and eight questions
LOST = 2.4 + 4.8 + 8
# The same after a search that failed: the search is somebody else's server, and asked no more often than once a minute;
# and then when the bridge is tried again, at most 36 s later
SEARCH = 60 + 36 + 8
# How long the bridge gets at the end to take back our place, and what it takes to end
LEAVE = 2.5 + 8
# How soon shows what the bridge tells by itself, on a busy machine
INSTANT = 6
# How soon something that a person does works once the fault has ended
PROMPT = 15


def read_kinds():
    """The faults that the simulator knows, from its help, so that none can be forgotten."""
    text = subprocess.run([os.environ["NIGHTLATCH_SIMULATOR"], "--help"], check=True, capture_output=True,
                          text=True).stdout
    listed = re.search(r"^Faults:\n((?:  \S.*\n)+)", text, re.M)[1]
    kinds = []
    for kind in re.findall(r"^  (\S+)", listed, re.M):
        kinds += [f"status-{status}" for status in meanings.STATUSES] if kind == "status-NNN" else [kind]
    return kinds


def expect(right, what):
    if not right:
        raise Wrong(what)


def wait_slowly(condition, what):
    """Waits for what is not worth to be asked about all the time. Returns when it came true."""
    end = time.monotonic() + PATIENCE
    while not condition():
        expect(time.monotonic() < end, f"{what} did not come")
        time.sleep(0.2)
    return time.monotonic()


# Before pairing


def pairs_again(stage, remedies, button):
    """Somebody does what is offered. Returns how long that took to succeed."""
    asked = len(stage.requests("/auth"))
    start = stage.mend()
    mark = stage.probe.tell("again") if meanings.TRY_AGAIN in remedies else stage.probe.tell("pair", *stage.address)
    event, when = stage.probe.wait_until(
        lambda: next((e for e in stage.probe.events("paired", mark) + stage.probe.events("failed", mark)), None),
        "an end of pairing")
    expect(event["event"] == "paired", f"it does not pair after the fault: {event}")
    expect(len(stage.requests("/auth")) - asked == button, "the button was to be pressed " +
           ("not again" if button == 0 else "once more"))
    expect(when - start < PROMPT, f"pairing took {when - start:.1f} s after the fault")
    return when - start


def shows_the_truth(stage, deadline=RECOVERY):
    stage.probe.wait_until(lambda: stage.probe.shows("Locked") and stage.probe.lock["vouched"], "the truth", deadline)


def pairing(endpoint, kind):
    with Stage() as stage:
        probe = stage.start()
        stage.fault(kind, endpoint)
        probe.tell("pair", *stage.address)
        event, _ = probe.wait_until(lambda: next((e for e in probe.events("paired") + probe.events("failed")), None),
                                    "an end of pairing")
        probe.is_alive()
        meaning = meanings.pairing(endpoint, kind)
        if meaning is None:
            expect(event["event"] == "paired", f"it does not pair: {event}")
            seen, took = "it pairs", None
        else:
            expect(event["event"] == "failed", "it pairs")
            seen = f"“{event['title']}” “{event['text']}” [{event['primary']}] [{event['alternative']}]"
            title, text, *remedies = meaning
            expect((event["title"], event["primary"], event["alternative"]) == (title, *remedies) and
                   text in event["text"], f"it says {seen}")
            expect(not probe.lock, "there is a lock")
            token_lost = endpoint in ("", "/auth") or kind in ("status-401", "status-403")
            took = pairs_again(stage, remedies, 1 if token_lost else 0)
        if kind == "nulls" and endpoint in ("", "/list"):
            stage.mend()
        shows_the_truth(stage)
        stage.truth.check(probe.history, 0)
        return seen, took


def searching(endpoint, kind):
    with Stage() as stage:
        probe = stage.start()
        stage.fault(kind, endpoint)
        probe.tell("discover", stage.simulator.discovery)
        found = probe.wait_for("found")
        probe.is_alive()
        meaning = meanings.search(kind)
        seen = f"“{found['problem']}”" if found["problem"] else "it finds the bridge"
        if meaning is None:
            expect(found["ports"] == [0 if kind == "nulls" else stage.simulator.port] and not found["problem"],
                   f"it says {found}")
        else:
            expect(not found["ports"] and found["problem"], f"it finds {found['ports']}")
            expect(meaning in found["problem"] and meanings.ENTER_IT in found["problem"], f"it says {found['problem']}")
            probe.tell("pair", *stage.address)  # what was entered needs no search
            probe.wait_for("paired", 0, PROMPT)
        start = stage.mend()
        mark = probe.tell("discover", stage.simulator.discovery)
        found = probe.wait_for("found", mark, PROMPT)
        took = time.monotonic() - start
        expect(found["ports"] == [stage.simulator.port], f"it says {found} when all is well again")
        return seen, took


# After pairing


def settle(stage):
    """Pairs, and waits until all is well."""
    probe = stage.start()
    probe.tell("pair", *stage.address)
    probe.wait_for("paired")
    shows_the_truth(stage)
    probe.wait_until(lambda: probe.shown["updates"] in (meanings.SET_UP, meanings.WORKING), "instant updates", RECOVERY)
    return probe


def right_banner(probe, meaning):
    if meaning is None:
        return probe.shown["banner"] is None
    banner, remedy, reasons = meaning
    reasons = reasons if isinstance(reasons, tuple) else (reasons,)
    return (probe.shown["banner"], probe.shown["remedy"]) == (banner, remedy) and any(
        reason in probe.shown["reason"] for reason in reasons)


def pairs_anew(stage):
    mark = stage.probe.tell("pair", *stage.address)
    stage.probe.wait_for("paired", mark, PROMPT)


def recovers(stage, title, start, deadline=RECOVERY):
    """Nobody does anything. Returns how long it took."""
    probe = stage.probe
    _, when = probe.wait_until(lambda: probe.shows(title) and probe.lock["vouched"], f"“{title}” as a fact, by itself",
                               deadline)
    return max(0, when - start)


def is_left_alone(stage):
    """A bridge that refuses our token is not asked again and again."""
    asked = len(stage.requests())
    time.sleep(POLL + 2)
    expect(len(stage.requests()) == asked, "the bridge is asked on and on")


def listing(endpoint, kind):
    with Stage() as stage:
        probe = settle(stage)
        stage.fault(kind, endpoint)
        stage.fault("lost-response", "/callback")  # nor does it tell by itself
        stage.turn(UNLOCKED)
        meaning = meanings.listing(kind)
        title = "Unlocked" if meaning is None and kind != "nulls" else "Unknown"
        probe.wait_until(lambda: probe.shows(title, meaning and meaning[0]),
                         f"“{title}” with the banner “{meaning and meaning[0]}”")
        expect(right_banner(probe, meaning), f"it shows {probe.describe()}")
        seen = f"“{title}”, {'no banner' if meaning is None else f'“{probe.shown['banner']}” [{probe.shown['reason']}]'}"
        probe.is_alive()
        refused = meaning and meaning[0] == meanings.NOT_ACCEPTED
        if refused:
            is_left_alone(stage)
        start = stage.mend()
        if refused:
            pairs_anew(stage)
        took = recovers(stage, "Unlocked", start)
        expect(not probe.said(), f"it said {probe.said()}")
        wrong = stage.truth.check(probe.history, POLL + DOUBT)
        return f"{seen}, “Locked” for {wrong:.1f} s after it was not", took


def finish(probe):
    """Waits for the end of a command, or a question, and of what is said of it."""
    probe.wait_until(lambda: probe.lock["pending"] == "none" and not probe.lock["asking"], "an end of it")
    probe.is_alive()


def check_said(said, meaning):
    if meaning in (None, meanings.OFFLINE):
        expect(not said, f"it said {said}")
        return "nothing said"
    expect(len(said) == 1, f"it said {said}")
    start, reasons = meaning
    reasons = reasons if isinstance(reasons, tuple) else (reasons,)
    expect(said[0].startswith(start) and any(reason in said[0] for reason in reasons), f"it said “{said[0]}”")
    return f"“{said[0]}”"


def notes_what_became_of_it(stage, when):
    """Where the bolt went after the command that was given at `when`."""
    state = stage.simulator.truth()["state"]
    if state != stage.truth.times[-1][1]:
        stage.truth.turns(state, when)
    return "Unlocked" if state == UNLOCKED else "Locked"


def performs(stage):
    when = time.monotonic()
    mark = stage.probe.tell("perform", "unlock")
    stage.probe.wait_until(lambda: any(event["locks"] and event["locks"][0]["pending"] == "unlock"
                                       for event in stage.probe.events("shown", mark)), "“Unlocking…”")
    finish(stage.probe)
    return notes_what_became_of_it(stage, when), stage.probe.said(mark)


def commands(stage):
    return [entry["query"] for entry in stage.requests("/lockAction")]


def commanding(endpoint, kind):
    with Stage() as stage:
        probe = settle(stage)
        stage.fault(kind, endpoint)
        title, said = performs(stage)
        meaning = meanings.command(kind)
        seen = check_said(said, meaning)
        expect(len(commands(stage)) == 1, f"the command was sent {len(commands(stage))} times")
        expect((title == "Unlocked") == (kind in meanings.ACTING), f"the lock is {title}")
        refused = kind in ("status-401", "status-403")
        if refused:
            expect(right_banner(probe, meanings.listing(kind)), f"it shows {probe.describe()}")
        else:
            probe.wait_until(lambda: probe.shows(title) and probe.lock["vouched"], f"“{title}” as a fact", POLL + DOUBT)
        seen += f", “{title}”"
        start = stage.mend()
        if refused:
            pairs_anew(stage)
        took = recovers(stage, title, start)
        if title == "Locked":
            title, said = performs(stage)
            expect((title, said) == ("Unlocked", []), f"tried again, it says {said}")
            expect(len(commands(stage)) == 2, f"two commands were sent {len(commands(stage))} times")
            recovers(stage, title, start, PROMPT)
        stage.truth.check(probe.history, POLL + DOUBT)
        return seen, took


def asking(endpoint, kind):
    with Stage() as stage:
        probe = settle(stage)
        stage.fault(kind, endpoint)
        stage.turn(UNLOCKED)
        mark = probe.tell("ask")
        probe.wait_until(lambda: any(event["locks"][0]["asking"] for event in probe.events("shown", mark)), "asking")
        finish(probe)
        meaning = meanings.question(kind)
        seen = check_said(probe.said(mark), meaning)
        refused = kind in ("status-401", "status-403")
        if refused:
            expect(right_banner(probe, meanings.listing(kind)), f"it shows {probe.describe()}")
        elif meaning == meanings.OFFLINE:
            expect(probe.shows("Offline"), f"it shows {probe.describe()}")
            seen = "“Offline”"
        start = stage.mend()
        if refused:
            pairs_anew(stage)
        elif meaning == meanings.OFFLINE:
            stage.turn(LOCKED)  # the lock is heard again
        title = "Locked" if meaning == meanings.OFFLINE else "Unlocked"
        took = recovers(stage, title, start)
        mark = probe.tell("ask")
        probe.wait_until(lambda: any(event["locks"][0]["asking"] for event in probe.events("shown", mark)), "asking")
        finish(probe)
        expect(probe.shows(title) and not probe.said(mark), f"asked again, it shows {probe.describe()}")
        stage.truth.check(probe.history, POLL + DOUBT)
        return seen, took


def doubting(endpoint, kind):
    with Stage() as stage:
        probe = settle(stage)
        stage.fault("lost-response", "/lockAction", 1)
        stage.fault("lost-response", "/callback")
        stage.fault(kind, "/lockState")
        _, said = performs(stage)
        meaning = meanings.doubt(kind)
        if kind == "status-503" and not said:
            meaning = None  # a busy bridge is asked until its list has told
        seen = check_said(said, meaning)
        refused = kind in ("status-401", "status-403")
        start = stage.mend()
        if refused:
            pairs_anew(stage)
        took = recovers(stage, "Unlocked", start)
        expect(len(commands(stage)) == 1, f"the command was sent {len(commands(stage))} times")
        stage.truth.check(probe.history, POLL + DOUBT)
        return seen, took


def informing(endpoint, kind):
    """What the bridge tells of itself is asked for rarely, and nothing depends on it."""
    with Stage() as stage:
        settle(stage)
        stage.end()
        stage.fault(kind, endpoint)
        known = len(stage.requests("/info"))
        probe = stage.start()
        shows_the_truth(stage)
        wait_slowly(lambda: len(stage.requests("/info")) > known, "a request to /info")
        stage.turn(UNLOCKED)
        recovers(stage, "Unlocked", time.monotonic(), POLL + DOUBT)
        probe.is_alive()
        expect(probe.shows("Unlocked") and not probe.said(), f"it shows {probe.describe()}")
        start = stage.mend()
        stage.truth.check(probe.history, POLL + DOUBT)
        if kind == "nulls":
            # It was understood, and said of nothing how well it is heard: the next time to ask is in minutes
            expect(not probe.lock["signal"], "there is a signal")
            return "no word of it, and no signal", None
        # Nothing depends on it: what has failed twice is left out with one list
        _, when = probe.wait_until(lambda: probe.lock["signal"], "what the bridge tells of itself", POLL + RECOVERY)
        return "no word of it", max(0, when - start)


def updates_work(stage, title, deadline):
    """Instant updates are set up again, at the latest after `deadline`; then somebody turns the key. Returns how long
    it took until that showed, which is an instant."""
    probe = stage.probe
    probe.wait_until(lambda: probe.shown["updates"] in (meanings.SET_UP, meanings.WORKING, meanings.BLOCKED),
                     "instant updates", deadline)
    wait_slowly(stage.slots, "a place with the bridge")
    stage.turn(LOCKED if title == "Locked" else UNLOCKED)
    took = recovers(stage, title, time.monotonic(), INSTANT)
    probe.wait_until(lambda: probe.shown["updates"] == meanings.WORKING, "working instant updates", INSTANT)
    expect(len(stage.slots()) == 1, f"the bridge tells {stage.slots()}")
    return took


def registering(endpoint, kind):
    with Stage() as stage:
        settle(stage)
        stage.end()
        stage.fault(kind, endpoint)
        known = len(stage.requests(endpoint))
        probe = stage.start()
        wait_slowly(lambda: len(stage.requests(endpoint)) > known, f"a request to {endpoint}")
        stage.turn(UNLOCKED)
        meaning = meanings.registration(endpoint, kind)
        probe.wait_until(lambda: probe.shown["updates"] in meaning | {meanings.WORKING}, f"“{meaning}”")
        seen = f"“{probe.shown['updates']}”"
        recovers(stage, "Unlocked", time.monotonic(), POLL + DOUBT)
        expect(not probe.said(), f"it said {probe.said()}")
        probe.is_alive()
        start = stage.mend()
        updates_work(stage, "Locked", RENEWAL)
        took = time.monotonic() - start
        wrong = stage.truth.check(probe.history, POLL + DOUBT)
        return f"{seen}, “Locked” for {wrong:.1f} s after it was not", took


def leaving(endpoint, kind):
    with Stage() as stage:
        settle(stage)
        stage.fault(kind, endpoint)
        start = time.monotonic()
        stage.end()
        took = time.monotonic() - start
        expect(took < LEAVE, f"it takes {took:.1f} s to end")
        stage.left_behind = stage.slots()
        left = len(stage.left_behind)
        expect(left == (kind not in meanings.ACTING), f"{left} places are left")
        asked = len(stage.requests(endpoint))
        expect(asked == 1, f"it asks {asked} times to be told no more")
        start = stage.mend()
        stage.start()
        shows_the_truth(stage)
        updates_work(stage, "Unlocked", RECOVERY)
        return f"ends after {took:.1f} s, {'its place stays for now' if left else 'its place is free'}", (
            time.monotonic() - start)


def telling(endpoint, kind):
    with Stage() as stage:
        probe = settle(stage)
        stage.fault(kind, endpoint)
        # The first may have happened just before the bridge knew whom to tell
        for title, state in (("Unlocked", UNLOCKED), ("Locked", LOCKED)):
            stage.turn(state)
            recovers(stage, title, time.monotonic(), POLL + DOUBT)
        meaning = meanings.post(kind)
        probe.wait_until(lambda: probe.shown["updates"] == meaning, f"“{meaning}”", 2 * RECOVERY)
        expect(right_banner(probe, None) and not probe.said(), f"it shows {probe.describe()}")
        probe.is_alive()
        wrong = stage.truth.check(probe.history, POLL + DOUBT)
        stage.mend()
        took = updates_work(stage, "Unlocked", RENEWAL)
        stage.truth.check(probe.history, POLL + DOUBT)
        return f"“{meaning}”, “Locked” for {wrong:.1f} s after it was not", took


def moving(endpoint, kind):
    with Stage(token="abc123") as stage:
        elsewhere = stage.prepare_move()
        probe = settle(stage)
        elsewhere.fault(kind, endpoint, 1)
        start = stage.move(elsewhere)
        if meanings.search(kind) is None and kind != "nulls":
            seen, took = "it is found", recovers(stage, "Unlocked", start, POLL + LOST)
        else:
            start = wait_slowly(lambda: not elsewhere.state()["faults"], "a search")
            probe.wait_until(lambda: probe.shows("Unknown", meanings.UNREACHABLE), "no connection", POLL + DOUBT)
            seen = f"“{probe.shown['banner']}”"
            took = recovers(stage, "Unlocked", start, SEARCH)
        expect(right_banner(probe, None) and not probe.said(), f"it shows {probe.describe()}")
        wrong = stage.truth.check(probe.history, POLL + DOUBT)
        updates_work(stage, "Locked", RECOVERY)
        return f"{seen}, “Locked” for {wrong:.1f} s after it was not", took


# The bridge's own page, and its log

WISHES = {"/log": "read-log", "/clearlog": "clear-log", "/configAuth": "forbid", "/unpair": "unpair",
          "/reboot": "restart", "/fwupdate": "update", "/factoryReset": "reset", "/callback/add": "add",
          "/callback/remove": "remove"}
LOG_ENTRIES = 230


def does(stage, what, event="done"):
    """Has the page do something. Returns what it tells in the end."""
    mark = stage.probe.tell("do", what)
    done = stage.probe.wait_for(event, mark)
    stage.probe.is_alive()
    return done


def check_problem(problem, meaning):
    if meaning is None:
        expect(problem is None, f"it says “{problem}”")
        return "nothing said"
    reasons = meaning if isinstance(meaning, tuple) else (meaning,)
    expect(problem and any(reason in problem for reason in reasons), f"it says “{problem}”")
    return f"“{problem}”"


def check_claims(stage, endpoint, kind, done):
    """What the page shows now is what the bridge has, or is not said to be known."""
    truth = stage.simulator.state()
    acted = kind in meanings.ACTING
    if endpoint == "/configAuth":
        expect(truth["authEnabled"] != acted, "the bridge did something else")
        claim = {"unknown": True, "forbidden": not truth["authEnabled"], "allowed": truth["authEnabled"]}
        expect(claim[done["access"]] or kind == "false-failure", f"access is said to be {done['access']}")
    if endpoint == "/factoryReset":
        expect(truth["hasToken"] != acted, "the bridge did something else")


def is_well(stage, start, deadline):
    """All that the bridge has is shown as a fact, and nothing else, without anybody doing anything."""
    paired = [lock["name"] for lock in stage.simulator.state()["locks"] if lock["paired"]]

    def shows_all():
        locks = stage.probe.shown["locks"]
        return stage.probe.shown["banner"] is None and [lock["name"] for lock in locks] == paired and all(
            lock["vouched"] for lock in locks)
    _, when = stage.probe.wait_until(shows_all, f"{paired} as a fact", deadline)
    return max(0, when - start)


def does_again(stage, endpoint, kind):
    """Now that all is well, it works; what had been done is not done again."""
    if endpoint == "/clearlog":
        entries = does(stage, "read-log")["entries"]
        expect((entries < LOG_ENTRIES) == (kind in meanings.ACTING), f"there are {entries} entries")
    if endpoint in ("/callback/add", "/callback/remove"):
        listed = any(meanings.RECEIVER in url for url in stage.slots())
        if not listed and endpoint == "/callback/add":
            expect(does(stage, "add")["problem"] is None, "it does not work now")
            listed = True
        if listed:
            expect(does(stage, "remove")["problem"] is None, "it does not work now")
        return
    gone = not any(lock["paired"] for lock in stage.simulator.state()["locks"])
    if not gone and endpoint != "/factoryReset":
        done = does(stage, WISHES[endpoint])
        expect(done["problem"] is None, f"it says {done['problem']}")
        expect(done["entries"] >= LOG_ENTRIES or endpoint != "/log", f"it shows {done['entries']} entries")


def managing(endpoint, kind):
    with Stage("--reboot-time=2", f"--log-entries={LOG_ENTRIES}") as stage:
        probe = settle(stage)
        if endpoint == "/callback/remove":
            does(stage, "add")
        known = len(stage.requests(endpoint))
        stage.fault(kind, endpoint)
        done = does(stage, WISHES[endpoint])
        seen = check_problem(done["problem"], meanings.wish(endpoint, kind))
        wait_slowly(lambda: is_served(f"http://{stage.simulator.host}:{stage.simulator.port}"), "the bridge")
        asked = len(stage.requests(endpoint)) - known
        expect(asked == 1 or endpoint == "/log", f"it was told {asked} times")
        check_claims(stage, endpoint, kind, done)
        start = stage.mend()
        if kind in ("status-401", "status-403") or not stage.simulator.state()["hasToken"]:
            pairs_anew(stage)
        took = is_well(stage, start, RECOVERY + DOUBT)
        does_again(stage, endpoint, kind)
        is_well(stage, start, RECOVERY + DOUBT)
        stage.truth.check(probe.history, POLL + DOUBT)
        return seen, took


def looking(endpoint, kind):
    """Somebody looks at the bridge's page, for which it is asked again and again."""
    with Stage() as stage:
        probe = settle(stage)
        stage.fault(kind, endpoint)
        meaning = meanings.look(endpoint, kind)
        if endpoint == "/callback/list":
            seen = check_problem(does(stage, "list", "listed")["problem"], meaning)
        else:
            known = len(stage.requests(endpoint))
            probe.tell("do", "watch")
            wait_slowly(lambda: len(stage.requests(endpoint)) > known + 1, "two requests")
            seen = "nothing said"
        probe.is_alive()
        expect(not probe.said(), f"it said {probe.said()}")
        start = stage.mend()
        if kind in ("status-401", "status-403"):
            pairs_anew(stage)
        took = recovers(stage, "Locked", start)
        if endpoint == "/callback/list":
            probe.tell("do", "list")
            probe.wait_until(lambda: probe.events("listed")[-1]["problem"] is None, "the list", PROMPT)
        else:
            answered = sum("fault" not in entry for entry in stage.requests(endpoint))
            wait_slowly(lambda: sum("fault" not in entry for entry in stage.requests(endpoint)) > answered, "an answer")
        stage.truth.check(probe.history, POLL + DOUBT)
        return seen, took


# The longest first, so that none of them is left over
CELLS = (
    *(("page", endpoint, managing) for endpoint in WISHES),
    ("page", "/callback/list", looking),
    ("page", "/info", looking),
    ("after", "/discover/bridges", moving),
    ("after", "/callback/add", registering),
    ("after", "/callback/list", registering),
    ("after", "/callback/remove", leaving),
    ("after", "/callback", telling),
    ("after", "", listing),
    ("after", "/list", listing),
    ("after", "/info", informing),
    ("after", "/lockState", asking),
    ("after", "/lockState-in-doubt", doubting),
    ("after", "/lockAction", commanding),
    ("before", "/discover/bridges", searching),
    ("before", "", pairing),
    ("before", "/auth", pairing),
    ("before", "/info", pairing),
    ("before", "/list", pairing),
)


def make_cells(kinds, parts):
    cells = [(f"/{phase}{endpoint or '/everything'}/{kind}", function, endpoint, kind)
             for phase, endpoint, function in CELLS for kind in kinds
             if endpoint == "/log" or not kind.startswith("log-")]
    return [cell for cell in cells if not parts or any(part in cell[0] for part in parts)]


def run(cell):
    name, function, endpoint, kind = cell
    start = time.monotonic()
    try:
        seen, took = function(endpoint, kind)
        problem = None
    except Wrong as wrong:
        seen, took, problem = None, None, "\n".join([str(wrong), *getattr(wrong, "__notes__", [])])
    except Exception:
        seen, took, problem = None, None, traceback.format_exc()
    return name, seen, took, problem, time.monotonic() - start


def main():
    kinds = read_kinds()
    cells = make_cells(kinds, sys.argv[1:])
    start, failed, spent, slowest = time.monotonic(), 0, 0, (0, None)
    print(f"1..{len(cells)}")
    with ThreadPoolExecutor(JOBS) as executor:
        for number, (name, seen, took, problem, lasted) in enumerate(executor.map(run, cells), 1):
            spent += lasted
            slowest = max(slowest, (lasted, name))
            if problem:
                failed += 1
                print(f"not ok {number} {name}")
                print("\n".join(f"# {line}" for line in problem.splitlines()), flush=True)
            else:
                back = "" if took is None else f"; well again after {took:.1f} s"
                print(f"ok {number} {name} - {seen}{back}".replace("#", "no."), flush=True)
    print(f"# {len(cells)} cells of {len(kinds)} faults in {time.monotonic() - start:.0f} s, which would be {spent:.0f} s "
          f"one after the other; the longest was {slowest[1]} with {slowest[0]:.0f} s")
    sys.exit(failed > 0)


main()
