/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-enums.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * What one answer of a bridge said: plain data, no behaviour. Every member but an ID may be missing in a real answer;
 * then numbers are -1, flags LATCH_TRISTATE_UNKNOWN, texts NULL, and times 0. Times are seconds since 1970 in UTC.
 */

/**
 * LatchStateSnapshot:
 * @state_code: the bridge's code, see latch_lock_state_from_code()
 * @mode: 2 door mode, 3 continuous mode (openers)
 * @battery_percent: 0 to 100
 * @door_state_code: see latch_door_state_from_code()
 * @ring_active: somebody rang within the last 30 seconds
 * @ring_timestamp: when somebody last rang
 * @timestamp: when the bridge heard this from the lock
 *
 * The state of a lock or opener: /lockState, `lastKnownState` in /list, or a callback.
 */
typedef struct
{
  int state_code;
  int mode;
  LatchTristate battery_critical;
  LatchTristate battery_charging;
  int battery_percent;
  LatchTristate keypad_battery_critical;
  int door_state_code;
  LatchTristate ring_active;
  gint64 ring_timestamp;
  gint64 timestamp;
} LatchStateSnapshot;

/**
 * LatchDeviceSnapshot:
 * @device_type: the bridge's code, -1 where it sends none
 * @name: (nullable): as set in the vendor's app, repaired where it was not valid text
 * @has_state: whether the bridge has ever heard from the device
 *
 * A lock or opener: one item of /list, or a callback.
 */
typedef struct
{
  guint64 nuki_id;
  int device_type;
  char *name;
  char *firmware_version;
  gboolean has_state;
  LatchStateSnapshot state;
} LatchDeviceSnapshot;

/**
 * LatchScanResult:
 * @rssi: in dBm, negative; 0 where missing
 *
 * A device in the bridge's range (/info).
 */
typedef struct
{
  guint64 nuki_id;
  int device_type;
  char *name;
  int rssi;
  LatchTristate paired;
} LatchScanResult;

/**
 * LatchInfoSnapshot:
 * @uptime: in seconds
 * @current_time: what the bridge thinks the time is
 * @scan_results: (element-type LatchScanResult)
 * @json: the answer as it came (repaired where it was not valid JSON)
 *
 * /info.
 */
typedef struct
{
  LatchBridgeType bridge_type;
  guint64 hardware_id;
  guint64 server_id;
  char *firmware_version;
  char *wifi_firmware_version;
  char *app_version;
  gint64 uptime;
  gint64 current_time;
  LatchTristate wlan_connected;
  LatchTristate server_connected;
  GPtrArray *scan_results;
  JsonNode *json;
} LatchInfoSnapshot;

/**
 * LatchCallback:
 *
 * One of the bridge's three places for callbacks (/callback/list).
 */
typedef struct
{
  int id;
  char *url;
} LatchCallback;

/**
 * LatchLogEntry:
 * @nuki_id: the lock it is about, 0 if none
 * @json: the whole entry, with whatever members it has
 *
 * One item of /log.
 */
typedef struct
{
  gint64 timestamp;
  char *type;
  guint64 nuki_id;
  JsonNode *json;
} LatchLogEntry;

/**
 * LatchDiscoveredBridge:
 * @ip: (nullable): %NULL where the bridge hides its address or tells none
 * @port: 0 likewise
 *
 * A bridge that the discovery service knows of.
 */
typedef struct
{
  guint64 bridge_id;
  char *ip;
  guint16 port;
  gint64 date_updated;
  JsonNode *json;
} LatchDiscoveredBridge;

#define LATCH_STATE_SNAPSHOT_INIT                                                                                      \
  {                                                                                                                    \
    .state_code = -1, .mode = -1, .battery_critical = LATCH_TRISTATE_UNKNOWN,                                          \
    .battery_charging = LATCH_TRISTATE_UNKNOWN, .battery_percent = -1,                                                 \
    .keypad_battery_critical = LATCH_TRISTATE_UNKNOWN, .door_state_code = -1, .ring_active = LATCH_TRISTATE_UNKNOWN,   \
  }

#define LATCH_TYPE_DEVICE_SNAPSHOT (latch_device_snapshot_get_type ())
#define LATCH_TYPE_INFO_SNAPSHOT (latch_info_snapshot_get_type ())

GType latch_device_snapshot_get_type (void);
GType latch_info_snapshot_get_type (void);

LatchDeviceSnapshot *latch_device_snapshot_new (guint64 nuki_id);
LatchDeviceSnapshot *latch_device_snapshot_copy (const LatchDeviceSnapshot *self);
void latch_device_snapshot_free (LatchDeviceSnapshot *self);

LatchInfoSnapshot *latch_info_snapshot_new (void);
LatchInfoSnapshot *latch_info_snapshot_copy (const LatchInfoSnapshot *self);
void latch_info_snapshot_free (LatchInfoSnapshot *self);

LatchScanResult *latch_scan_result_new (void);
void latch_scan_result_free (LatchScanResult *self);
void latch_callback_free (LatchCallback *self);
void latch_log_entry_free (LatchLogEntry *self);
LatchDiscoveredBridge *latch_discovered_bridge_copy (const LatchDiscoveredBridge *self);
void latch_discovered_bridge_free (LatchDiscoveredBridge *self);
gboolean latch_discovered_bridge_is_local (const LatchDiscoveredBridge *self);

char *latch_nuki_id_to_hex (guint64 nuki_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LatchDeviceSnapshot, latch_device_snapshot_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LatchInfoSnapshot, latch_info_snapshot_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LatchScanResult, latch_scan_result_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LatchCallback, latch_callback_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LatchLogEntry, latch_log_entry_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LatchDiscoveredBridge, latch_discovered_bridge_free)

G_END_DECLS
