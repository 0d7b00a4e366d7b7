/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"
#include "latch-clock.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_BRIDGE_HEAD (latch_bridge_head_get_type ())

/* The top of a bridge's page: how we stand with it, and if not well, why, and what there is to do. */
G_DECLARE_FINAL_TYPE (LatchBridgeHead, latch_bridge_head, LATCH, BRIDGE_HEAD, AdwBin)

G_END_DECLS
