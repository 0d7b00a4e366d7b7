/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-receivers-private.h"

#include <glib/gi18n-lib.h>

#include "latch-error.h"

/* How a bridge is told to call somebody, or nobody, by a person's hand. Each command is sent once; the list tells */

typedef struct
{
  char *url;
  LatchReceiver *leaving; /* NULL if it is to be added */
  gboolean sent;
  GError *error; /* what came of the command */
} Change;

static void list (GTask *task);

static void
change_free (Change *change)
{
  if (change->leaving != NULL)
    latch_receiver_set_leaving (change->leaving, FALSE);
  g_clear_object (&change->leaving);
  g_free (change->url);
  g_clear_error (&change->error);
  g_free (change);
}

static GTask *
change_new (LatchReceivers *self, const char *url, gpointer tag, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Change *change = g_new0 (Change, 1);

  change->url = g_strdup (url);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, change, (GDestroyNotify) change_free);

  return task;
}

static const LatchCallback *
find (GPtrArray *callbacks, const char *url)
{
  for (guint i = 0; i < callbacks->len; i++)
    if (g_str_equal (((LatchCallback *) callbacks->pdata[i])->url, url))
      return callbacks->pdata[i];

  return NULL;
}

/* Takes @error */
static void
end (GTask *task, GError *error)
{
  LatchReceivers *self = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);

  if (error != NULL)
    {
      latch_bridge_explain_error (self->bridge, &error);
      latch_bridge_apply_lock_error (self->bridge, error);
    }
  if (change->leaving != NULL)
    latch_receiver_set_leaving (change->leaving, FALSE);
  else
    latch_receivers_set_adding (self, FALSE);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Change *change = g_task_get_task_data (task);

  change->sent = TRUE;
  if (change->leaving != NULL)
    latch_client_callback_remove_finish (LATCH_CLIENT (source), result, &change->error);
  else
    latch_client_callback_add_finish (LATCH_CLIENT (source), result, &change->error);
  list (g_steal_pointer (&task));
}

static GError *
new_ignored_error (Change *change)
{
  return g_error_new_literal (LATCH_ERROR, LATCH_ERROR_REFUSED,
                              change->leaving != NULL ? _("The bridge agreed, but goes on listing this receiver")
                                                      : _("The bridge agreed, but does not list this receiver"));
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LatchReceivers *self = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) callbacks = latch_client_callback_list_finish (LATCH_CLIENT (source), result, &error);
  const LatchCallback *listed = NULL;

  if (callbacks == NULL)
    {
      /* What came of the command counts, if there was one */
      if (change->sent)
        g_clear_error (&error);
      end (task, change->sent ? g_steal_pointer (&change->error) : error);
      return;
    }

  latch_receivers_take (self, callbacks);
  listed = find (callbacks, change->url);
  if ((listed != NULL) == (change->leaving == NULL))
    end (task, NULL);
  else if (listed != NULL && !change->sent)
    latch_client_callback_remove_async (LATCH_CLIENT (source), listed->id, NULL, sent_cb, g_steal_pointer (&task));
  else
    end (task, change->error != NULL ? g_steal_pointer (&change->error) : new_ignored_error (change));
}

static void
list (GTask *task)
{
  LatchReceivers *self = g_task_get_source_object (task);

  latch_client_callback_list_async (latch_bridge_get_client (self->bridge), NULL, listed_cb, task);
}

/* One that runs on this computer itself, as the simulator, may well call it */
static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address) || g_inet_address_get_is_any (address);

  return g_ascii_strcasecmp (host, "localhost") == 0;
}

/**
 * latch_receivers_check_url:
 *
 * Returns: whether the bridge may be told to call @url; else @error says why not
 */
gboolean
latch_receivers_check_url (LatchReceivers *self, const char *url, GError **error)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (LATCH_IS_RECEIVERS (self), FALSE);

  if (!latch_client_check_callback_url (url, error))
    return FALSE;

  uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  if (is_loopback (g_uri_get_host (uri)) && !is_loopback (latch_client_get_host (latch_bridge_get_client (self->bridge))))
    {
      g_set_error_literal (error, LATCH_ERROR, LATCH_ERROR_INVALID_ARGUMENT,
                           _("To the bridge, this address means itself. Use one by which it can reach the other program"));
      return FALSE;
    }
  for (guint i = 0; i < self->items->len; i++)
    if (g_str_equal (latch_receiver_get_url (self->items->pdata[i]), url))
      {
        g_set_error_literal (error, LATCH_ERROR, LATCH_ERROR_INVALID_ARGUMENT, _("This receiver has a place already"));
        return FALSE;
      }

  return TRUE;
}

/**
 * latch_receivers_add_async:
 * @url: what the bridge shall call: see latch_receivers_check_url()
 *
 * Takes a place for another program (spec: /callback/add), then takes the list anew.
 */
void
latch_receivers_add_async (LatchReceivers *self, const char *url, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = NULL;
  GError *error = NULL;

  g_return_if_fail (LATCH_IS_RECEIVERS (self));
  g_return_if_fail (url != NULL);

  if (!latch_receivers_check_url (self, url, &error))
    {
      g_task_report_error (self, callback, user_data, latch_receivers_add_async, error);
      return;
    }

  task = change_new (self, url, latch_receivers_add_async, callback, user_data);
  latch_receivers_set_adding (self, TRUE);
  latch_client_callback_add_async (latch_bridge_get_client (self->bridge), url, NULL, sent_cb, task);
}

/**
 * latch_receivers_add_finish:
 * @error: set to %LATCH_ERROR_CALLBACKS_FULL if all places are taken, or why else the bridge did not take it
 *
 * Returns: whether the bridge has the URL
 */
gboolean
latch_receivers_add_finish (LatchReceivers *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, latch_receivers_add_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * latch_receivers_remove_async:
 * @receiver: one of them
 *
 * Has the bridge call @receiver no more (spec: /callback/remove). Places are named by numbers that change with every
 * removal: the one of this URL is looked up right before. One that is not there any more need not be removed.
 */
void
latch_receivers_remove_async (LatchReceivers *self, LatchReceiver *receiver, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = NULL;

  g_return_if_fail (LATCH_IS_RECEIVERS (self));
  g_return_if_fail (LATCH_IS_RECEIVER (receiver));

  if (latch_receiver_get_leaving (receiver))
    {
      g_task_report_new_error (self, callback, user_data, latch_receivers_remove_async, LATCH_ERROR, LATCH_ERROR_BUSY,
                               _("Something else is being done with this bridge. Wait until that is over"));
      return;
    }

  task = change_new (self, latch_receiver_get_url (receiver), latch_receivers_remove_async, callback, user_data);
  ((Change *) g_task_get_task_data (task))->leaving = g_object_ref (receiver);
  latch_receiver_set_leaving (receiver, TRUE);
  list (task);
}

gboolean
latch_receivers_remove_finish (LatchReceivers *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, latch_receivers_remove_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
