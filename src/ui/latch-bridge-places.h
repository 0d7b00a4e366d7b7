/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_BRIDGE_PLACES (latch_bridge_places_get_type ())

/* A section of a bridge's page: whom it tells of changes. */
G_DECLARE_FINAL_TYPE (LatchBridgePlaces, latch_bridge_places, LATCH, BRIDGE_PLACES, AdwPreferencesGroup)

G_END_DECLS
