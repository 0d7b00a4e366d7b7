/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"
#include "latch-clock.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LATCH_TYPE_LOCK_GROUP (latch_lock_group_get_type ())

/* The locks of one bridge in the sidebar, under its name. */
G_DECLARE_FINAL_TYPE (LatchLockGroup, latch_lock_group, LATCH, LOCK_GROUP, GtkBox)

GtkWidget *latch_lock_group_new (LatchBridge *bridge, LatchClock *clock, GtkFilter *filter);

GListModel *latch_lock_group_get_locks (LatchLockGroup *self);
guint latch_lock_group_find (LatchLockGroup *self, LatchLock *lock);
guint latch_lock_group_get_n_rows (LatchLockGroup *self);
void latch_lock_group_set_n_rows (LatchLockGroup *self, guint n_rows);
void latch_lock_group_set_titled (LatchLockGroup *self, gboolean titled);
gboolean latch_lock_group_select (LatchLockGroup *self, LatchLock *lock);
void latch_lock_group_set_browsing (LatchLockGroup *self, gboolean browsing);
gboolean latch_lock_group_focus_edge (LatchLockGroup *self, GtkDirectionType direction);
gboolean latch_lock_group_focus_nth (LatchLockGroup *self, guint n);
gboolean latch_lock_group_focus_lock (LatchLockGroup *self, LatchLock *lock);

G_END_DECLS
