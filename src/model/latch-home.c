/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-home-private.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#include "latch-error.h"

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
  return LATCH_HOME (model)->keepers->len;
}

static gpointer
latch_home_get_item (GListModel *model, guint position)
{
  LatchHome *self = LATCH_HOME (model);

  return position < self->keepers->len ? g_object_ref (latch_keeper_get_bridge (self->keepers->pdata[position])) : NULL;
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

LatchKeeper *
latch_home_find_keeper (LatchHome *self, const char *id)
{
  for (guint i = 0; i < self->keepers->len; i++)
    if (g_strcmp0 (latch_bridge_get_id (latch_keeper_get_bridge (self->keepers->pdata[i])), id) == 0)
      return self->keepers->pdata[i];

  return NULL;
}

void
latch_home_add_keeper (LatchHome *self, LatchKeeper *keeper)
{
  g_ptr_array_add (self->keepers, g_object_ref (keeper));
  g_list_model_items_changed (G_LIST_MODEL (self), self->keepers->len - 1, 0, 1);
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
  LatchKeeper *keeper = latch_home_find_keeper (self, lookup->bridge_id);
  LatchBridge *bridge = keeper != NULL ? latch_keeper_get_bridge (keeper) : NULL;
  g_autoptr (GError) error = NULL;
  gboolean session_only = FALSE;
  char *token = NULL;

  token = latch_token_store_lookup_finish (LATCH_TOKEN_STORE (source), result, &session_only, &error);
  if (token == NULL && error == NULL)
    error = g_error_new_literal (LATCH_ERROR, LATCH_ERROR_NO_TOKEN,
                                 session_only
                                     ? _("There is no keyring that could have kept the token of this bridge. Pair with it again")
                                     : _("The keyring has no token for this bridge. Pair with it again"));

  if (bridge != NULL && token != NULL)
    {
      latch_client_set_token (latch_bridge_get_client (bridge), token);
      latch_bridge_set_session_only (bridge, session_only);
      latch_keeper_set_watching (keeper, self->watching);
    }
  else if (bridge != NULL)
    {
      g_autoptr (GError) reason = g_error_new_literal (LATCH_ERROR, LATCH_ERROR_NO_TOKEN, error->message);

      latch_bridge_apply_error (bridge, reason);
    }
  secret_password_free (token);

  if (--*n_pending == 0)
    g_task_return_boolean (lookup->task, TRUE);
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
      g_autoptr (LatchKeeper) keeper = NULL;
      Lookup *lookup = NULL;

      if (latch_home_find_keeper (self, record->id) != NULL)
        continue;

      keeper = latch_keeper_new_from_record (record, self->store);
      latch_home_add_keeper (self, keeper);
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

  g_clear_pointer (&self->keepers, g_ptr_array_unref);
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
  self->keepers = g_ptr_array_new_with_free_func (g_object_unref);
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
  LatchKeeper *keeper = NULL;

  g_return_val_if_fail (LATCH_IS_HOME (self), NULL);

  keeper = latch_home_find_keeper (self, id);

  return keeper != NULL ? latch_keeper_get_bridge (keeper) : NULL;
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

      for (guint i = 0; i < self->keepers->len; i++)
        taken |= g_strcmp0 (latch_bridge_get_name (latch_keeper_get_bridge (self->keepers->pdata[i])), name) == 0;
      if (!taken)
        return g_steal_pointer (&name);
    }
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

  for (guint i = 0; i < self->keepers->len; i++)
    if (bridge == NULL || bridge == latch_keeper_get_bridge (self->keepers->pdata[i]))
      latch_keeper_refresh (self->keepers->pdata[i]);
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
  for (guint i = 0; i < self->keepers->len; i++)
    latch_keeper_set_watching (self->keepers->pdata[i], self->watching);
}
