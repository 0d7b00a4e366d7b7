/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_BRIDGE_ADDED_PAGE (latch_bridge_added_page_get_type ())

/* Shows a bridge that was just added, lets people name it, and lists its locks. */
G_DECLARE_FINAL_TYPE (LatchBridgeAddedPage, latch_bridge_added_page, LATCH, BRIDGE_ADDED_PAGE, AdwNavigationPage)

LatchBridgeAddedPage *latch_bridge_added_page_new (LatchBridge *bridge);

LatchBridge *latch_bridge_added_page_get_bridge (LatchBridgeAddedPage *self);
char *latch_bridge_added_page_dup_name (LatchBridgeAddedPage *self);

G_END_DECLS
