/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"

G_BEGIN_DECLS

/* What is said about a bridge, in the user's language. Texts that are not const are to be freed. */

/**
 * LatchBridgeRemedy:
 *
 * What a person can do about a bridge.
 */
typedef enum
{
  LATCH_BRIDGE_REMEDY_NONE,
  LATCH_BRIDGE_REMEDY_TRY_AGAIN,
  LATCH_BRIDGE_REMEDY_PAIR_AGAIN,
} LatchBridgeRemedy;

const char *latch_bridge_text_standing (LatchBridge *bridge);
const char *latch_bridge_text_connection (LatchConnection connection, const GError *error);
gboolean latch_bridge_text_is_problem (LatchConnection connection);
char *latch_bridge_text_problem (LatchConnection connection, const GError *error, const char *name);
char *latch_bridge_text_banner (LatchConnection connection,
                                const GError *error,
                                gboolean session_only,
                                const char *name);
LatchBridgeRemedy latch_bridge_text_remedy (LatchConnection connection, const GError *error);
const char *latch_bridge_text_remedy_label (LatchBridgeRemedy remedy);
const char *latch_bridge_text_updates (LatchBridge *bridge);
gboolean latch_bridge_text_is_updates_problem (LatchSubscriptionState state);
const char *latch_bridge_text_signal (int rssi);
int latch_bridge_text_signal_bars (int rssi);
char *latch_bridge_text_signal_measured (int rssi);
char *latch_bridge_text_signal_spoken (int rssi);
const char *latch_bridge_text_paired (LatchTristate paired);
char *latch_bridge_text_device_name (LatchDeviceInRange *device);
char *latch_bridge_text_address (LatchBridge *bridge);
char *latch_bridge_text_checked (LatchBridge *bridge, gint64 now);

G_END_DECLS
