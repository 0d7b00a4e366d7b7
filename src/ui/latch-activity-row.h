/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-event.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LATCH_TYPE_ACTIVITY_ROW (latch_activity_row_get_type ())

/* What a row says of something that happened. */
G_DECLARE_FINAL_TYPE (LatchActivityRow, latch_activity_row, LATCH, ACTIVITY_ROW, GtkBox)

GtkWidget *latch_activity_row_new (void);

void latch_activity_row_show (LatchActivityRow *self, const LatchEvent *event, const char *lock_name, const char *time);
const char *latch_activity_row_get_label (LatchActivityRow *self);

G_END_DECLS
