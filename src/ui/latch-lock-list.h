/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-clock.h"
#include "latch-lock.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LATCH_TYPE_LOCK_LIST (latch_lock_list_get_type ())

/* The locks of all bridges, a group for each. */
G_DECLARE_FINAL_TYPE (LatchLockList, latch_lock_list, LATCH, LOCK_LIST, GtkBox)

void latch_lock_list_show (LatchLockList *self, GListModel *bridges, LatchClock *clock, GtkFilter *filter, GtkAdjustment *adjustment);

void latch_lock_list_select (LatchLockList *self, LatchLock *lock);
GListModel *latch_lock_list_create_model (GListModel *bridges);
LatchLock *latch_lock_list_get_nth (LatchLockList *self, guint n);
void latch_lock_list_set_browsing (LatchLockList *self, gboolean browsing);
gboolean latch_lock_list_focus (LatchLockList *self, LatchLock *lock);

G_END_DECLS
