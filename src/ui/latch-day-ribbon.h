/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-day-segments.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LATCH_TYPE_DAY_RIBBON (latch_day_ribbon_get_type ())

/* A day as a bar: when a lock was locked, when it was not, and when nobody knows. */
G_DECLARE_FINAL_TYPE (LatchDayRibbon, latch_day_ribbon, LATCH, DAY_RIBBON, GtkWidget)

GtkWidget *latch_day_ribbon_new (void);

void latch_day_ribbon_show (LatchDayRibbon *self, GArray *segments, const char *label);
const char *latch_day_ribbon_get_label (LatchDayRibbon *self);
const char *latch_day_ribbon_get_css_class (LatchDayKind kind);

G_END_DECLS
