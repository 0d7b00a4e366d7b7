/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-keeper.h"

#include "latch-synchronizer.h"

/* Seconds after which the time of the last confirmation is worth a write, although nothing changed */
#define SAVE_INTERVAL 300

struct _LatchKeeper
{
  GObject parent_instance;

  LatchBridge *bridge;
  LatchStore *store;
  LatchSynchronizer *synchronizer; /* NULL while not watched */
  gint64 saved_at;
};

G_DEFINE_FINAL_TYPE (LatchKeeper, latch_keeper, G_TYPE_OBJECT)

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!latch_store_write_finish (LATCH_STORE (source), result, &error))
    g_message ("Could not save what is known of a bridge: %s", error->message);
}

static LatchBridgeRecord *
record_bridge (LatchKeeper *self)
{
  LatchBridgeRecord *record = latch_bridge_record_new (latch_bridge_get_id (self->bridge));
  const LatchInfoSnapshot *info = latch_bridge_get_info (self->bridge);
  LatchClient *client = latch_bridge_get_client (self->bridge);

  g_set_str (&record->name, latch_bridge_get_name (self->bridge));
  g_set_str (&record->host, latch_client_get_host (client));
  record->port = latch_client_get_port (client);
  record->accepted_mode = latch_client_get_accepted_mode (client);
  record->type = info != NULL ? info->bridge_type : LATCH_BRIDGE_TYPE_UNKNOWN;

  return record;
}

static void
save_locks (LatchKeeper *self)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_device_record_free);
  guint n_locks = g_list_model_get_n_items (G_LIST_MODEL (self->bridge));

  for (guint i = 0; i < n_locks; i++)
    {
      g_autoptr (LatchLock) lock = g_list_model_get_item (G_LIST_MODEL (self->bridge), i);
      g_autoptr (LatchDeviceSnapshot) snapshot = latch_device_snapshot_new (latch_lock_get_nuki_id (lock));
      LatchDeviceRecord *record = NULL;

      latch_lock_to_snapshot (lock, snapshot);
      record = latch_device_record_new (snapshot);
      record->position = i;
      record->confirmed_at = latch_lock_get_confirmed_at (lock);
      record->changed_at = latch_lock_get_changed_at (lock);
      g_ptr_array_add (records, record);
    }

  self->saved_at = g_get_monotonic_time ();
  latch_store_save_devices_async (self->store, latch_bridge_get_id (self->bridge), records, NULL, written_cb, NULL);
}

static void
save_bridge_cb (LatchKeeper *self)
{
  latch_keeper_save_async (self, NULL, NULL);
}

static void
heard_cb (LatchKeeper *self, gboolean changed)
{
  if (changed || g_get_monotonic_time () - self->saved_at > SAVE_INTERVAL * G_TIME_SPAN_SECOND)
    save_locks (self);
}

static void
latch_keeper_dispose (GObject *object)
{
  latch_keeper_set_watching (LATCH_KEEPER (object), FALSE);

  G_OBJECT_CLASS (latch_keeper_parent_class)->dispose (object);
}

static void
latch_keeper_finalize (GObject *object)
{
  LatchKeeper *self = LATCH_KEEPER (object);

  g_clear_object (&self->bridge);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (latch_keeper_parent_class)->finalize (object);
}

static void
latch_keeper_class_init (LatchKeeperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = latch_keeper_dispose;
  object_class->finalize = latch_keeper_finalize;
}

static void
latch_keeper_init (LatchKeeper *self)
{
}

/**
 * latch_keeper_new:
 * @bridge: what to keep
 * @store: where
 *
 * Returns: (transfer full): a keeper that has not saved anything yet
 */
LatchKeeper *
latch_keeper_new (LatchBridge *bridge, LatchStore *store)
{
  LatchKeeper *self = g_object_new (LATCH_TYPE_KEEPER, NULL);

  self->bridge = g_object_ref (bridge);
  self->store = g_object_ref (store);
  g_signal_connect_object (bridge, "heard", G_CALLBACK (heard_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bridge, "notify::name", G_CALLBACK (save_bridge_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bridge, "notify::info", G_CALLBACK (save_bridge_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (latch_bridge_get_client (bridge), "notify::accepted-mode", G_CALLBACK (save_bridge_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/**
 * latch_keeper_new_from_record:
 * @record: what the store says of a bridge
 * @store: the store
 *
 * Returns: (transfer full): a keeper of that bridge, whose locks are as they were last known, and stale
 */
LatchKeeper *
latch_keeper_new_from_record (const LatchBridgeRecord *record, LatchStore *store)
{
  g_autoptr (LatchClient) client = latch_client_new (record->host, record->port);
  g_autoptr (LatchBridge) bridge = latch_bridge_new (record->id, record->name, client);

  latch_client_set_accepted_mode (client, record->accepted_mode);
  for (guint i = 0; i < record->devices->len; i++)
    {
      const LatchDeviceRecord *device = record->devices->pdata[i];

      latch_bridge_restore_lock (bridge, device->snapshot, device->confirmed_at, device->changed_at);
    }

  return latch_keeper_new (bridge, store);
}

/**
 * latch_keeper_get_bridge:
 *
 * Returns: (transfer none): the bridge
 */
LatchBridge *
latch_keeper_get_bridge (LatchKeeper *self)
{
  g_return_val_if_fail (LATCH_IS_KEEPER (self), NULL);

  return self->bridge;
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (latch_store_write_finish (LATCH_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * latch_keeper_save_async:
 * @callback: (nullable): called when it is done; without one, a failure is logged
 *
 * Writes the bridge and its locks to the store. This happens by itself when something changes.
 */
void
latch_keeper_save_async (LatchKeeper *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (LatchBridgeRecord) record = NULL;

  g_return_if_fail (LATCH_IS_KEEPER (self));

  record = record_bridge (self);
  if (callback == NULL)
    latch_store_save_bridge_async (self->store, record, NULL, written_cb, NULL);
  else
    {
      GTask *task = g_task_new (self, NULL, callback, user_data);

      g_task_set_source_tag (task, latch_keeper_save_async);
      latch_store_save_bridge_async (self->store, record, NULL, saved_cb, task);
      save_locks (self);
    }
}

gboolean
latch_keeper_save_finish (LatchKeeper *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * latch_keeper_set_watching:
 * @watching: whether the bridge's locks are to be kept fresh; without a token they cannot be
 */
void
latch_keeper_set_watching (LatchKeeper *self, gboolean watching)
{
  g_return_if_fail (LATCH_IS_KEEPER (self));

  if (!watching && self->synchronizer != NULL)
    {
      latch_synchronizer_stop (self->synchronizer);
      g_clear_object (&self->synchronizer);
    }
  else if (watching && self->synchronizer == NULL && latch_client_has_token (latch_bridge_get_client (self->bridge)))
    self->synchronizer = latch_synchronizer_new (self->bridge);
}

/**
 * latch_keeper_refresh:
 *
 * Looks at the bridge's list now rather than when it is time, if it is watched.
 */
void
latch_keeper_refresh (LatchKeeper *self)
{
  g_return_if_fail (LATCH_IS_KEEPER (self));

  if (self->synchronizer != NULL)
    latch_synchronizer_refresh_now (self->synchronizer);
}
