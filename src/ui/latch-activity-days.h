/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-activity.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LATCH_TYPE_ACTIVITY_DAYS (latch_activity_days_get_type ())

/* A GtkSectionModel of activity whose sections are days. */
G_DECLARE_FINAL_TYPE (LatchActivityDays, latch_activity_days, LATCH, ACTIVITY_DAYS, GObject)

LatchActivityDays *latch_activity_days_new (LatchActivity *activity);

guint latch_activity_days_get_day (LatchActivityDays *self, guint position);

G_END_DECLS
