/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge-maintain.h"
#include "latch-home.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LATCH_TYPE_BRIDGE_COMMANDER (latch_bridge_commander_get_type ())

/* Has bridges do what a person wants of them: asks first, and tells what came of it. */
G_DECLARE_FINAL_TYPE (LatchBridgeCommander, latch_bridge_commander, LATCH, BRIDGE_COMMANDER, GObject)

LatchBridgeCommander *latch_bridge_commander_new (GtkWidget *widget);

void latch_bridge_commander_maintain (LatchBridgeCommander *self, LatchBridge *bridge, LatchMaintenance what);
void latch_bridge_commander_unpair (LatchBridgeCommander *self, LatchLock *lock);
void latch_bridge_commander_change_access (LatchBridgeCommander *self, LatchBridge *bridge, gboolean allow);
void latch_bridge_commander_forget (LatchBridgeCommander *self, LatchHome *home, LatchBridge *bridge);

G_END_DECLS
