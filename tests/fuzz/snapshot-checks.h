/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-snapshot.h"

G_BEGIN_DECLS

/* What holds for everything that the codec makes, whatever it was made from. */

void check_state (const LatchStateSnapshot *state);
void check_device (const LatchDeviceSnapshot *device);
void check_info (const LatchInfoSnapshot *info);
void check_callback (const LatchCallback *callback);
void check_log_entry (const LatchLogEntry *entry);
void check_discovered_bridge (const LatchDiscoveredBridge *bridge);

void check_same_state (const LatchStateSnapshot *a, const LatchStateSnapshot *b);
void check_same_device (const LatchDeviceSnapshot *a, const LatchDeviceSnapshot *b);
void check_same_info (const LatchInfoSnapshot *a, const LatchInfoSnapshot *b);

/* A bridge's words for a snapshot: a list of one, or what it posts */
char *encode_device (const LatchDeviceSnapshot *device, gboolean as_callback);
GBytes *encode_json (JsonNode *node);

G_END_DECLS
