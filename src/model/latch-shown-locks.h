/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"

G_BEGIN_DECLS

#define LATCH_TYPE_SHOWN_LOCKS (latch_shown_locks_get_type ())

/* A GListModel of those of a bridge's LatchLocks that somebody wants to see, or of the others. */
G_DECLARE_FINAL_TYPE (LatchShownLocks, latch_shown_locks, LATCH, SHOWN_LOCKS, GObject)

LatchShownLocks *latch_shown_locks_new (LatchBridge *bridge, gboolean hidden);

G_END_DECLS
