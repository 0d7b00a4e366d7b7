/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-bridge-record.h"

#include "latch-bridge-maintain.h"
#include "latch-bridge-private.h"

/**
 * latch_bridge_record:
 *
 * Returns: (transfer full): what is worth storing of the bridge itself
 */
LatchBridgeRecord *
latch_bridge_record (LatchBridge *self)
{
  LatchBridgeRecord *record = latch_bridge_record_new (latch_bridge_get_id (self));
  LatchClient *client = latch_bridge_get_client (self);

  g_set_str (&record->name, latch_bridge_get_name (self));
  g_set_str (&record->host, latch_client_get_host (client));
  record->port = latch_client_get_port (client);
  record->known_only = TRUE;
  record->accepted_mode = latch_client_get_accepted_mode (client);
  record->instant_updates = latch_bridge_get_instant_updates (self);
  record->allows_pairing = latch_bridge_get_access (self);
  record->was_reset = latch_bridge_get_maintenance (self) == LATCH_MAINTENANCE_WAS_RESET;
  record->type = latch_bridge_get_bridge_type (self);

  return record;
}

/**
 * latch_bridge_record_locks:
 *
 * Returns: (transfer full) (element-type LatchDeviceRecord): its locks as they are known
 */
GPtrArray *
latch_bridge_record_locks (LatchBridge *self)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_device_record_free);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (LatchLock) lock = g_list_model_get_item (G_LIST_MODEL (self), i);
      g_autoptr (LatchDeviceSnapshot) snapshot = latch_device_snapshot_new (latch_lock_get_nuki_id (lock));
      LatchDeviceRecord *record = NULL;

      latch_lock_to_snapshot (lock, snapshot);
      record = latch_device_record_new (snapshot);
      record->position = i;
      record->confirmed_at = latch_lock_get_confirmed_at (lock);
      record->changed_at = latch_lock_get_changed_at (lock);
      g_ptr_array_add (records, record);
    }

  return records;
}
