/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-home-private.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#include "latch-error.h"

/* What was kept when the program last ran: bridges and last known states in the store, tokens in the keyring */

/* How many bridges are added at once; where there are more, other things are done in between, such as drawing windows */
#define BRIDGES_AT_ONCE 4

typedef struct
{
  LatchHome *home;
  GTask *task; /* NULL if it is part of none */
  char *bridge_id;
} Lookup;

/* What the store had */
typedef struct
{
  GTask *task;
  GPtrArray *records;
  guint n_added;
} Loaded;

static void
loaded_free (Loaded *loaded)
{
  g_object_unref (loaded->task);
  g_ptr_array_unref (loaded->records);
  g_free (loaded);
}

static void
lookup_free (Lookup *lookup)
{
  g_clear_object (&lookup->task);
  g_clear_object (&lookup->home);
  g_free (lookup->bridge_id);
  g_free (lookup);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Lookup, lookup_free)

/* Loading consists of parts that are under way together */
static void
begin_part (GTask *task)
{
  guint *n_parts = g_task_get_task_data (task);

  ++*n_parts;
}

static void
end_part (GTask *task)
{
  guint *n_parts = g_task_get_task_data (task);

  if (--*n_parts == 0)
    g_task_return_boolean (task, TRUE);
}

static void
token_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Lookup) lookup = user_data;
  LatchHome *self = lookup->home;
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
      LatchClient *client = latch_bridge_get_client (bridge);

      /* What was refused with the former one is of no interest any more */
      if (latch_client_has_token (client) && !latch_client_knows_token (client, token))
        latch_keeper_set_watching (keeper, FALSE);
      latch_client_set_token (client, token);
      latch_bridge_set_session_only (bridge, session_only);
      latch_keeper_set_watching (keeper, self->watching);
    }
  else if (bridge != NULL)
    latch_bridge_apply_error (bridge, error);
  secret_password_free (token);

  if (lookup->task != NULL)
    end_part (lookup->task);
}

/**
 * latch_home_get_token:
 * @bridge_id: a bridge
 * @task: (nullable): of which this is a part
 *
 * Gets a bridge's token from the keyring.
 */
void
latch_home_get_token (LatchHome *self, const char *bridge_id, GTask *task)
{
  Lookup *lookup = g_new0 (Lookup, 1);

  lookup->home = g_object_ref (self);
  lookup->bridge_id = g_strdup (bridge_id);
  g_set_object (&lookup->task, task);
  if (task != NULL)
    begin_part (task);
  latch_token_store_lookup_async (self->token_store, bridge_id, task != NULL ? g_task_get_cancellable (task) : NULL,
                                  token_cb, lookup);
}

/**
 * latch_home_add_record:
 * @record: a bridge that is not there yet, as the store has it
 * @task: (nullable): of which it is a part to get its token
 */
void
latch_home_add_record (LatchHome *self, const LatchBridgeRecord *record, GTask *task)
{
  g_autoptr (LatchKeeper) keeper = latch_keeper_new_from_record (record, self->store);

  latch_home_add_keeper (self, keeper);
  if (!self->quiet)
    latch_home_get_token (self, record->id, task);
}

static void
installation_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LatchHome *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->installation_id, g_free);
  self->installation_id = latch_store_load_installation_id_finish (LATCH_STORE (source), result, &error);
  if (self->installation_id == NULL)
    g_message ("There will be no instant updates: %s", error->message);
  for (guint i = 0; self->installation_id != NULL && i < self->keepers->len; i++)
    latch_keeper_set_installation_id (self->keepers->pdata[i], self->installation_id);

  end_part (task);
}

/* Returns: %G_SOURCE_CONTINUE as long as there are more */
static gboolean
add_bridges_cb (gpointer user_data)
{
  Loaded *loaded = user_data;
  LatchHome *self = g_task_get_source_object (loaded->task);

  for (guint i = 0; i < BRIDGES_AT_ONCE && loaded->n_added < loaded->records->len; i++)
    {
      const LatchBridgeRecord *record = loaded->records->pdata[loaded->n_added++];

      if (latch_home_find_keeper (self, record->id) == NULL)
        latch_home_add_record (self, record, loaded->task);
    }

  if (loaded->n_added < loaded->records->len)
    return G_SOURCE_CONTINUE;

  latch_home_set_loaded (self);
  latch_home_prune (self);
  end_part (loaded->task);

  return G_SOURCE_REMOVE;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LatchHome *self = g_task_get_source_object (task);
  g_autoptr (GPtrArray) records = NULL;
  Loaded *loaded = NULL;
  GError *error = NULL;

  records = latch_store_load_finish (LATCH_STORE (source), result, &error);
  if (records == NULL)
    {
      latch_home_set_loaded (self);
      g_task_return_error (task, error);
      return;
    }

  begin_part (task);
  latch_store_load_installation_id_async (self->store, g_task_get_cancellable (task), installation_cb,
                                          g_object_ref (task));

  begin_part (task);
  loaded = g_new0 (Loaded, 1);
  loaded->task = g_object_ref (task);
  loaded->records = g_steal_pointer (&records);
  if (add_bridges_cb (loaded) == G_SOURCE_CONTINUE)
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, add_bridges_cb, loaded, (GDestroyNotify) loaded_free);
  else
    loaded_free (loaded);
}

/**
 * latch_home_load_async:
 *
 * Restores bridges with their last known states, which appear at once, marked as not confirmed; then gets their
 * tokens from the keyring, unless it is to be quiet. A token that cannot be had is told by its bridge's connection, not
 * as a failure.
 */
void
latch_home_load_async (LatchHome *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = NULL;

  g_return_if_fail (LATCH_IS_HOME (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, latch_home_load_async);
  g_task_set_task_data (task, g_new0 (guint, 1), g_free);
  latch_store_load_async (self->store, cancellable, loaded_cb, task);
}

gboolean
latch_home_load_finish (LatchHome *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * latch_home_set_quiet:
 * @quiet: whether to leave the keyring alone, and thereby bridges; it is not at first
 *
 * Where only what was known when the program last ran is wanted, nobody should be asked to unlock the keyring. What was
 * not asked for is as soon as it need not be quiet any more.
 */
void
latch_home_set_quiet (LatchHome *self, gboolean quiet)
{
  g_return_if_fail (LATCH_IS_HOME (self));

  if (self->quiet == !!quiet)
    return;

  self->quiet = !!quiet;
  for (guint i = 0; i < self->keepers->len && !quiet; i++)
    {
      LatchBridge *bridge = latch_keeper_get_bridge (self->keepers->pdata[i]);

      if (!latch_client_has_token (latch_bridge_get_client (bridge)))
        latch_home_get_token (self, latch_bridge_get_id (bridge), NULL);
    }
}
