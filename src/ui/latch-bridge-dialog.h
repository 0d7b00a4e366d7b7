/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-home.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_BRIDGE_DIALOG (latch_bridge_dialog_get_type ())

/* One bridge: how we stand with it, its name, and the way to be rid of it. */
G_DECLARE_FINAL_TYPE (LatchBridgeDialog, latch_bridge_dialog, LATCH, BRIDGE_DIALOG, AdwDialog)

LatchBridgeDialog *latch_bridge_dialog_new (LatchBridge *bridge, LatchHome *home);

G_END_DECLS
