/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-token-store.h"

#include "latch-error.h"
#include "latch-secret-error.h"
#include "latch-secret-portal.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#define ATTRIBUTES(task) APPLICATION, APP_ID, BRIDGE_ID, ((Call *) g_task_get_task_data (task))->bridge_id, NULL
#define APPLICATION "application"
#define BRIDGE_ID "bridge-id"

struct _LatchTokenStore
{
  GObject parent_instance;

  gboolean is_in_memory;
  GHashTable *session; /* bridge ID → token that no Secret Service took */
};

G_DEFINE_FINAL_TYPE (LatchTokenStore, latch_token_store, G_TYPE_OBJECT)

/*
 * Only secret_password_* are used, which work inside a sandbox too. An attribute tells our tokens from other programs'
 * secrets, not the schema's name: as long as gnome-keyring has not been unlocked (after an automatic login, say) it
 * finds no names, and would seem to be empty instead of locked.
 */
static const SecretSchema schema = {
  APP_ID,
  SECRET_SCHEMA_DONT_MATCH_NAME,
  {
    { APPLICATION, SECRET_SCHEMA_ATTRIBUTE_STRING },
    { BRIDGE_ID, SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

typedef struct
{
  void (*request) (GTask *task);
  char *bridge_id;
  char *label;
  char *token;
  gboolean is_second_try;
  gboolean session_only;
} Call;

static void
call_free (Call *self)
{
  g_free (self->bridge_id);
  g_free (self->label);
  secret_password_free (self->token);
  g_free (self);
}

static GTask *
begin_call (LatchTokenStore *self,
            gpointer tag,
            void (*request) (GTask *task),
            const char *bridge_id,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Call *call = g_new0 (Call, 1);

  call->request = request;
  call->bridge_id = g_strdup (bridge_id);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);

  return task;
}

/*
 * libsecret holds on to its session with the Secret Service even when that was restarted, and would fail from then on.
 * To forget it does not involve the service, so it is allowed in a sandbox too.
 */
static gboolean
try_again (GTask *task, const GError *error)
{
  Call *call = g_task_get_task_data (task);

  if (call->is_second_try || latch_secret_error_is_refusal (error) || latch_secret_error_is_absence (error) ||
      latch_secret_error_is_silence (error))
    return FALSE;

  g_debug ("Trying again with a new session: %s", error->message);
  call->is_second_try = TRUE;
  secret_service_disconnect ();
  call->request (task);

  return TRUE;
}

static void
return_locked (GTask *task)
{
  const char *message;

  if (g_task_get_source_tag (task) == latch_token_store_store_async)
    message = _("The keyring is locked and cannot keep the bridge’s token. Unlock it, then try again");
  else if (g_task_get_source_tag (task) == latch_token_store_forget_async)
    message = _("The keyring is locked and still has the bridge’s token. Unlock it, then try again");
  else
    message = _("The keyring with the bridge’s token is locked. Unlock it, then try again");

  g_task_return_new_error_literal (task, LATCH_ERROR, LATCH_ERROR_KEYRING, message);
}

static void
return_failure (GTask *task, const GError *error)
{
  if (latch_secret_error_is_refusal (error))
    return_locked (task);
  else
    g_task_return_error (task, latch_secret_error_explain (error));
}

/* There is none: that is no error, neither for who looks nor for who forgets. */
static void
return_nothing (GTask *task)
{
  if (g_task_get_source_tag (task) == latch_token_store_lookup_async)
    g_task_return_pointer (task, NULL, NULL);
  else
    g_task_return_boolean (task, TRUE);
}

static void
search_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (GError) error = NULL;
  g_autolist (SecretRetrievable) items = secret_password_search_finish (result, &error);

  if (error != NULL)
    return_failure (task, error);
  else if (items != NULL)
    return_locked (task);
  else
    return_nothing (task);
}

/* Of a locked keyring whose prompt is dismissed, libsecret says that nothing is in it. Only a search tells. */
static void
search (GTask *task)
{
  secret_password_search (&schema, SECRET_SEARCH_NONE, g_task_get_cancellable (task), search_cb, g_object_ref (task),
                          ATTRIBUTES (task));
}

static void
lookup_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (GError) error = NULL;
  char *token = secret_password_lookup_finish (result, &error);
  Call *call = g_task_get_task_data (task);

  if (token != NULL)
    g_task_return_pointer (task, token, (GDestroyNotify) secret_password_free);
  else if (error == NULL)
    search (task);
  else if (try_again (task, error))
    return;
  else if (latch_secret_error_is_absence (error))
    {
      call->session_only = TRUE;
      return_nothing (task);
    }
  else
    return_failure (task, error);
}

static void
request_lookup (GTask *task)
{
  secret_password_lookup (&schema, g_task_get_cancellable (task), lookup_cb, g_object_ref (task), ATTRIBUTES (task));
}

static void
keep_in_memory (GTask *task, const GError *error)
{
  LatchTokenStore *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);

  g_debug ("The token is kept in memory: %s", error->message);
  g_hash_table_replace (self->session, g_strdup (call->bridge_id), g_steal_pointer (&call->token));
  call->session_only = TRUE;
  g_task_return_boolean (task, TRUE);
}

static void
store_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (GError) error = NULL;
  LatchTokenStore *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);

  if (secret_password_store_finish (result, &error))
    {
      g_hash_table_remove (self->session, call->bridge_id);
      g_task_return_boolean (task, TRUE);
    }
  else if (g_task_return_error_if_cancelled (task))
    {
      return; /* and keep nothing */
    }
  else if (latch_secret_error_is_refusal (error))
    {
      return_locked (task);
    }
  else if (!try_again (task, error))
    {
      keep_in_memory (task, error);
    }
}

static void
request_store (GTask *task)
{
  Call *call = g_task_get_task_data (task);

  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, call->label, call->token, g_task_get_cancellable (task),
                         store_cb, g_object_ref (task), ATTRIBUTES (task));
}

static void
clear_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (GError) error = NULL;

  secret_password_clear_finish (result, &error);

  if (error == NULL)
    search (task);
  else if (try_again (task, error))
    return;
  else if (latch_secret_error_is_absence (error))
    return_nothing (task);
  else
    return_failure (task, error);
}

static void
request_clear (GTask *task)
{
  secret_password_clear (&schema, g_task_get_cancellable (task), clear_cb, g_object_ref (task), ATTRIBUTES (task));
}

static void
ready_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (GError) error = NULL;

  if (latch_secret_portal_wait_finish (result, &error))
    ((Call *) g_task_get_task_data (task))->request (task);
  else if (g_task_return_error_if_cancelled (task))
    return;
  else if (g_task_get_source_tag (task) == latch_token_store_store_async)
    keep_in_memory (task, error);
  else
    return_failure (task, error);
}

static void
start (GTask *task)
{
  LatchTokenStore *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);

  if (!self->is_in_memory)
    {
      latch_secret_portal_wait_async (g_task_get_cancellable (task), ready_cb, g_object_ref (task));
      return;
    }

  if (call->token)
    g_hash_table_replace (self->session, g_strdup (call->bridge_id), g_steal_pointer (&call->token));
  return_nothing (task);
}

static void
latch_token_store_finalize (GObject *object)
{
  LatchTokenStore *self = LATCH_TOKEN_STORE (object);

  g_hash_table_unref (self->session);

  G_OBJECT_CLASS (latch_token_store_parent_class)->finalize (object);
}

static void
latch_token_store_class_init (LatchTokenStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = latch_token_store_finalize;
}

static void
latch_token_store_init (LatchTokenStore *self)
{
  self->session = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) secret_password_free);
}

/**
 * latch_token_store_new:
 *
 * Contacts nobody yet.
 *
 * Returns: (transfer full): a token store. Tokens in the Secret Service are the same for all, those that are only kept
 *   for the session are its own
 */
LatchTokenStore *
latch_token_store_new (void)
{
  return g_object_new (LATCH_TYPE_TOKEN_STORE, NULL);
}

/**
 * latch_token_store_new_in_memory:
 *
 * Returns: (transfer full): a store for tokens that nobody needs after its end: it never asks a Secret Service
 */
LatchTokenStore *
latch_token_store_new_in_memory (void)
{
  LatchTokenStore *self = latch_token_store_new ();

  self->is_in_memory = TRUE;

  return self;
}

/**
 * latch_token_store_lookup_async:
 * @bridge_id: a bridge
 *
 * Looks for a bridge's token. A person may be asked to unlock the keyring, so this can take long.
 */
void
latch_token_store_lookup_async (LatchTokenStore *self,
                                const char *bridge_id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  const char *token;

  g_return_if_fail (LATCH_IS_TOKEN_STORE (self));
  g_return_if_fail (bridge_id != NULL);

  task = begin_call (self, latch_token_store_lookup_async, request_lookup, bridge_id, cancellable, callback, user_data);

  /* If we have one, it is newer than what a Secret Service may know that was not there when it was stored */
  token = g_hash_table_lookup (self->session, bridge_id);
  if (token != NULL)
    {
      ((Call *) g_task_get_task_data (task))->session_only = !self->is_in_memory;
      g_task_return_pointer (task, g_strdup (token), (GDestroyNotify) secret_password_free);
      return;
    }

  start (task);
}

/**
 * latch_token_store_lookup_finish:
 * @session_only: (out) (optional): set to whether there is no Secret Service: a token that was found is forgotten when
 *   the program ends, and one that was not may have been stored where we cannot look
 * @error: set to %LATCH_ERROR_KEYRING with what to do, if the keyring has a token but stayed locked or cannot be
 *   used; to %G_IO_ERROR_CANCELLED only if the caller cancelled
 *
 * Returns: (transfer full) (nullable): the token, to be freed with secret_password_free(), which clears it; %NULL
 *   without @error if none is stored
 */
char *
latch_token_store_lookup_finish (LatchTokenStore *self, GAsyncResult *result, gboolean *session_only, GError **error)
{
  Call *call;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, latch_token_store_lookup_async), NULL);

  call = g_task_get_task_data (G_TASK (result));
  if (session_only != NULL)
    *session_only = call->session_only;

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * latch_token_store_store_async:
 * @bridge_id: a bridge
 * @bridge_name: (nullable): how people call it
 * @token: its token
 *
 * Keeps a bridge's token, in place of any that it had. A person may be asked to unlock the keyring, so this can take
 * long.
 */
void
latch_token_store_store_async (LatchTokenStore *self,
                               const char *bridge_id,
                               const char *bridge_name,
                               const char *token,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Call *call;

  g_return_if_fail (LATCH_IS_TOKEN_STORE (self));
  g_return_if_fail (bridge_id != NULL);
  g_return_if_fail (token != NULL);

  task = begin_call (self, latch_token_store_store_async, request_store, bridge_id, cancellable, callback, user_data);
  call = g_task_get_task_data (task);
  call->token = g_strdup (token);

  /* Translators: how a bridge's token is called in the list of passwords. %s is the bridge's name */
  call->label = g_strdup_printf (_("Nuki bridge “%s” (Nightlatch)"), bridge_name != NULL ? bridge_name : bridge_id);
  start (task);
}

/**
 * latch_token_store_store_finish:
 * @session_only: (out) (optional): set to whether the token could only be kept in memory, and is forgotten when the
 *   program ends: people must be told
 * @error: set to %LATCH_ERROR_KEYRING with what to do, if the keyring stayed locked; to %G_IO_ERROR_CANCELLED only if
 *   the caller cancelled
 *
 * Returns: whether the token is kept
 */
gboolean
latch_token_store_store_finish (LatchTokenStore *self, GAsyncResult *result, gboolean *session_only, GError **error)
{
  Call *call;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, latch_token_store_store_async), FALSE);

  call = g_task_get_task_data (G_TASK (result));
  if (session_only != NULL)
    *session_only = call->session_only;

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * latch_token_store_forget_async:
 * @bridge_id: a bridge
 *
 * Deletes a bridge's token wherever it is kept. A person may be asked to unlock the keyring, so this can take long.
 */
void
latch_token_store_forget_async (LatchTokenStore *self,
                                const char *bridge_id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LATCH_IS_TOKEN_STORE (self));
  g_return_if_fail (bridge_id != NULL);

  task = begin_call (self, latch_token_store_forget_async, request_clear, bridge_id, cancellable, callback, user_data);
  g_hash_table_remove (self->session, bridge_id);
  start (task);
}

/**
 * latch_token_store_forget_finish:
 * @error: set to %LATCH_ERROR_KEYRING with what to do, if the keyring stayed locked or cannot be used; to
 *   %G_IO_ERROR_CANCELLED only if the caller cancelled
 *
 * Returns: whether no token is kept, so far as one can see
 */
gboolean
latch_token_store_forget_finish (LatchTokenStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, latch_token_store_forget_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
