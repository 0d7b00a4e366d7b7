/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_BRIDGE_BANNER (latch_bridge_banner_get_type ())

/* Says above a page what is wrong with the bridge that the page depends on. */
G_DECLARE_FINAL_TYPE (LatchBridgeBanner, latch_bridge_banner, LATCH, BRIDGE_BANNER, AdwBin)

void latch_bridge_banner_set_bridge (LatchBridgeBanner *self, LatchBridge *bridge);

G_END_DECLS
