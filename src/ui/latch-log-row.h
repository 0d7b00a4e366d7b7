/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge-log.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LATCH_TYPE_LOG_ROW (latch_log_row_get_type ())

/* An entry of a bridge's log. */
G_DECLARE_FINAL_TYPE (LatchLogRow, latch_log_row, LATCH, LOG_ROW, GtkBox)

LatchLogRow *latch_log_row_new (void);

LatchLogItem *latch_log_row_get_item (LatchLogRow *self);
char *latch_log_row_show (LatchLogRow *self, LatchLogItem *item, LatchBridge *bridge);

G_END_DECLS
