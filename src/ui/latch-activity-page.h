/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-clock.h"
#include "latch-lock.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_ACTIVITY_PAGE (latch_activity_page_get_type ())

/* What happened to locks, as far as this computer saw it. */
G_DECLARE_FINAL_TYPE (LatchActivityPage, latch_activity_page, LATCH, ACTIVITY_PAGE, AdwNavigationPage)

void latch_activity_page_show (LatchActivityPage *self, GListModel *bridges, LatchClock *clock);
void latch_activity_page_set_lock (LatchActivityPage *self, LatchLock *lock);
gboolean latch_activity_page_take_focus (LatchActivityPage *self);

G_END_DECLS
