/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-clock.h"
#include "latch-lock.h"
#include "latch-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_RECENT_ACTIVITY (latch_recent_activity_get_type ())

/* The last things that happened to a lock, and the way to all others. */
G_DECLARE_FINAL_TYPE (LatchRecentActivity, latch_recent_activity, LATCH, RECENT_ACTIVITY, AdwPreferencesGroup)

void latch_recent_activity_show (LatchRecentActivity *self, LatchStore *store, LatchLock *lock, LatchClock *clock);

G_END_DECLS
