/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-bridge-private.h"
#include "latch-home-private.h"

/* How bridges come and go: both in the keyring and in the store */

/* How long a bridge gets to take back our place. Nobody likes to wait for what he is done with */
#define LEAVE_MS 4000

typedef struct
{
  LatchPairing *pairing;
  char *name;
  LatchKeeper *keeper;
  GError *error; /* why it failed, while it is undone */
} Adoption;

static void
adoption_free (Adoption *adoption)
{
  g_clear_object (&adoption->pairing);
  g_clear_object (&adoption->keeper);
  g_free (adoption->name);
  g_clear_error (&adoption->error);
  g_free (adoption);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Adoption *adoption = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!latch_token_store_forget_finish (LATCH_TOKEN_STORE (source), result, &error))
    g_message ("A token that is of no use stays in the keyring: %s", error->message);
  g_task_return_error (task, g_steal_pointer (&adoption->error));
}

static void
adopted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LatchHome *self = g_task_get_source_object (task);
  LatchKeeper *keeper = LATCH_KEEPER (source);
  LatchBridge *bridge = latch_keeper_get_bridge (keeper);
  const char *id = latch_bridge_get_id (bridge);
  Adoption *adoption = g_task_get_task_data (task);
  gboolean is_new = latch_home_find_keeper (self, id) == NULL;
  GError *error = NULL;

  if (!latch_keeper_save_finish (keeper, result, &error))
    {
      if (!is_new)
        {
          latch_keeper_set_watching (keeper, self->watching);
          g_task_return_error (task, error);
          return;
        }

      /* A token that stays behind would be a secret that nobody sees any more */
      adoption->error = error;
      latch_token_store_forget_async (self->token_store, id, NULL, undone_cb, g_steal_pointer (&task));
      return;
    }

  if (is_new)
    latch_home_add_keeper (self, keeper);
  latch_keeper_set_watching (keeper, self->watching);
  g_task_return_pointer (task, g_object_ref (bridge), g_object_unref);
}

/* A bridge that has accepted better does not get less from now on, unless the person agreed to that */
static LatchAuthMode
choose_mode (LatchClient *known, LatchClient *paired)
{
  LatchAuthMode accepted = latch_client_get_accepted_mode (paired);

  if (latch_client_get_auth_mode (paired) != LATCH_AUTH_MODE_AUTO)
    return accepted;

  return MAX (accepted, latch_client_get_accepted_mode (known));
}

static void
token_stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LatchHome *self = g_task_get_source_object (task);
  Adoption *adoption = g_task_get_task_data (task);
  LatchPairing *pairing = adoption->pairing;
  LatchClient *paired = latch_pairing_get_client (pairing);
  LatchBridge *bridge = NULL;
  LatchClient *client = NULL;
  gboolean session_only = FALSE;
  GError *error = NULL;

  if (!latch_token_store_store_finish (LATCH_TOKEN_STORE (source), result, &session_only, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  g_set_object (&adoption->keeper, latch_home_find_keeper (self, latch_pairing_get_bridge_id (pairing)));
  if (adoption->keeper == NULL)
    {
      g_autoptr (LatchClient) fresh = latch_client_new (latch_client_get_host (paired), latch_client_get_port (paired));
      g_autoptr (LatchBridge) added = latch_bridge_new (latch_pairing_get_bridge_id (pairing), adoption->name, fresh);

      adoption->keeper = latch_keeper_new (added, self->store);
    }

  bridge = latch_keeper_get_bridge (adoption->keeper);
  client = latch_bridge_get_client (bridge);
  /* What is being asked with the former token is of no interest any more */
  latch_keeper_set_watching (adoption->keeper, FALSE);
  latch_client_set_address (client, latch_client_get_host (paired), latch_client_get_port (paired));
  latch_client_set_token (client, latch_pairing_get_token (pairing));
  latch_client_set_accepted_mode (client, choose_mode (client, paired));
  latch_bridge_set_name (bridge, adoption->name);
  latch_bridge_set_session_only (bridge, session_only);
  if (latch_pairing_get_by_button (pairing))
    latch_bridge_set_access (bridge, LATCH_ACCESS_WAS_ALLOWED);
  latch_bridge_apply_info (bridge, latch_pairing_get_info (pairing));
  latch_bridge_apply_list (bridge, latch_pairing_get_devices (pairing), g_get_real_time () / G_USEC_PER_SEC);
  latch_keeper_save_async (adoption->keeper, adopted_cb, g_steal_pointer (&task));
}

/**
 * latch_home_protect_token:
 * @pairing: a pairing that has not run
 * @token: the token that will be given to it
 *
 * Sees to it that a token which a bridge took in a protected form before is not shown in a weaker one, wherever that is;
 * nor is any token to what answers at such a bridge's address. It may be somebody else who says that he takes no better.
 */
void
latch_home_protect_token (LatchHome *self, LatchPairing *pairing, const char *token)
{
  LatchClient *client = NULL;
  LatchAuthMode least = LATCH_AUTH_MODE_AUTO;

  g_return_if_fail (LATCH_IS_HOME (self));
  g_return_if_fail (LATCH_IS_PAIRING (pairing));

  client = latch_pairing_get_client (pairing);
  for (guint i = 0; i < self->keepers->len; i++)
    {
      LatchClient *known = latch_bridge_get_client (latch_keeper_get_bridge (self->keepers->pdata[i]));
      gboolean there = g_strcmp0 (latch_client_get_host (known), latch_client_get_host (client)) == 0 &&
                       latch_client_get_port (known) == latch_client_get_port (client);

      if (there || latch_client_knows_token (known, token))
        least = MAX (least, latch_client_get_accepted_mode (known));
    }

  latch_pairing_set_least_mode (pairing, least > LATCH_AUTH_MODE_PLAIN ? least : LATCH_AUTH_MODE_AUTO);
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
  LatchKeeper *keeper = latch_home_find_keeper (self, id);
  GError *error = NULL;
  guint position;

  /* A token that stays behind would be a secret that nobody sees any more */
  if (!latch_token_store_forget_finish (LATCH_TOKEN_STORE (source), result, &error))
    {
      if (keeper != NULL)
        latch_keeper_set_watching (keeper, self->watching);
      g_task_return_error (task, error);
      return;
    }

  if (keeper != NULL && g_ptr_array_find (self->keepers, keeper, &position))
    {
      latch_keeper_set_watching (keeper, FALSE);
      /* Whoever still holds the bridge, as a question that was asked before, can do nothing to it any more */
      latch_client_set_token (latch_bridge_get_client (latch_keeper_get_bridge (keeper)), NULL);
      g_ptr_array_remove_index (self->keepers, position);
      g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
    }
  latch_store_remove_bridge_async (self->store, id, NULL, removed_cb, g_steal_pointer (&task));
}

static void
left_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  LatchHome *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  /* A bridge that is not there any more is forgotten all the same */
  if (!latch_keeper_leave_finish (LATCH_KEEPER (source), result, &error))
    g_message ("The bridge keeps a place for instant updates that nobody needs: %s", error->message);
  latch_token_store_forget_async (self->token_store, g_task_get_task_data (task), g_task_get_cancellable (task),
                                  token_forgotten_cb, task);
}

/**
 * latch_home_forget_async:
 * @bridge: one of the bridges
 *
 * Forgets a bridge: gives back its place for instant updates, deletes its token and all that is known of it on this
 * computer. Otherwise the bridge itself is not changed.
 */
void
latch_home_forget_async (LatchHome *self,
                         LatchBridge *bridge,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = NULL;
  LatchKeeper *keeper = NULL;
  const char *id = NULL;

  g_return_if_fail (LATCH_IS_HOME (self));
  g_return_if_fail (LATCH_IS_BRIDGE (bridge));

  id = latch_bridge_get_id (bridge);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, latch_home_forget_async);
  g_task_set_task_data (task, g_strdup (id), g_free);
  keeper = latch_home_find_keeper (self, id);
  if (keeper != NULL)
    latch_keeper_leave_async (keeper, LEAVE_MS, left_cb, task);
  else
    latch_token_store_forget_async (self->token_store, id, cancellable, token_forgotten_cb, task);
}

gboolean
latch_home_forget_finish (LatchHome *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
keeper_left_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  guint *n_pending = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!latch_keeper_leave_finish (LATCH_KEEPER (source), result, &error))
    g_debug ("A bridge keeps a place for instant updates: %s", error->message);
  if (--*n_pending == 0)
    g_task_return_boolean (task, TRUE);
}

/**
 * latch_home_leave_async:
 * @timeout_ms: after how many milliseconds to give up
 *
 * Ends watching, and gives back all places for instant updates: for the end of the program. What could not be given
 * back is freed when it next starts.
 */
void
latch_home_leave_async (LatchHome *self, guint timeout_ms, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  guint *n_pending = NULL;

  g_return_if_fail (LATCH_IS_HOME (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, latch_home_leave_async);
  n_pending = g_new0 (guint, 1);
  g_task_set_task_data (task, n_pending, g_free);

  self->watching = FALSE;
  *n_pending = self->keepers->len;
  for (guint i = 0; i < self->keepers->len; i++)
    latch_keeper_leave_async (self->keepers->pdata[i], timeout_ms, keeper_left_cb, g_object_ref (task));
  if (self->keepers->len == 0)
    g_task_return_boolean (task, TRUE);
}

void
latch_home_leave_finish (LatchHome *self, GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, self));
  g_return_if_fail (g_async_result_is_tagged (result, latch_home_leave_async));

  g_task_propagate_boolean (G_TASK (result), NULL);
}
