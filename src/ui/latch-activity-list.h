/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-activity.h"
#include "latch-clock.h"
#include "latch-lock.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_ACTIVITY_LIST (latch_activity_list_get_type ())

/* Activity, day by day: it scrolls as far back as there is any. */
G_DECLARE_FINAL_TYPE (LatchActivityList, latch_activity_list, LATCH, ACTIVITY_LIST, AdwBin)

void latch_activity_list_show (LatchActivityList *self,
                               LatchActivity *activity,
                               LatchStore *store,
                               GListModel *bridges,
                               LatchClock *clock);
void latch_activity_list_set_lock (LatchActivityList *self, LatchLock *lock);

G_END_DECLS
