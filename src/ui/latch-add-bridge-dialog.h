/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-home.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_ADD_BRIDGE_DIALOG (latch_add_bridge_dialog_get_type ())

/* Finds a bridge, pairs with it and keeps it. Closing it cancels whatever is under way. */
G_DECLARE_FINAL_TYPE (LatchAddBridgeDialog, latch_add_bridge_dialog, LATCH, ADD_BRIDGE_DIALOG, AdwDialog)

LatchAddBridgeDialog *latch_add_bridge_dialog_new (LatchHome *home, GSettings *settings);

void latch_add_bridge_dialog_pair (LatchAddBridgeDialog *self, const char *title, const char *host, guint16 port);

G_END_DECLS
