/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_BRIDGE_MAINTENANCE (latch_bridge_maintenance_get_type ())

/* A section of a bridge's page: what the bridge can be told to do with itself, and how to be rid of it. */
G_DECLARE_FINAL_TYPE (LatchBridgeMaintenance, latch_bridge_maintenance, LATCH, BRIDGE_MAINTENANCE, AdwPreferencesGroup)

G_END_DECLS
