/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LATCH_TYPE_BRIDGE_LOG_LINK (latch_bridge_log_link_get_type ())

/* Leads from a bridge's page to its log, if it is of a kind that keeps one. */
G_DECLARE_FINAL_TYPE (LatchBridgeLogLink, latch_bridge_log_link, LATCH, BRIDGE_LOG_LINK, AdwPreferencesGroup)

G_END_DECLS
