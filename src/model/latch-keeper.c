/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-keeper.h"

#include "latch-bridge-maintain.h"
#include "latch-bridge-private.h"
#include "latch-bridge-record.h"
#include "latch-recorder.h"
#include "latch-synchronizer.h"

/*
 * Seconds after which the time of the last confirmation is worth a write, although nothing changed. Short enough that
 * a program which was killed and begins anew does not think that nobody had watched
 */
#define SAVE_INTERVAL 90
/* How long the bridge gets to take back our place when instant updates are switched off */
#define LEAVE_MS 10000

struct _LatchKeeper
{
  GObject parent_instance;

  LatchBridge *bridge;
  LatchStore *store;
  LatchRecorder *recorder;
  gint64 saved_at;
  LatchBridgeRecord *saved; /* what was last read or written; NULL before */

  LatchSynchronizer *synchronizer; /* NULL while not kept fresh */
  gboolean visible;
  gboolean discovery_enabled;
  char *discovery_url;

  char *installation_id;           /* NULL until that is known */
  LatchSubscription *subscription; /* NULL before it is first needed */
  guint16 event_port;
  gboolean owes_place;             /* one that was to be given back */
};

G_DEFINE_FINAL_TYPE (LatchKeeper, latch_keeper, G_TYPE_OBJECT)

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (latch_store_write_finish (LATCH_STORE (source), result, &error))
    return;

  /* Before a bridge is added, and after it was forgotten, by another program too, nothing is kept of it */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_debug ("Nothing is saved of a bridge that is not kept");
  else
    g_message ("Could not save what is known of a bridge: %s", error->message);
}

/* Another program may have stored something else since; what we do not know better is left alone */
static void
leave_out_saved (LatchKeeper *self, LatchBridgeRecord *record)
{
  if (self->saved == NULL)
    return;

  if (g_strcmp0 (record->name, self->saved->name) == 0)
    g_clear_pointer (&record->name, g_free);
  if (g_strcmp0 (record->host, self->saved->host) == 0 && record->port == self->saved->port)
    g_clear_pointer (&record->host, g_free);
  record->keeps_rest = record->instant_updates == self->saved->instant_updates &&
                       record->allows_pairing == self->saved->allows_pairing &&
                       record->was_reset == self->saved->was_reset;
}

static void
save_locks (LatchKeeper *self)
{
  g_autoptr (GPtrArray) records = latch_bridge_record_locks (self->bridge);

  self->saved_at = g_get_monotonic_time ();
  latch_store_save_devices_async (self->store, latch_bridge_get_id (self->bridge), records, NULL, written_cb, NULL);
}

static void
save_bridge_cb (LatchKeeper *self)
{
  latch_keeper_save_async (self, NULL, NULL);
}

/* The rest of it is not kept: whoever looks at the bridge has it asked every few seconds */
static void
info_cb (LatchKeeper *self)
{
  if (self->saved == NULL || latch_bridge_get_bridge_type (self->bridge) != self->saved->type)
    save_bridge_cb (self);
}

static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchKeeper) self = user_data;
  g_autoptr (GError) error = NULL;

  /* It is tried again when the bridge is there again */
  self->owes_place = !latch_subscription_stop_finish (LATCH_SUBSCRIPTION (source), result, &error);
  if (self->owes_place)
    g_debug ("A place for instant updates could not be given back: %s", error->message);
}

/* Has the bridge tell of changes exactly if that is wanted and possible */
static void
update_subscription (LatchKeeper *self)
{
  gboolean wanted = self->synchronizer != NULL && self->installation_id != NULL &&
                    latch_bridge_get_instant_updates (self->bridge);

  if (wanted && self->subscription == NULL)
    {
      self->subscription = latch_subscription_new (latch_bridge_get_client (self->bridge), self->installation_id);
      latch_subscription_set_port (self->subscription, self->event_port);
    }
  if (self->synchronizer != NULL)
    latch_synchronizer_set_subscription (self->synchronizer, wanted ? self->subscription : NULL);
  /* Even one that is off: it may be about to be switched on */
  if (!wanted && self->subscription != NULL)
    latch_subscription_stop_async (self->subscription, LEAVE_MS, NULL, stopped_cb, g_object_ref (self));
}

static void
heard_cb (LatchKeeper *self, gboolean changed, gboolean pushed)
{
  if (self->owes_place && !pushed)
    {
      self->owes_place = FALSE;
      update_subscription (self);
    }
  if (changed || g_get_monotonic_time () - self->saved_at > SAVE_INTERVAL * G_TIME_SPAN_SECOND)
    save_locks (self);
}

static void
instant_updates_cb (LatchKeeper *self)
{
  update_subscription (self);
  save_bridge_cb (self);
}

static void
latch_keeper_dispose (GObject *object)
{
  LatchKeeper *self = LATCH_KEEPER (object);

  if (self->synchronizer != NULL)
    latch_synchronizer_stop (self->synchronizer);
  g_clear_object (&self->synchronizer);
  g_clear_object (&self->subscription);

  G_OBJECT_CLASS (latch_keeper_parent_class)->dispose (object);
}

static void
latch_keeper_finalize (GObject *object)
{
  LatchKeeper *self = LATCH_KEEPER (object);

  g_clear_object (&self->recorder);
  g_clear_object (&self->bridge);
  g_clear_object (&self->store);
  g_clear_pointer (&self->saved, latch_bridge_record_free);
  g_clear_pointer (&self->discovery_url, g_free);
  g_clear_pointer (&self->installation_id, g_free);

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
  self->visible = TRUE;
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
  self->recorder = latch_recorder_new (bridge, store);
  g_signal_connect_object (bridge, "heard", G_CALLBACK (heard_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bridge, "notify::name", G_CALLBACK (save_bridge_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bridge, "notify::info", G_CALLBACK (info_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bridge, "notify::instant-updates", G_CALLBACK (instant_updates_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bridge, "notify::access", G_CALLBACK (save_bridge_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bridge, "notify::maintenance", G_CALLBACK (save_bridge_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (latch_bridge_get_client (bridge), "notify", G_CALLBACK (save_bridge_cb), self,
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
  LatchKeeper *self = NULL;

  latch_client_set_accepted_mode (client, record->accepted_mode);
  latch_bridge_set_bridge_type (bridge, record->type);
  latch_bridge_set_instant_updates (bridge, record->instant_updates);
  latch_bridge_set_access (bridge, CLAMP (record->allows_pairing, LATCH_ACCESS_UNKNOWN, LATCH_ACCESS_WAS_ALLOWED));
  if (record->was_reset)
    latch_bridge_set_maintenance (bridge, LATCH_MAINTENANCE_WAS_RESET);
  for (guint i = 0; i < record->choices->len; i++)
    latch_bridge_restore_choice (bridge, record->choices->pdata[i]);
  for (guint i = 0; i < record->devices->len; i++)
    {
      const LatchDeviceRecord *device = record->devices->pdata[i];

      latch_bridge_restore_lock (bridge, device->snapshot, device->confirmed_at, device->changed_at);
    }

  self = latch_keeper_new (bridge, store);
  self->saved = latch_bridge_record (self->bridge);

  return self;
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
 * Writes the bridge and its locks to the store. This happens by itself when something changes, but only for a bridge
 * that is still kept there; with @callback, somebody wants it so in any case.
 */
void
latch_keeper_save_async (LatchKeeper *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (LatchBridgeRecord) record = NULL;

  g_return_if_fail (LATCH_IS_KEEPER (self));

  record = latch_bridge_record (self->bridge);
  if (callback == NULL)
    leave_out_saved (self, record);
  g_clear_pointer (&self->saved, latch_bridge_record_free);
  self->saved = latch_bridge_record (self->bridge);
  if (callback == NULL)
    latch_store_save_bridge_async (self->store, record, NULL, written_cb, NULL);
  else
    {
      GTask *task = g_task_new (self, NULL, callback, user_data);

      g_task_set_source_tag (task, latch_keeper_save_async);
      record->known_only = FALSE;
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
 *
 * A place for instant updates that the bridge has for us is not given back by this: see latch_keeper_leave_async().
 */
void
latch_keeper_set_watching (LatchKeeper *self, gboolean watching)
{
  g_return_if_fail (LATCH_IS_KEEPER (self));

  if (!watching)
    latch_bridge_stop_maintaining (self->bridge);
  if (!watching && self->synchronizer != NULL)
    {
      latch_synchronizer_stop (self->synchronizer);
      g_clear_object (&self->synchronizer);
      save_locks (self); /* until when they were watched */
    }
  else if (watching && self->synchronizer == NULL && latch_client_has_token (latch_bridge_get_client (self->bridge)))
    {
      self->synchronizer = latch_synchronizer_new (self->bridge);
      latch_synchronizer_set_visible (self->synchronizer, self->visible);
      latch_synchronizer_set_discovery (self->synchronizer, self->discovery_enabled, self->discovery_url);
      update_subscription (self);
      latch_synchronizer_start (self->synchronizer);
    }
}

/**
 * latch_keeper_set_visible:
 * @visible: whether somebody sees the locks; so it is at first
 */
void
latch_keeper_set_visible (LatchKeeper *self, gboolean visible)
{
  g_return_if_fail (LATCH_IS_KEEPER (self));

  self->visible = !!visible;
  if (self->synchronizer != NULL)
    latch_synchronizer_set_visible (self->synchronizer, self->visible);
}

/**
 * latch_keeper_set_discovery:
 * @enabled: whether the discovery service may be asked where the bridge is when it does not answer; it may not at first
 * @url: (nullable): its address, %NULL for the vendor's
 */
void
latch_keeper_set_discovery (LatchKeeper *self, gboolean enabled, const char *url)
{
  g_return_if_fail (LATCH_IS_KEEPER (self));

  self->discovery_enabled = enabled;
  g_set_str (&self->discovery_url, url);
  if (self->synchronizer != NULL)
    latch_synchronizer_set_discovery (self->synchronizer, enabled, url);
}

/**
 * latch_keeper_set_installation_id:
 * @installation_id: what marks our place with the bridge: see latch_store_load_installation_id_async()
 *
 * Without it the bridge cannot be asked to tell of changes.
 */
void
latch_keeper_set_installation_id (LatchKeeper *self, const char *installation_id)
{
  g_return_if_fail (LATCH_IS_KEEPER (self));

  latch_bridge_set_installation_id (self->bridge, installation_id);
  if (g_set_str (&self->installation_id, installation_id))
    update_subscription (self);
}

/* Returns: what latch_keeper_set_event_port() was last told */
guint16
latch_keeper_get_event_port (LatchKeeper *self)
{
  g_return_val_if_fail (LATCH_IS_KEEPER (self), 0);

  return self->event_port;
}

/**
 * latch_keeper_set_event_port:
 * @port: where the bridge's news are to come in; 0, as at first, for any free port
 */
void
latch_keeper_set_event_port (LatchKeeper *self, guint16 port)
{
  g_return_if_fail (LATCH_IS_KEEPER (self));

  self->event_port = port;
  if (self->subscription != NULL)
    latch_subscription_set_port (self->subscription, port);
}

/**
 * latch_keeper_refresh:
 *
 * Looks at the bridge's list now rather than when it is time, if it is kept fresh.
 */
void
latch_keeper_refresh (LatchKeeper *self)
{
  g_return_if_fail (LATCH_IS_KEEPER (self));

  if (self->synchronizer != NULL)
    latch_synchronizer_refresh_now (self->synchronizer);
}

static void
left_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (latch_subscription_stop_finish (LATCH_SUBSCRIPTION (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * latch_keeper_leave_async:
 * @timeout_ms: after how many milliseconds to give up
 *
 * Keeps the bridge's locks fresh no more, and gives back the place for instant updates that the bridge has for us.
 */
void
latch_keeper_leave_async (LatchKeeper *self, guint timeout_ms, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = NULL;

  g_return_if_fail (LATCH_IS_KEEPER (self));

  latch_keeper_set_watching (self, FALSE);
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, latch_keeper_leave_async);
  /* A bridge that refuses us, or has forgotten us, is not to be bothered */
  if (self->subscription != NULL && latch_bridge_get_maintenance (self->bridge) != LATCH_MAINTENANCE_WAS_RESET &&
      latch_bridge_get_connection (self->bridge) != LATCH_CONNECTION_UNAUTHORIZED)
    latch_subscription_stop_async (self->subscription, timeout_ms, NULL, left_cb, task);
  else
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
}

/**
 * latch_keeper_leave_finish:
 * @error: set to why the place could not be given back
 *
 * Returns: whether the bridge has no place for us any more
 */
gboolean
latch_keeper_leave_finish (LatchKeeper *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, latch_keeper_leave_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
