/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-clock.h"
#include "latch-day-history.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_ACTIVITY_HEADER (latch_activity_header_get_type ())

/* What stands above a day: its name and, of one lock, how much of it that was locked. */
G_DECLARE_FINAL_TYPE (LatchActivityHeader, latch_activity_header, LATCH, ACTIVITY_HEADER, GtkBox)

GtkWidget *latch_activity_header_new (LatchClock *clock);

void latch_activity_header_show (LatchActivityHeader *self, guint day, LatchStore *store, LatchLock *lock);

G_END_DECLS
