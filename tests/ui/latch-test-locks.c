/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-test-locks.h"

#include "latch-codec.h"
#include "latch-error.h"
#include "latch-lock-private.h"

static int
door_to_code (LatchDoorState state)
{
  for (int code = 0; code < 256; code++)
    if (latch_door_state_from_code (code) == state)
      return code;

  return -1;
}

static LatchDeviceSnapshot *
make_snapshot (const LatchTestLock *lock, guint position, gint64 now)
{
  LatchDeviceSnapshot *snapshot = latch_device_snapshot_new (position + 1);

  snapshot->device_type = lock->opener ? LATCH_DEVICE_TYPE_OPENER : LATCH_DEVICE_TYPE_SMART_LOCK_3;
  snapshot->name = g_strdup (lock->name);
  snapshot->has_state = lock->state != LATCH_LOCK_STATE_UNKNOWN;
  if (!snapshot->has_state)
    return snapshot;

  snapshot->state.state_code = latch_lock_state_to_code (lock->state);
  snapshot->state.mode = lock->continuous ? LATCH_MODE_CONTINUOUS : 2;
  snapshot->state.battery_critical = lock->battery_critical ? LATCH_TRISTATE_YES : LATCH_TRISTATE_NO;
  snapshot->state.battery_percent = lock->battery_percent > 0 ? lock->battery_percent : -1;
  snapshot->state.keypad_battery_critical = lock->keypad ? LATCH_TRISTATE_NO : LATCH_TRISTATE_UNKNOWN;
  snapshot->state.door_state_code = lock->door != LATCH_DOOR_STATE_NONE ? door_to_code (lock->door) : -1;

  snapshot->state.timestamp = lock->heard_ago > 0 ? now - lock->heard_ago : 0;

  return snapshot;
}

static void
finish_locks (LatchBridge *bridge, const LatchTestLock *locks, gsize n_locks)
{
  for (gsize i = 0; i < n_locks; i++)
    {
      g_autoptr (LatchLock) lock = g_list_model_get_item (G_LIST_MODEL (bridge), i);

      latch_lock_set_offline (lock, locks[i].offline);
      latch_lock_set_rssi (lock, locks[i].rssi);
      latch_lock_set_pending_action (lock, locks[i].pending);
    }
}

/* A bridge that is connected, and whose locks did not change but as long ago as they say */
LatchBridge *
latch_test_bridge_new (const char *id, const char *name, const LatchTestLock *locks, gsize n_locks, gint64 now)
{
  g_autoptr (LatchClient) client = latch_client_new ("192.168.1.50", 8080);
  LatchBridge *bridge = latch_bridge_new (id, name, client);

  for (gsize i = 0; i < n_locks; i++)
    {
      g_autoptr (LatchDeviceSnapshot) known = make_snapshot (&locks[i], i, now);

      known->state.ring_timestamp = locks[i].ring_ago > 0 ? now - locks[i].ring_ago : 0;
      latch_bridge_restore_lock (bridge, known, known->has_state ? now : 0,
                                 locks[i].changed_ago > 0 ? now - locks[i].changed_ago : 0);
    }
  latch_test_bridge_say (bridge, locks, n_locks, now);

  return bridge;
}

/* The bridge tells its list */
void
latch_test_bridge_say (LatchBridge *bridge, const LatchTestLock *locks, gsize n_locks, gint64 now)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_device_snapshot_free);

  for (gsize i = 0; i < n_locks; i++)
    g_ptr_array_add (devices, make_snapshot (&locks[i], i, now));
  latch_bridge_apply_list (bridge, devices, now);
  finish_locks (bridge, locks, n_locks);
}

/* The bridge tells of itself */
void
latch_test_bridge_tell (LatchBridge *bridge, const char *json)
{
  g_autoptr (GBytes) body = g_bytes_new (json, strlen (json));
  g_autoptr (GError) error = NULL;
  g_autoptr (LatchInfoSnapshot) info = latch_codec_decode_info (body, &error);

  g_assert_no_error (error);
  latch_bridge_apply_info (bridge, info);
}

/* The bridge does not answer as it should, more often than by accident */
void
latch_test_bridge_fail (LatchBridge *bridge, int code)
{
  g_autoptr (GError) error = g_error_new_literal (LATCH_ERROR, code, "It does not answer");

  latch_bridge_apply_error (bridge, error);
  latch_bridge_apply_error (bridge, error);
}

/* Returns: (transfer none): the bridge keeps it */
LatchLock *
latch_test_bridge_get_lock (LatchBridge *bridge, guint position)
{
  g_autoptr (LatchLock) lock = g_list_model_get_item (G_LIST_MODEL (bridge), position);

  return lock;
}
