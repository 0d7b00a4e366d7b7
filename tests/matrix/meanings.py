# SPDX-License-Identifier: GPL-3.0-or-later
"""What each fault means to somebody who does not know HTTP: which words are right. Whoever adds a kind of fault to the
simulator has to say here what people should be told of it: there is no default."""

STATUSES = (204, 400, 401, 403, 404, 410, 423, 429, 500, 502, 503)

# By what becomes of a request
UNDERSTOOD = {"slow", "strings", "bad-utf8", "control-char",  # all is there, if one looks with patience
              "log-repeat", "log-reorder", "log-cut", "log-skip"}  # or it is not about this at all
BROKEN_OFF = {"refuse", "reset", "truncate", "lost-response"}
NO_SENSE = {"garbage", "huge", "deep", "empty", "redirect", "status-204"}  # nothing that a bridge would say
# Those that act before the answer is spoilt
ACTING = UNDERSTOOD | {"truncate", "wrong-types", "nulls", "false-failure", "lost-response"}
ODD_STATUSES = {"status-410", "status-423", "status-429", "status-500", "status-502"}

TRY_AGAIN, ENTER_ADDRESS, USE_TOKEN = "Try Again", "Enter Address", "Use a Token"


def number(kind):
    return kind.removeprefix("status-")


# The search: a part of what is said, which always includes the way on. None: it finds the bridge all the same.

ENTER_IT = "You can still enter the bridge’s address"


def search(kind):
    """What is right to say where the search meets with `kind`."""
    if kind in UNDERSTOOD or kind == "nulls":  # without its address, which bridges may hide
        return None
    if kind in BROKEN_OFF - {"truncate"}:
        return "its server cannot be reached"
    if kind == "hang":
        return "its server did not answer in time"
    if kind == "status-403":
        return "its server refuses it"
    if kind.startswith("status-") or kind == "redirect":
        return f"its server answered with the status {302 if kind == 'redirect' else number(kind)}"
    if kind in NO_SENSE or kind in ("truncate", "wrong-types", "success-false", "false-failure"):
        return "The search’s answer cannot be understood"
    raise KeyError(kind)


# Before pairing: the page's title, a part of its text, its buttons. None: it succeeds all the same.

NO_ANSWER = "No Answer", "Check that the bridge has power and is on this network.", TRY_AGAIN, ENTER_ADDRESS
NOT_A_BRIDGE = "This Is Not a Nuki Bridge", "Something else answered at 127.0.0.1.", ENTER_ADDRESS, TRY_AGAIN
NOT_PRESSED = "Nobody Pressed the Button", "stopped listening before its button was pressed", TRY_AGAIN, USE_TOKEN
PAIRING_OFF = "Pairing Is Turned Off", "Turn it on for this bridge in the Nuki app", USE_TOKEN, TRY_AGAIN
DAMAGED = "The Bridge’s Answer Was Damaged", "Its button need not be pressed again.", TRY_AGAIN, None
BUSY = "The Bridge Is Busy", "It is answering somebody else.", TRY_AGAIN, None


def access_refused(text):
    return "The Bridge Refuses Access", text, TRY_AGAIN, USE_TOKEN


def not_added(text):
    return "The Bridge Could Not Be Added", text, TRY_AGAIN, None


def pairing(endpoint, kind):
    """What is right to say where pairing meets with `kind` at `endpoint`."""
    first = endpoint in ("/auth", "")  # nothing has shown yet that it is a bridge
    if kind in UNDERSTOOD:
        return None
    if kind in BROKEN_OFF or kind == "hang":
        return NO_ANSWER
    if kind == "status-204" and endpoint == "/info":
        return not_added("unexpected status 204")
    if kind in NO_SENSE or kind == "status-404":
        return NOT_A_BRIDGE if first else DAMAGED
    if kind == "wrong-types":
        return NOT_A_BRIDGE if first else DAMAGED
    if kind == "nulls":
        return NOT_A_BRIDGE if first else None
    if kind in ("success-false", "false-failure"):
        return NOT_PRESSED if first else not_added("The bridge refused without giving a reason. Try again in a moment")
    if kind == "status-400":
        return not_added("The bridge does not accept this request. Its firmware may be too old for it")
    if kind == "status-401":
        return access_refused("The bridge refuses to pair. Restart it" if first else "does not accept the token")
    if kind == "status-403":
        return PAIRING_OFF if first else access_refused("Either its HTTP API is turned off, or its clock is wrong")
    if kind == "status-503":
        return BUSY
    if kind in ODD_STATUSES:
        return not_added(f"unexpected status {number(kind)}")
    raise KeyError(kind)


# After pairing: the banner and its button, and the reason that the bridge's own page gives. None: no word of it.

UNREACHABLE = "The bridge “Home” cannot be reached"
WRONG_ANSWER = "The bridge “Home” answers, but not as it should"
NOT_ACCEPTED = "“Home” no longer accepts this computer"
BRIDGE_BUSY = "The bridge “Home” is busy with something else"


def listing(kind):
    """What is right to say of the bridge where its list meets with `kind`, and why: banner, remedy, reason."""
    if kind in UNDERSTOOD or kind == "nulls":
        return None
    if kind in BROKEN_OFF:
        return UNREACHABLE, TRY_AGAIN, "The bridge broke off the connection"
    if kind == "hang":
        return UNREACHABLE, TRY_AGAIN, "The bridge did not answer in time"
    if kind in NO_SENSE or kind == "status-404":
        return WRONG_ANSWER, TRY_AGAIN, NOT_UNDERSTOOD
    if kind == "wrong-types":
        return WRONG_ANSWER, TRY_AGAIN, "The bridge’s answer cannot be understood"
    if kind in ("success-false", "false-failure"):
        return WRONG_ANSWER, TRY_AGAIN, "The bridge refused without giving a reason"
    if kind == "status-400":
        return WRONG_ANSWER, TRY_AGAIN, "The bridge does not accept this request"
    if kind == "status-401":
        return NOT_ACCEPTED, "Pair Again", "The bridge does not accept the token"
    if kind == "status-403":
        return NOT_ACCEPTED, "Pair Again", "Either its HTTP API is turned off, or its clock is wrong"
    if kind == "status-503":
        return BRIDGE_BUSY, TRY_AGAIN, "The bridge is busy with another request"
    if kind in ODD_STATUSES:
        return WRONG_ANSWER, TRY_AGAIN, f"unexpected status {number(kind)}"
    raise KeyError(kind)


NOT_UNDERSTOOD = ("The bridge’s answer is empty", "Something else than a Nuki bridge answered", "larger than any that a Nuki bridge gives",
                  "The bridge’s answer cannot be understood")

# Instant updates: what the bridge's page says of them

SET_UP = "Set up. The next change will show whether they arrive"
WORKING = "Instant updates work"
NOT_NOW = "Not possible now: using regular checks"
BLOCKED = "The bridge cannot reach this computer: using regular checks"


def registration(endpoint, kind):
    """What is right to say once the wish to be told of changes has met with `kind`: one or the other."""
    if kind in UNDERSTOOD or kind == "nulls":
        return {SET_UP}
    if endpoint == "/callback/add" and kind in ACTING:
        return {NOT_NOW, SET_UP}  # the bridge did what it was told: that shows with the next look at its list
    if kind in BROKEN_OFF | NO_SENSE | ODD_STATUSES or kind in (
            "hang", "wrong-types", "success-false", "false-failure", "status-400", "status-401", "status-403",
            "status-404", "status-503"):
        return {NOT_NOW}
    raise KeyError(kind)


def post(kind):
    """What is right to say where what the bridge tells by itself meets with `kind`, after a change. What comes without
    a state is no news, but shows that something does come."""
    if kind in UNDERSTOOD - {"slow"} or kind == "nulls":
        return WORKING
    if kind in BROKEN_OFF | NO_SENSE | ODD_STATUSES or kind in (
            "hang", "slow", "wrong-types", "success-false", "false-failure", "status-400", "status-401", "status-403",
            "status-404", "status-503"):
        return BLOCKED
    raise KeyError(kind)


# Commands and questions: what is said of them, or None where nothing need be

NOT_DONE = "Could not unlock Home. ", "The lock did not carry out the command. It was asked, and reports its state as shown"
NO_LOCK = "The bridge does not know this lock"
MAYBE = "Home may or may not have moved. ", "It may or may not have been carried out"
OFFLINE = "Offline"  # not said, but shown at length


def command(kind):
    """What is right to say where the command to unlock meets with `kind`."""
    could_not = NOT_DONE[0]
    if kind in ACTING:
        return None
    if kind in BROKEN_OFF or kind in ("hang", "success-false", "status-410", "status-500", "status-502"):
        return NOT_DONE
    if kind == "redirect":
        return could_not, "it sent a redirection, which was not followed"
    if kind in NO_SENSE:
        return NOT_DONE
    if kind == "status-404":
        return could_not, NO_LOCK
    if kind in ("status-400", "status-401", "status-403", "status-503"):
        return could_not, listing(kind)[2]
    if kind in ODD_STATUSES:
        return could_not, f"unexpected status {number(kind)}"
    raise KeyError(kind)


def doubt(kind):
    """What is right to say where the answer to a command was lost, and a question to the lock meets with `kind`. The
    lock did as it was told: but only who is answered knows."""
    return None if question(kind) is None else MAYBE


def question(kind):
    """What is right to say where a question to the lock meets with `kind`."""
    could_not = "Could not ask Home. "
    if kind in UNDERSTOOD:
        return None
    if kind in ("success-false", "false-failure", "status-410"):
        return OFFLINE
    if kind == "status-404":
        return could_not, NO_LOCK
    if kind in ("wrong-types", "nulls"):
        return could_not, "The bridge’s answer cannot be understood"
    return could_not, listing(kind)[2]


# The bridge's page and its log: why something was not done, or None if it was

MAYBE_DONE = "It may or may not have been carried out"
NO_FUNCTION = "This kind of bridge does not have this function"
RECEIVER = "127.0.0.1:9/"  # who is given a place
REFUSALS = {"redirect", "success-false", "false-failure", "status-400", "status-401", "status-403", "status-404", "status-410",
            "status-423", "status-429", "status-503"}
# Where an answer in other words is as good as any: that it came is what counts, and what came of it shows
ANY_WORDS = {"truncate", "garbage", "wrong-types", "deep", "empty", "status-204"}


def wish(endpoint, kind):
    """What is right to say where something that the bridge's page wants of the bridge meets with `kind`."""
    acted = kind in ACTING
    if kind in UNDERSTOOD or kind == "nulls":
        return None
    if endpoint == "/log":
        return None if kind == "wrong-types" else NO_FUNCTION if kind == "status-404" else listing(kind)[2]
    if kind == "false-failure" and endpoint.startswith("/callback"):
        return None  # its list tells
    if kind == "status-404":
        return NO_LOCK if endpoint == "/unpair" else NO_FUNCTION
    if kind in REFUSALS:
        return listing(kind)[2]
    # Nobody knows from the answer what came of it
    if endpoint in ("/unpair", "/callback/add", "/callback/remove"):
        return None if acted else MAYBE_DONE
    if endpoint == "/reboot":
        return None if acted else "The bridge was not seen to restart"
    if endpoint == "/fwupdate":
        return None if acted or kind in ANY_WORDS else "It may or may not have looked for new firmware"
    if endpoint == "/factoryReset":
        return None if acted else "The bridge was not reset: it still accepts this computer"
    if endpoint == "/clearlog":
        return None if kind in ANY_WORDS else MAYBE_DONE
    if endpoint == "/configAuth":
        return MAYBE_DONE
    raise KeyError(kind)


def look(endpoint, kind):
    """What is right to say where the bridge's page asks what it shows, and meets with `kind`."""
    if endpoint == "/info" or kind in UNDERSTOOD or kind == "nulls":
        return None
    return NO_FUNCTION if kind == "status-404" else listing(kind)[2]
