/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-home.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#include "latch-error.h"
#include "latch-synchronizer.h"

/* Seconds after which the time of the last confirmation is worth a write, although nothing changed */
#define SAVE_INTERVAL 300

/**
 * LatchHome:
 *
 * The bridges that this person has paired with: a list model that outlives the program, in the store, with tokens in
 * the keyring.
 */
struct _LatchHome
{
  GObject parent_instance;

  LatchStore *store;
  LatchTokenStore *token_store;
  GPtrArray *entries; /* of Entry */
  gboolean loaded;
  gboolean watching;
};

typedef struct
{
  LatchHome *home; /* not owned */
  LatchBridge *bridge;
  LatchSynchronizer *synchronizer; /* NULL while not watched */
  gint64 saved_at;
} Entry;

enum
{
  PROP_0,
  PROP_LOADED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GType
latch_home_get_item_type (GListModel *model)
{
  return LATCH_TYPE_BRIDGE;
}

static guint
latch_home_get_n_items (GListModel *model)
{
  return LATCH_HOME (model)->entries->len;
}

static gpointer
latch_home_get_item (GListModel *model, guint position)
{
  LatchHome *self = LATCH_HOME (model);
  Entry *entry = position < self->entries->len ? self->entries->pdata[position] : NULL;

  return entry != NULL ? g_object_ref (entry->bridge) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = latch_home_get_item_type;
  iface->get_n_items = latch_home_get_n_items;
  iface->get_item = latch_home_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LatchHome, latch_home, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!latch_store_write_finish (LATCH_STORE (source), result, &error))
    g_message ("Could not save the last known states: %s", error->message);
}

static void
save_bridge (LatchHome *self, LatchBridge *bridge, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (LatchBridgeRecord) record = latch_bridge_record_new (latch_bridge_get_id (bridge));
  const LatchInfoSnapshot *info = latch_bridge_get_info (bridge);
  LatchClient *client = latch_bridge_get_client (bridge);

  record->name = g_strdup (latch_bridge_get_name (bridge));
  record->host = g_strdup (latch_client_get_host (client));
  record->port = latch_client_get_port (client);
  record->accepted_mode = latch_client_get_accepted_mode (client);
  record->type = info != NULL ? info->bridge_type : LATCH_BRIDGE_TYPE_UNKNOWN;
  latch_store_save_bridge_async (self->store, record, NULL, callback, user_data);
}

static void
save_locks (Entry *entry)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) latch_device_record_free);
  guint n_locks = g_list_model_get_n_items (G_LIST_MODEL (entry->bridge));

  for (guint i = 0; i < n_locks; i++)
    {
      g_autoptr (LatchLock) lock = g_list_model_get_item (G_LIST_MODEL (entry->bridge), i);
      g_autoptr (LatchDeviceSnapshot) snapshot = latch_device_snapshot_new (latch_lock_get_nuki_id (lock));
      LatchDeviceRecord *record = NULL;

      latch_lock_to_snapshot (lock, snapshot);
      record = latch_device_record_new (snapshot);
      record->position = i;
      record->confirmed_at = latch_lock_get_confirmed_at (lock);
      record->changed_at = latch_lock_get_changed_at (lock);
      g_ptr_array_add (records, record);
    }

  entry->saved_at = g_get_monotonic_time ();
  latch_store_save_devices_async (entry->home->store, latch_bridge_get_id (entry->bridge), records, NULL, written_cb, NULL);
}

static void
heard_cb (LatchBridge *bridge, gboolean changed, gpointer user_data)
{
  Entry *entry = user_data;

  if (changed || g_get_monotonic_time () - entry->saved_at > SAVE_INTERVAL * G_TIME_SPAN_SECOND)
    save_locks (entry);
}

static void
worth_saving_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  Entry *entry = user_data;

  save_bridge (entry->home, entry->bridge, written_cb, NULL);
}

static void
entry_free (Entry *entry)
{
  g_signal_handlers_disconnect_by_data (latch_bridge_get_client (entry->bridge), entry);
  g_signal_handlers_disconnect_by_data (entry->bridge, entry);
  if (entry->synchronizer != NULL)
    latch_synchronizer_stop (entry->synchronizer);
  g_clear_object (&entry->synchronizer);
  g_clear_object (&entry->bridge);
  g_free (entry);
}

static void
watch (Entry *entry)
{
  if (entry->home->watching && entry->synchronizer == NULL && latch_client_has_token (latch_bridge_get_client (entry->bridge)))
    entry->synchronizer = latch_synchronizer_new (entry->bridge);
}

static Entry *
find_entry (LatchHome *self, const char *id)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if (g_strcmp0 (latch_bridge_get_id (entry->bridge), id) == 0)
        return entry;
    }

  return NULL;
}

static Entry *
add_entry (LatchHome *self, LatchBridge *bridge)
{
  Entry *entry = g_new0 (Entry, 1);
  LatchClient *client = latch_bridge_get_client (bridge);

  entry->home = self;
  entry->bridge = g_object_ref (bridge);
  g_ptr_array_add (self->entries, entry);
  g_signal_connect (bridge, "heard", G_CALLBACK (heard_cb), entry);
  g_signal_connect (bridge, "notify::name", G_CALLBACK (worth_saving_cb), entry);
  g_signal_connect (bridge, "notify::info", G_CALLBACK (worth_saving_cb), entry);
  g_signal_connect (client, "notify::accepted-mode", G_CALLBACK (worth_saving_cb), entry);
  g_list_model_items_changed (G_LIST_MODEL (self), self->entries->len - 1, 0, 1);

  return entry;
}

typedef struct
{
  GTask *task;
  char *bridge_id;
} Lookup;

static void
lookup_free (Lookup *lookup)
{
  g_clear_object (&lookup->task);
  g_free (lookup->bridge_id);
  g_free (lookup);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Lookup, lookup_free)

static void
set_loaded (LatchHome *self)
{
  if (!self->loaded)
    {
      self->loaded = TRUE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
    }
}

static void
token_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Lookup) lookup = user_data;
  LatchHome *self = g_task_get_source_object (lookup->task);
  guint *n_pending = g_task_get_task_data (lookup->task);
  Entry *entry = find_entry (self, lookup->bridge_id);
  g_autoptr (GError) error = NULL;
  gboolean session_only = FALSE;
  char *token = NULL;

  token = latch_token_store_lookup_finish (LATCH_TOKEN_STORE (source), result, &session_only, &error);
  if (token == NULL && error == NULL)
    error = g_error_new (LATCH_ERROR, LATCH_ERROR_NO_TOKEN, _("The keyring has no token for this bridge. Pair with it again"));

  if (entry != NULL && token != NULL)
    {
      latch_client_set_token (latch_bridge_get_client (entry->bridge), token);
      latch_bridge_set_session_only (entry->bridge, session_only);
      watch (entry);
    }
  else if (entry != NULL)
    {
      g_autoptr (GError) reason = g_error_new_literal (LATCH_ERROR, LATCH_ERROR_NO_TOKEN, error->message);

      latch_bridge_apply_error (entry->bridge, reason);
    }
  secret_password_free (token);

  if (--*n_pending == 0)
    g_task_return_boolean (lookup->task, TRUE);
}

static void
restore (LatchHome *self, const LatchBridgeRecord *record)
{
  g_autoptr (LatchClient) client = latch_client_new (record->host, record->port);
  g_autoptr (LatchBridge) bridge = latch_bridge_new (record->id, record->name, client);

  latch_client_set_accepted_mode (client, record->accepted_mode);
  for (guint i = 0; i < record->devices->len; i++)
    {
      const LatchDeviceRecord *device = record->devices->pdata[i];

      latch_bridge_restore_lock (bridge, device->snapshot, device->confirmed_at, device->changed_at);
    }
  add_entry (self, bridge);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LatchHome *self = g_task_get_source_object (task);
  g_autoptr (GPtrArray) records = NULL;
  guint *n_pending = NULL;
  GError *error = NULL;

  records = latch_store_load_finish (LATCH_STORE (source), result, &error);
  if (records == NULL)
    {
      set_loaded (self);
      g_task_return_error (task, error);
      return;
    }

  n_pending = g_new0 (guint, 1);
  g_task_set_task_data (task, n_pending, g_free);
  for (guint i = 0; i < records->len; i++)
    {
      const LatchBridgeRecord *record = records->pdata[i];
      Lookup *lookup = NULL;

      if (find_entry (self, record->id) != NULL)
        continue;

      restore (self, record);
      lookup = g_new0 (Lookup, 1);
      lookup->task = g_object_ref (task);
      lookup->bridge_id = g_strdup (record->id);
      ++*n_pending;
      latch_token_store_lookup_async (self->token_store, record->id, g_task_get_cancellable (task), token_cb, lookup);
    }
  set_loaded (self);

  if (*n_pending == 0)
    g_task_return_boolean (task, TRUE);
}

static void
latch_home_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_LOADED:
      g_value_set_boolean (value, LATCH_HOME (object)->loaded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
latch_home_finalize (GObject *object)
{
  LatchHome *self = LATCH_HOME (object);

  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_object (&self->store);
  g_clear_object (&self->token_store);

  G_OBJECT_CLASS (latch_home_parent_class)->finalize (object);
}

static void
latch_home_class_init (LatchHomeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = latch_home_get_property;
  object_class->finalize = latch_home_finalize;

  /**
   * LatchHome:loaded:
   *
   * Whether the store has told which bridges there are.
   */
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
latch_home_init (LatchHome *self)
{
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
}

/**
 * latch_home_new:
 * @store: where bridges and last known states are kept
 * @token_store: where tokens are kept
 *
 * Returns: (transfer full): a home that is empty until latch_home_load_async() has run
 */
LatchHome *
latch_home_new (LatchStore *store, LatchTokenStore *token_store)
{
  LatchHome *self = g_object_new (LATCH_TYPE_HOME, NULL);

  self->store = g_object_ref (store);
  self->token_store = g_object_ref (token_store);

  return self;
}

/**
 * latch_home_load_async:
 *
 * Restores bridges with their last known states, which appear at once, marked as not confirmed; then gets their
 * tokens from the keyring. A token that cannot be had is told by its bridge's connection, not as a failure.
 */
void
latch_home_load_async (LatchHome *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = NULL;

  g_return_if_fail (LATCH_IS_HOME (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, latch_home_load_async);
  latch_store_load_async (self->store, cancellable, loaded_cb, task);
}

gboolean
latch_home_load_finish (LatchHome *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
latch_home_is_loaded (LatchHome *self)
{
  g_return_val_if_fail (LATCH_IS_HOME (self), FALSE);

  return self->loaded;
}

/**
 * latch_home_find_bridge:
 * @id: a bridge's ID
 *
 * Returns: (transfer none) (nullable): the bridge
 */
LatchBridge *
latch_home_find_bridge (LatchHome *self, const char *id)
{
  Entry *entry = NULL;

  g_return_val_if_fail (LATCH_IS_HOME (self), NULL);

  entry = find_entry (self, id);

  return entry != NULL ? entry->bridge : NULL;
}

/**
 * latch_home_suggest_name:
 *
 * Returns: (transfer full): a name for the next bridge that no other one has
 */
char *
latch_home_suggest_name (LatchHome *self)
{
  g_return_val_if_fail (LATCH_IS_HOME (self), NULL);

  for (guint n = 1;; n++)
    {
      /* Translators: the name proposed for a second or further bridge, as in "Home 2" */
      g_autofree char *name = n == 1 ? g_strdup (_("Home")) : g_strdup_printf (_("Home %u"), n);
      gboolean taken = FALSE;

      for (guint i = 0; i < self->entries->len; i++)
        taken |= g_strcmp0 (latch_bridge_get_name (((Entry *) self->entries->pdata[i])->bridge), name) == 0;
      if (!taken)
        return g_steal_pointer (&name);
    }
}

typedef struct
{
  LatchPairing *pairing;
  char *name;
  LatchBridge *bridge;
  gboolean session_only;
} Adoption;

static void
adoption_free (Adoption *adoption)
{
  g_clear_object (&adoption->pairing);
  g_clear_object (&adoption->bridge);
  g_free (adoption->name);
  g_free (adoption);
}

static void
adopted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LatchHome *self = g_task_get_source_object (task);
  Adoption *adoption = g_task_get_task_data (task);
  Entry *entry = find_entry (self, latch_bridge_get_id (adoption->bridge));
  GError *error = NULL;

  if (!latch_store_write_finish (LATCH_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  if (entry == NULL)
    entry = add_entry (self, adoption->bridge);
  save_locks (entry);
  if (entry->synchronizer != NULL)
    latch_synchronizer_refresh_now (entry->synchronizer);
  watch (entry);
  g_task_return_pointer (task, g_object_ref (adoption->bridge), g_object_unref);
}

static void
token_stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LatchHome *self = g_task_get_source_object (task);
  Adoption *adoption = g_task_get_task_data (task);
  LatchPairing *pairing = adoption->pairing;
  LatchClient *paired = latch_pairing_get_client (pairing);
  LatchClient *client = NULL;
  gboolean session_only = FALSE;
  GError *error = NULL;

  if (!latch_token_store_store_finish (LATCH_TOKEN_STORE (source), result, &session_only, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  g_set_object (&adoption->bridge, latch_home_find_bridge (self, latch_pairing_get_bridge_id (pairing)));
  if (adoption->bridge == NULL)
    {
      g_autoptr (LatchClient) fresh = latch_client_new (latch_client_get_host (paired), latch_client_get_port (paired));

      adoption->bridge = latch_bridge_new (latch_pairing_get_bridge_id (pairing), adoption->name, fresh);
    }
  client = latch_bridge_get_client (adoption->bridge);
  latch_client_set_address (client, latch_client_get_host (paired), latch_client_get_port (paired));
  latch_client_set_token (client, latch_pairing_get_token (pairing));
  latch_client_set_accepted_mode (client, latch_client_get_accepted_mode (paired));
  latch_bridge_set_name (adoption->bridge, adoption->name);
  latch_bridge_set_session_only (adoption->bridge, session_only);
  latch_bridge_apply_list (adoption->bridge, latch_pairing_get_devices (pairing), g_get_real_time () / G_USEC_PER_SEC);
  save_bridge (self, adoption->bridge, adopted_cb, g_steal_pointer (&task));
}

/**
 * latch_home_adopt_async:
 * @pairing: a pairing that succeeded
 * @name: what to call the bridge
 *
 * Keeps the bridge: its token in the keyring, everything else in the store. A bridge that is there already gets the
 * new token, address and name.
 */
void
latch_home_adopt_async (LatchHome *self,
                        LatchPairing *pairing,
                        const char *name,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = NULL;
  Adoption *adoption = NULL;

  g_return_if_fail (LATCH_IS_HOME (self));
  g_return_if_fail (LATCH_IS_PAIRING (pairing));
  g_return_if_fail (latch_pairing_get_devices (pairing) != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, latch_home_adopt_async);
  adoption = g_new0 (Adoption, 1);
  adoption->pairing = g_object_ref (pairing);
  adoption->name = g_strdup (name);
  g_task_set_task_data (task, adoption, (GDestroyNotify) adoption_free);

  latch_token_store_store_async (self->token_store, latch_pairing_get_bridge_id (pairing), name,
                                 latch_pairing_get_token (pairing), cancellable, token_stored_cb, task);
}

/**
 * latch_home_adopt_finish:
 *
 * Returns: (transfer full): the bridge. Whether its token could be kept for longer than this session is told by
 *   #LatchBridge:session-only
 */
LatchBridge *
latch_home_adopt_finish (LatchHome *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (latch_store_write_finish (LATCH_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
token_forgotten_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LatchHome *self = g_task_get_source_object (task);
  const char *id = g_task_get_task_data (task);
  Entry *entry = find_entry (self, id);
  GError *error = NULL;
  guint position;

  /* A token that stays behind would be a secret that nobody sees any more */
  if (!latch_token_store_forget_finish (LATCH_TOKEN_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  if (entry != NULL && g_ptr_array_find (self->entries, entry, &position))
    {
      g_ptr_array_remove_index (self->entries, position);
      g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
    }
  latch_store_remove_bridge_async (self->store, id, NULL, removed_cb, g_steal_pointer (&task));
}

/**
 * latch_home_forget_async:
 * @bridge: one of the bridges
 *
 * Forgets a bridge: deletes its token and all that is known of it on this computer. The bridge itself is not changed.
 */
void
latch_home_forget_async (LatchHome *self,
                         LatchBridge *bridge,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = NULL;
  const char *id = NULL;

  g_return_if_fail (LATCH_IS_HOME (self));
  g_return_if_fail (LATCH_IS_BRIDGE (bridge));

  id = latch_bridge_get_id (bridge);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, latch_home_forget_async);
  g_task_set_task_data (task, g_strdup (id), g_free);
  latch_token_store_forget_async (self->token_store, id, cancellable, token_forgotten_cb, task);
}

gboolean
latch_home_forget_finish (LatchHome *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * latch_home_refresh:
 * @bridge: (nullable): one of the bridges, %NULL for all
 *
 * Looks at lists now rather than when it is time. Has no effect on bridges that are not watched.
 */
void
latch_home_refresh (LatchHome *self, LatchBridge *bridge)
{
  g_return_if_fail (LATCH_IS_HOME (self));

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if (entry->synchronizer != NULL && (bridge == NULL || bridge == entry->bridge))
        latch_synchronizer_refresh_now (entry->synchronizer);
    }
}

/**
 * latch_home_set_watching:
 * @watching: whether the bridges' locks are kept fresh; they are not at first
 */
void
latch_home_set_watching (LatchHome *self, gboolean watching)
{
  g_return_if_fail (LATCH_IS_HOME (self));

  self->watching = !!watching;
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if (self->watching)
        watch (entry);
      else if (entry->synchronizer != NULL)
        {
          latch_synchronizer_stop (entry->synchronizer);
          g_clear_object (&entry->synchronizer);
        }
    }
}
