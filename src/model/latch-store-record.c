/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-store-record.h"

/**
 * latch_device_record_new:
 * @snapshot: what is known of the device; copied
 *
 * Returns: (transfer full): a record without position and times
 */
LatchDeviceRecord *
latch_device_record_new (const LatchDeviceSnapshot *snapshot)
{
  LatchDeviceRecord *self = g_new0 (LatchDeviceRecord, 1);

  self->snapshot = latch_device_snapshot_copy (snapshot);

  return self;
}

/**
 * latch_device_record_copy:
 *
 * Returns: (transfer full): a copy of @self
 */
LatchDeviceRecord *
latch_device_record_copy (const LatchDeviceRecord *self)
{
  LatchDeviceRecord *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->snapshot = latch_device_snapshot_copy (self->snapshot);

  return copy;
}

/**
 * latch_device_record_free:
 * @self: (transfer full) (nullable): what to free
 */
void
latch_device_record_free (LatchDeviceRecord *self)
{
  if (self == NULL)
    return;

  latch_device_snapshot_free (self->snapshot);
  g_free (self);
}

/**
 * latch_bridge_record_new:
 * @id: the bridge's ID
 *
 * Returns: (transfer full): a record of a bridge without devices
 */
LatchBridgeRecord *
latch_bridge_record_new (const char *id)
{
  LatchBridgeRecord *self = g_new0 (LatchBridgeRecord, 1);

  self->id = g_strdup (id);
  self->instant_updates = TRUE;
  self->devices = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_device_record_free);
  self->choices = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_lock_choice_free);

  return self;
}

/**
 * latch_bridge_record_free:
 * @self: (transfer full) (nullable): what to free
 */
void
latch_bridge_record_free (LatchBridgeRecord *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->name);
  g_free (self->host);
  g_ptr_array_unref (self->devices);
  g_ptr_array_unref (self->choices);
  g_free (self);
}
