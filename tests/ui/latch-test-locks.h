/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-bridge.h"

G_BEGIN_DECLS

/*
 * Bridges and locks as they are after a bridge has answered, without one: for widgets, which must not care where news
 * come from.
 */

/* What a bridge says of a lock, and since when; what is 0 is as usual. */
typedef struct
{
  const char *name;
  LatchLockState state;
  gboolean opener;
  int changed_ago; /* seconds; 0: its last change was not seen */
  gboolean battery_critical;
  int battery_percent; /* 0: not told */
  gboolean keypad;
  LatchDoorState door;
  gboolean continuous;
  int ring_ago; /* seconds; 0: never */
  int rssi;
  int heard_ago; /* seconds since the bridge heard of it; 0: not told */
  gboolean offline;
  LatchLockAction pending;
} LatchTestLock;

/* What a bridge of the second generation says of itself, the time apart; the first of its two devices is our first lock */
#define LATCH_TEST_INFO_MODERN                                                                                         \
  "{\"bridgeType\":1,\"ids\":{\"hardwareId\":12345678,\"serverId\":2117604523},\"versions\":{\"firmwareVersion\":"          \
  "\"2.18.0\",\"wifiFirmwareVersion\":\"2.4.0\"},\"uptime\":1052000,\"wlanConnected\":true,\"serverConnected\":true,"    \
  "\"scanResults\":[{\"deviceType\":4,\"nukiId\":1,\"name\":\"Nuki_00000001\",\"rssi\":-58,\"paired\":true},"            \
  "{\"deviceType\":4,\"nukiId\":11606610,\"name\":\"Nuki_00B11A52\",\"rssi\":-88,\"paired\":false}]}"

LatchBridge *latch_test_bridge_new (const char *id, const char *name, const LatchTestLock *locks, gsize n_locks, gint64 now);
void latch_test_bridge_say (LatchBridge *bridge, const LatchTestLock *locks, gsize n_locks, gint64 now);
void latch_test_bridge_tell (LatchBridge *bridge, const char *json);
void latch_test_bridge_fail (LatchBridge *bridge, int code);
LatchLock *latch_test_bridge_get_lock (LatchBridge *bridge, guint position);

G_END_DECLS
