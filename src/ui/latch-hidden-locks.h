/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_HIDDEN_LOCKS (latch_hidden_locks_get_type ())

/* The locks of a bridge that somebody has hidden, with a way back. Shows only if there are any. */
G_DECLARE_FINAL_TYPE (LatchHiddenLocks, latch_hidden_locks, LATCH, HIDDEN_LOCKS, AdwPreferencesGroup)

void latch_hidden_locks_set_bridge (LatchHiddenLocks *self, LatchBridge *bridge);

G_END_DECLS
