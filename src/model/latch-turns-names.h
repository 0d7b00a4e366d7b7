/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "config.h"

/*
 * How the application takes part in the requests of other programs to its bridges: the interface that LatchTurns has
 * on the session bus, and that LatchBusTurnstile uses, at the application's own name and path.
 *
 * Take: asks for a turn at a bridge. Answers at once, with a turn that is waited for from then on; with 0, if nobody
 *   here speaks to that bridge, or too many wait.
 * Wait: answers when the turn has begun, or in a moment that it has not; fails if there is no such turn.
 * Release: the turn is over. A turn ends as well when its caller leaves the bus, and in time by itself.
 * Reread: what all programs of this person keep of bridges and locks has been changed.
 *
 * Neither tokens nor what is asked of a bridge beyond the endpoint pass the bus.
 */

#define LATCH_TURNS_INTERFACE APP_ID ".Turns"

/* Milliseconds after which Wait answers in any case */
#define LATCH_TURNS_WAIT_MS 1000
