/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-device-in-range.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_RANGE_ROW (latch_range_row_get_type ())

/* A device that a bridge hears, and how well. */
G_DECLARE_FINAL_TYPE (LatchRangeRow, latch_range_row, LATCH, RANGE_ROW, AdwActionRow)

GtkWidget *latch_range_row_new (LatchDeviceInRange *device);

G_END_DECLS
