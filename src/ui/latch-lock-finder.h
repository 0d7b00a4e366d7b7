/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-lock-filter.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LATCH_TYPE_LOCK_FINDER (latch_lock_finder_get_type ())

/* Where somebody says which of many locks to show. */
G_DECLARE_FINAL_TYPE (LatchLockFinder, latch_lock_finder, LATCH, LOCK_FINDER, GtkBox)

LatchLockFilter *latch_lock_finder_get_filter (LatchLockFinder *self);
void latch_lock_finder_set_n_locks (LatchLockFinder *self, guint n_locks);
void latch_lock_finder_set_key_capture_widget (LatchLockFinder *self, GtkWidget *widget);
void latch_lock_finder_reset (LatchLockFinder *self);
gboolean latch_lock_finder_has_many_locks (LatchLockFinder *self);
gboolean latch_lock_finder_start (LatchLockFinder *self);
void latch_lock_finder_set_text (LatchLockFinder *self, const char *text);

G_END_DECLS
