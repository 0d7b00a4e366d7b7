/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"
#include "latch-clock.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_BRIDGE_RANGE (latch_bridge_range_get_type ())

/* The locks and openers that a bridge hears, whether it may control them or not. */
G_DECLARE_FINAL_TYPE (LatchBridgeRange, latch_bridge_range, LATCH, BRIDGE_RANGE, AdwPreferencesGroup)

G_END_DECLS
