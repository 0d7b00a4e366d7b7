/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-callback-slots.h"

#include "latch-error.h"

/* Seconds. Whoever listens on this network answers at once, or is gone */
#define PROBE_TIMEOUT 2
/* A bridge has three places. One that names ever new ones is none */
#define MAX_REMOVALS 6
#define MAX_PROBES 6

typedef struct
{
  char *installation_id;
  LatchCallbackSlotsWhich which;
  GHashTable *doomed; /* URLs that have to go */
  GHashTable *spared; /* URLs that stay */
  char *tried;        /* what was to be removed last */
  GError *error;      /* what became of that */
  GPtrArray *callbacks;
  char *probed;
  guint n_removals;
  guint n_probes;
} Work;

static void list (GTask *task);

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->installation_id);
  g_hash_table_unref (work->doomed);
  g_hash_table_unref (work->spared);
  g_clear_pointer (&work->callbacks, g_ptr_array_unref);
  g_free (work->tried);
  g_clear_error (&work->error);
  g_free (work->probed);
  g_free (work);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  /* Whatever came of it, the next list tells. Only where there will be none, it is over */
  if (!latch_client_callback_remove_finish (LATCH_CLIENT (source), result, &error) &&
      !g_error_matches (error, LATCH_ERROR, LATCH_ERROR_REFUSED) &&
      !g_error_matches (error, LATCH_ERROR, LATCH_ERROR_INVALID_ARGUMENT) &&
      !g_error_matches (error, LATCH_ERROR, LATCH_ERROR_OUTCOME_UNKNOWN))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    {
      g_clear_error (&work->error);
      work->error = g_steal_pointer (&error);
      list (task);
    }
}

/* A bridge that does not free a place when it is told to will not do so if it is told once more. Somebody else may have
 * got the place's ID in the meantime, so that only the list knows */
static gboolean
is_hopeless (Work *work)
{
  if (work->error == NULL)
    return FALSE;

  for (guint i = 0; i < work->callbacks->len; i++)
    if (g_strcmp0 (((LatchCallback *) work->callbacks->pdata[i])->url, work->tried) == 0)
      return TRUE;

  return FALSE;
}

static void
probed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection =
      g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_debug ("A callback of this installation is %s", connection != NULL ? "in use" : "stale");
  g_hash_table_add (connection != NULL ? work->spared : work->doomed, g_steal_pointer (&work->probed));
  /* This took its time, in which IDs may have changed hands */
  list (task);
}

static void
probe (GTask *task, const char *url, GSocketAddress *address)
{
  Work *work = g_task_get_task_data (task);
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  g_set_str (&work->probed, url);
  work->n_probes++;
  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_set_timeout (client, PROBE_TIMEOUT);
  g_socket_client_connect_async (client, G_SOCKET_CONNECTABLE (address), g_task_get_cancellable (task), probed_cb,
                                 g_object_ref (task));
}

/* Returns: whether @url belongs to this installation, and it has to be found out whether anybody listens there */
static gboolean
judge (Work *work, const char *url, GSocketAddress **address)
{
  if (work->which == LATCH_CALLBACK_SLOTS_NAMED || g_hash_table_contains (work->spared, url) ||
      g_hash_table_contains (work->doomed, url))
    return FALSE;

  *address = latch_callback_slots_parse_url (url, work->installation_id);
  if (*address == NULL)
    return FALSE;

  if (work->which == LATCH_CALLBACK_SLOTS_STALE)
    return work->n_probes < MAX_PROBES;

  g_hash_table_add (work->doomed, g_strdup (url));
  return FALSE;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LatchClient *client = LATCH_CLIENT (source);
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;

  g_clear_pointer (&work->callbacks, g_ptr_array_unref);
  work->callbacks = latch_client_callback_list_finish (client, result, &error);
  if (work->callbacks == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (is_hopeless (work))
    {
      if (work->which == LATCH_CALLBACK_SLOTS_NAMED)
        {
          g_task_return_error (task, g_steal_pointer (&work->error));
          return;
        }
      g_hash_table_remove (work->doomed, work->tried);
      g_hash_table_add (work->spared, g_steal_pointer (&work->tried));
    }

  for (guint i = 0; i < work->callbacks->len; i++)
    {
      const LatchCallback *callback = work->callbacks->pdata[i];
      g_autoptr (GSocketAddress) address = NULL;

      if (judge (work, callback->url, &address))
        {
          probe (task, callback->url, address);
          return;
        }
    }

  /* One at a time: the others may get new IDs by this */
  for (guint i = 0; i < work->callbacks->len && work->n_removals < MAX_REMOVALS; i++)
    {
      const LatchCallback *callback = work->callbacks->pdata[i];

      if (g_hash_table_contains (work->doomed, callback->url))
        {
          work->n_removals++;
          g_set_str (&work->tried, callback->url);
          latch_client_callback_remove_async (client, callback->id, g_task_get_cancellable (task), removed_cb,
                                              g_object_ref (task));
          return;
        }
    }

  g_task_return_pointer (task, g_steal_pointer (&work->callbacks), (GDestroyNotify) g_ptr_array_unref);
}

static void
list (GTask *task)
{
  latch_client_callback_list_async (g_task_get_source_object (task), g_task_get_cancellable (task), listed_cb,
                                    g_object_ref (task));
}

/**
 * latch_callback_slots_make_prefix:
 *
 * Returns: (transfer full): what the paths of this installation's URLs begin with; a secret follows
 */
char *
latch_callback_slots_make_prefix (const char *installation_id)
{
  return g_strconcat ("/nightlatch/", installation_id, NULL);
}

/**
 * latch_callback_slots_parse_url:
 * @url: a callback of whomever
 *
 * Returns: (transfer full) (nullable): the address in @url if it is one that this installation made, %NULL else
 */
GSocketAddress *
latch_callback_slots_parse_url (const char *url, const char *installation_id)
{
  /* As they are written: what only means the same is not what we wrote */
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
  g_autofree char *prefix = latch_callback_slots_make_prefix (installation_id);
  const char *path = g_str_has_prefix (url, "http://") ? strchr (url + strlen ("http://"), '/') : NULL;
  const char *secret = path != NULL && g_str_has_prefix (path, prefix) ? path + strlen (prefix) : NULL;

  if (uri == NULL || g_strcmp0 (g_uri_get_path (uri), path) != 0 || g_uri_get_userinfo (uri) != NULL ||
      g_uri_get_host (uri) == NULL || g_uri_get_port (uri) <= 0)
    return NULL;
  if (secret == NULL || secret[0] != '/' || secret[1] == '\0' || strspn (secret + 1, "0123456789abcdef") < strlen (secret + 1))
    return NULL;

  /* Ours are addresses, never names */
  return g_inet_socket_address_new_from_string (g_uri_get_host (uri), g_uri_get_port (uri));
}

/**
 * latch_callback_slots_free_async:
 * @which: which ones, but for @keep
 * @named: (nullable) (element-type utf8): URLs that have to go
 * @keep: (nullable): a URL that stays
 *
 * Frees places for callbacks (spec: /callback/list, /callback/remove).
 */
void
latch_callback_slots_free_async (LatchClient *client,
                                 const char *installation_id,
                                 LatchCallbackSlotsWhich which,
                                 GPtrArray *named,
                                 const char *keep,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Work *work = NULL;

  g_return_if_fail (LATCH_IS_CLIENT (client));
  g_return_if_fail (installation_id != NULL);

  work = g_new0 (Work, 1);
  work->installation_id = g_strdup (installation_id);
  work->which = which;
  work->doomed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  work->spared = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; named != NULL && i < named->len; i++)
    g_hash_table_add (work->doomed, g_strdup (named->pdata[i]));
  if (keep != NULL)
    {
      g_hash_table_add (work->spared, g_strdup (keep));
      g_hash_table_remove (work->doomed, keep);
    }

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, latch_callback_slots_free_async);
  g_task_set_task_data (task, work, work_free);
  list (task);
}

/**
 * latch_callback_slots_free_finish:
 *
 * Returns: (transfer container) (element-type LatchCallback) (nullable): the callbacks that are left
 */
GPtrArray *
latch_callback_slots_free_finish (LatchClient *client, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, client), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
