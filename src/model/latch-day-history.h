/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-day-segments.h"
#include "latch-lock.h"
#include "latch-store-activity.h"

G_BEGIN_DECLS

#define LATCH_TYPE_DAY_HISTORY (latch_day_history_get_type ())

/* What a lock was at each moment of a day, as far as it was seen. */
G_DECLARE_FINAL_TYPE (LatchDayHistory, latch_day_history, LATCH, DAY_HISTORY, GObject)

LatchDayHistory *latch_day_history_new (LatchStore *store, LatchLock *lock, gint64 since, gint64 until);

gint64 latch_day_history_get_since (LatchDayHistory *self);
gint64 latch_day_history_get_until (LatchDayHistory *self);
GArray *latch_day_history_dup_segments (LatchDayHistory *self, gint64 now);

G_END_DECLS
