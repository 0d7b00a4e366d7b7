/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-discovery.h"

#include "latch-codec.h"
#include "latch-error.h"
#include "latch-http.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#define DEADLINE_SECONDS 12
#define MAX_BODY_SIZE (1024 * 1024)
#define CHUNK_SIZE (16 * 1024)

/* One search: the addresses still to be asked, and the request that is under way */
typedef struct
{
  GStrv urls;
  guint next_url;
  SoupSession *session;
  SoupMessage *message;
  GByteArray *body;
  GCancellable *stop; /* the caller's cancellation, and our deadline */
  GSource *deadline;
  gulong cancelled_id;
} Search;

static void ask_next (GTask *task);

static void
search_finish_request (Search *self, GCancellable *cancellable)
{
  g_cancellable_disconnect (cancellable, self->cancelled_id);
  self->cancelled_id = 0;

  if (self->deadline != NULL)
    g_source_destroy (self->deadline);
  g_clear_pointer (&self->deadline, g_source_unref);
  g_clear_object (&self->stop);
  g_clear_object (&self->message);
  g_clear_pointer (&self->body, g_byte_array_unref);
}

static void
search_free (Search *self)
{
  g_strfreev (self->urls);
  g_clear_object (&self->session);
  g_clear_object (&self->message);
  g_clear_object (&self->stop);
  g_clear_pointer (&self->deadline, g_source_unref);
  g_clear_pointer (&self->body, g_byte_array_unref);
  g_free (self);
}

static GError *
error_for_status (guint status)
{
  if (status == SOUP_STATUS_FORBIDDEN)
    return g_error_new (LATCH_ERROR, LATCH_ERROR_REFUSED,
                        _("The search is not available: its server refuses it. You can still enter the bridge’s address"));

  return g_error_new (LATCH_ERROR, LATCH_ERROR_REFUSED,
                      /* Translators: %u is an HTTP status code */
                      _("The search is not available: its server answered with the status %u. "
                        "You can still enter the bridge’s address"),
                      status);
}

static GError *
error_for_transport (const GError *error, gboolean deadline_passed)
{
  if (deadline_passed || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return g_error_new (LATCH_ERROR, LATCH_ERROR_TIMED_OUT,
                        _("The search is not available: its server did not answer in time. "
                          "You can still enter the bridge’s address"));

  return g_error_new (LATCH_ERROR, LATCH_ERROR_UNREACHABLE,
                      _("The search is not available: its server cannot be reached. "
                        "You can still enter the bridge’s address"));
}

/* Ends the search, or goes on with the next address if there is one */
static void
take_result (GTask *task, GPtrArray *bridges, GError *error)
{
  Search *self = g_task_get_task_data (task);

  search_finish_request (self, g_task_get_cancellable (task));

  if (g_task_return_error_if_cancelled (task))
    {
      g_clear_error (&error);
      g_clear_pointer (&bridges, g_ptr_array_unref);
    }
  else if (error == NULL)
    {
      g_task_return_pointer (task, bridges, (GDestroyNotify) g_ptr_array_unref);
    }
  else if (self->urls[self->next_url] != NULL)
    {
      g_debug ("Search goes on with the next server: %s", error->message);
      g_error_free (error);
      ask_next (task);
    }
  else
    {
      g_task_return_error (task, error);
    }
}

static void
take_transport_error (GTask *task, const GError *error)
{
  Search *self = g_task_get_task_data (task);

  take_result (task, NULL, error_for_transport (error, g_cancellable_is_cancelled (self->stop)));
}

static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  latch_http_cancel_soon (user_data);
}

static gboolean
deadline_cb (gpointer user_data)
{
  latch_http_cancel_soon (user_data);

  return G_SOURCE_REMOVE;
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GInputStream *stream = G_INPUT_STREAM (object);
  g_autoptr (GTask) task = user_data;
  g_autoptr (GBytes) chunk = NULL;
  g_autoptr (GError) error = NULL;
  Search *self = g_task_get_task_data (task);

  chunk = g_input_stream_read_bytes_finish (stream, result, &error);
  if (chunk == NULL)
    {
      take_transport_error (task, error);
      return;
    }

  g_byte_array_append (self->body, g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk));

  /* One byte too many is enough for the codec to refuse it */
  if (g_bytes_get_size (chunk) > 0 && self->body->len <= MAX_BODY_SIZE)
    {
      g_input_stream_read_bytes_async (stream, CHUNK_SIZE, G_PRIORITY_DEFAULT, self->stop,
                                       read_cb, g_steal_pointer (&task));
    }
  else
    {
      g_autoptr (GBytes) body = g_byte_array_free_to_bytes (g_steal_pointer (&self->body));
      GPtrArray *bridges = latch_codec_decode_discovery (body, &error);

      take_result (task, bridges, g_steal_pointer (&error));
    }
}

static void
send_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  Search *self = g_task_get_task_data (task);
  guint status;

  stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  if (stream == NULL)
    {
      take_transport_error (task, error);
      return;
    }

  status = soup_message_get_status (self->message);
  if (status != SOUP_STATUS_OK)
    {
      take_result (task, NULL, error_for_status (status));
      return;
    }

  self->body = g_byte_array_new ();
  g_input_stream_read_bytes_async (stream, CHUNK_SIZE, G_PRIORITY_DEFAULT, self->stop,
                                   read_cb, g_steal_pointer (&task));
}

static void
ask_next (GTask *task)
{
  Search *self = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  const char *url = self->urls[self->next_url++];
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' ||
      (g_strcmp0 (g_uri_get_scheme (uri), "https") != 0 && g_strcmp0 (g_uri_get_scheme (uri), "http") != 0))
    {
      take_result (task, NULL,
                   g_error_new (LATCH_ERROR, LATCH_ERROR_INVALID_ARGUMENT,
                                _("The address of the search is not valid. It must begin with https:// or http://")));
      return;
    }

  self->message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);
  soup_message_add_flags (self->message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);

  self->stop = g_cancellable_new ();
  self->deadline = g_timeout_source_new_seconds (DEADLINE_SECONDS);
  g_source_set_callback (self->deadline, deadline_cb, g_object_ref (self->stop), g_object_unref);
  g_source_attach (self->deadline, g_task_get_context (task));
  if (cancellable != NULL)
    self->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb),
                                                g_object_ref (self->stop), g_object_unref);

  soup_session_send_async (self->session, self->message, G_PRIORITY_DEFAULT, self->stop, send_cb, g_object_ref (task));
}

/**
 * latch_discovery_is_url:
 * @text: what somebody entered
 *
 * Returns: whether a discovery service may be there; one with a password in its address is none
 */
gboolean
latch_discovery_is_url (const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;

  return (g_strcmp0 (scheme, "http") == 0 || g_strcmp0 (scheme, "https") == 0) && g_uri_get_host (uri) != NULL &&
         *g_uri_get_host (uri) != '\0' && g_uri_get_userinfo (uri) == NULL;
}

/**
 * latch_discovery_find_async:
 * @url: (nullable): the discovery service's address; %NULL for the vendor's: that of API 1.6, and if it fails, that
 *   of API 1.7
 *
 * Asks the discovery service which bridges share our internet connection (spec: Bridge discovery). That is all it
 * learns from us. It gets 12 seconds to answer.
 */
void
latch_discovery_find_async (const char *url,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Search *self = g_new0 (Search, 1);

  g_task_set_source_tag (task, latch_discovery_find_async);
  g_task_set_task_data (task, self, (GDestroyNotify) search_free);
  if (g_task_return_error_if_cancelled (task))
    return;

  self->urls = g_new0 (char *, 3);
  self->urls[0] = g_strdup (url != NULL ? url : LATCH_DISCOVERY_URL);
  self->urls[1] = url != NULL ? NULL : g_strdup (LATCH_DISCOVERY_NEWER_URL);
  self->session = soup_session_new ();
  soup_session_set_timeout (self->session, DEADLINE_SECONDS);

  ask_next (task);
}

/**
 * latch_discovery_find_finish:
 *
 * Every error's message says that an address can be entered instead, since no bridge depends on this service.
 *
 * Returns: (transfer full) (element-type LatchDiscoveredBridge): what the service knows of. A bridge may hide its
 *   address, be somebody else's, or not be there any more; see also latch_discovered_bridge_is_local().
 */
GPtrArray *
latch_discovery_find_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, latch_discovery_find_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
