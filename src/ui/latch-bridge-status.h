/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"
#include "latch-clock.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_BRIDGE_STATUS (latch_bridge_status_get_type ())

/* What a bridge says of itself, as far as it says so. */
G_DECLARE_FINAL_TYPE (LatchBridgeStatus, latch_bridge_status, LATCH, BRIDGE_STATUS, AdwPreferencesGroup)

G_END_DECLS
