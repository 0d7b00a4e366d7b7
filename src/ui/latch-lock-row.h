/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-lock-view.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LATCH_TYPE_LOCK_ROW (latch_lock_row_get_type ())

/* One lock in the sidebar. */
G_DECLARE_FINAL_TYPE (LatchLockRow, latch_lock_row, LATCH, LOCK_ROW, GtkListBoxRow)

GtkWidget *latch_lock_row_new (LatchLock *lock, LatchClock *clock);

LatchLock *latch_lock_row_get_lock (LatchLockRow *self);
const char *latch_lock_row_get_label (LatchLockRow *self);
void latch_lock_row_set_bridge_named (LatchLockRow *self, gboolean bridge_named);

G_END_DECLS
