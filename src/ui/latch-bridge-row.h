/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LATCH_TYPE_BRIDGE_ROW (latch_bridge_row_get_type ())

/* One bridge at the bottom of the sidebar. */
G_DECLARE_FINAL_TYPE (LatchBridgeRow, latch_bridge_row, LATCH, BRIDGE_ROW, GtkListBoxRow)

GtkWidget *latch_bridge_row_new (LatchBridge *bridge);

LatchBridge *latch_bridge_row_get_bridge (LatchBridgeRow *self);

G_END_DECLS
