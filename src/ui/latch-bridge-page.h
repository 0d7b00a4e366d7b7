/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-clock.h"
#include "latch-bridge.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_BRIDGE_PAGE (latch_bridge_page_get_type ())

/* One bridge: how we stand with it, what it says of itself, and what can be done with it. */
G_DECLARE_FINAL_TYPE (LatchBridgePage, latch_bridge_page, LATCH, BRIDGE_PAGE, AdwNavigationPage)

LatchBridgePage *latch_bridge_page_new (LatchBridge *bridge, LatchClock *clock);

G_END_DECLS
