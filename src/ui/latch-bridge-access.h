/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_BRIDGE_ACCESS (latch_bridge_access_get_type ())

/* A section of a bridge's page: whether other programs may pair with it. */
G_DECLARE_FINAL_TYPE (LatchBridgeAccess, latch_bridge_access, LATCH, BRIDGE_ACCESS, AdwPreferencesGroup)

G_END_DECLS
