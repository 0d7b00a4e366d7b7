/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-http.h"

#include <glib/gi18n-lib.h>

#include "latch-error.h"

#define CHUNK_SIZE (16 * 1024)
/* Somebody who never stops to send keeps us from ever being idle */
#define FLOODED_MS 200

typedef struct
{
  SoupMessage *message;
  GInputStream *stream;
  GByteArray *body;
  GCancellable *cancellable; /* ours: the deadline's, and the caller's through it */
  GCancellable *outer;
  gulong outer_id;
  guint deadline_id;
  guint status;
  gboolean was_sent;
  gboolean timed_out;
} Exchange;

static void
exchange_stop_watching (Exchange *exchange)
{
  g_clear_handle_id (&exchange->deadline_id, g_source_remove);
  if (exchange->outer_id != 0)
    g_cancellable_disconnect (exchange->outer, exchange->outer_id);
  exchange->outer_id = 0;
}

static void
exchange_free (Exchange *exchange)
{
  exchange_stop_watching (exchange);
  g_clear_object (&exchange->message);
  g_clear_object (&exchange->stream);
  g_clear_object (&exchange->outer);
  g_clear_object (&exchange->cancellable);
  g_clear_pointer (&exchange->body, g_byte_array_unref);
  g_free (exchange);
}

static void
fail (GTask *task, GError *error)
{
  Exchange *exchange = g_task_get_task_data (task);

  exchange_stop_watching (exchange);
  if (exchange->timed_out)
    {
      g_clear_error (&error);
      error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "Deadline passed");
    }
  else if (error->domain == SOUP_SESSION_ERROR)
    {
      g_clear_error (&error);
      error = g_error_new_literal (LATCH_ERROR, LATCH_ERROR_NOT_A_BRIDGE, _("Something else than a Nuki bridge answered"));
    }
  g_task_return_error (task, error);
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

static gboolean
deadline_cb (gpointer user_data)
{
  Exchange *exchange = user_data;

  exchange->deadline_id = 0;
  exchange->timed_out = TRUE;
  latch_http_cancel_soon (exchange->cancellable);

  return G_SOURCE_REMOVE;
}

static void
outer_cancelled_cb (GCancellable *outer, gpointer user_data)
{
  latch_http_cancel_soon (user_data);
}

static void
wrote_headers_cb (SoupMessage *message, gpointer user_data)
{
  Exchange *exchange = user_data;

  exchange->was_sent = TRUE;
}

/* The library takes the end of the connection for the end of the answer, wherever that comes */
static gboolean
is_cut_short (Exchange *exchange)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (exchange->message);

  return soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
         exchange->body->len < (guint64) soup_message_headers_get_content_length (headers);
}

static void read_more (GTask *task);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (chunk == NULL)
    {
      fail (task, g_steal_pointer (&error));
      return;
    }

  if (g_bytes_get_size (chunk) == 0 && is_cut_short (exchange))
    {
      fail (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "The connection ended too early"));
      return;
    }

  if (g_bytes_get_size (chunk) == 0)
    {
      exchange_stop_watching (exchange);
      g_task_return_pointer (task, g_byte_array_free_to_bytes (g_steal_pointer (&exchange->body)),
                             (GDestroyNotify) g_bytes_unref);
      return;
    }

  g_byte_array_append (exchange->body, g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk));
  if (exchange->body->len > LATCH_HTTP_MAX_BODY)
    {
      fail (task, g_error_new (LATCH_ERROR, LATCH_ERROR_NOT_A_BRIDGE,
                               _("The answer is larger than any that a Nuki bridge gives")));
      return;
    }

  read_more (g_steal_pointer (&task));
}

static void
read_more (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (exchange->stream, CHUNK_SIZE, g_task_get_priority (task), exchange->cancellable,
                                   read_cb, task);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  exchange->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (exchange->stream == NULL)
    {
      fail (task, g_steal_pointer (&error));
      return;
    }

  exchange->status = soup_message_get_status (exchange->message);
  read_more (g_steal_pointer (&task));
}

/**
 * latch_http_cancel_soon:
 * @cancellable: what a request was sent with
 *
 * Cancels a request once all that has happened has been told. At the moment at which a request's headers have come but
 * nobody knows yet, libsoup up to 3.6 would free it twice.
 */
void
latch_http_cancel_soon (GCancellable *cancellable)
{
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, cancel_cb, g_object_ref (cancellable), g_object_unref);
  g_timeout_add_full (G_PRIORITY_DEFAULT, FLOODED_MS, cancel_cb, g_object_ref (cancellable), g_object_unref);
}

/**
 * latch_http_get_async:
 * @session: whose settings (proxy, user agent) are used
 * @uri: what to get; never logged, as it may hold a token
 * @deadline_ms: after how many milliseconds to give up, the answer's last byte included
 *
 * Sends one GET request. Any HTTP status is a success here; what it means is the caller's business.
 */
void
latch_http_get_async (SoupSession *session,
                      const char *uri,
                      guint deadline_ms,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Exchange *exchange = NULL;

  g_return_if_fail (SOUP_IS_SESSION (session));
  g_return_if_fail (uri != NULL);

  task = g_task_new (session, cancellable, callback, user_data);
  g_task_set_source_tag (task, latch_http_get_async);
  g_task_set_check_cancellable (task, FALSE);
  exchange = g_new0 (Exchange, 1);
  exchange->cancellable = g_cancellable_new ();
  exchange->body = g_byte_array_new ();
  g_task_set_task_data (task, exchange, (GDestroyNotify) exchange_free);

  exchange->message = soup_message_new (SOUP_METHOD_GET, uri);
  if (exchange->message == NULL)
    {
      g_task_return_new_error (task, LATCH_ERROR, LATCH_ERROR_INVALID_ARGUMENT, _("This is not a valid address"));
      return;
    }

  /*
   * A request on a reused connection may be repeated by the library when that turns out to be closed. Nor may a
   * connection that we are done with keep a bridge from taking the next one.
   */
  soup_message_headers_replace (soup_message_get_request_headers (exchange->message), "Connection", "close");
  soup_message_add_flags (exchange->message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION |
                                                 SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
  g_signal_connect (exchange->message, "wrote-headers", G_CALLBACK (wrote_headers_cb), exchange);

  if (g_cancellable_is_cancelled (cancellable))
    {
      g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
      return;
    }

  exchange->deadline_id = g_timeout_add (deadline_ms, deadline_cb, exchange);
  if (cancellable != NULL)
    {
      exchange->outer = g_object_ref (cancellable);
      exchange->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (outer_cancelled_cb),
                                                  g_object_ref (exchange->cancellable), g_object_unref);
    }

  soup_session_send_async (session, exchange->message, G_PRIORITY_DEFAULT, exchange->cancellable, sent_cb,
                           g_steal_pointer (&task));
}

/**
 * latch_http_get_finish:
 * @status: (out) (optional): the HTTP status
 * @was_sent: (out) (optional): whether the request had been written when the operation ended, well or not
 *
 * Returns: (transfer full): the body, possibly empty. Fails with the library's own errors,
 *   %G_IO_ERROR_TIMED_OUT after the deadline, or %LATCH_ERROR_NOT_A_BRIDGE for a body that never ends
 */
GBytes *
latch_http_get_finish (GAsyncResult *result, guint *status, gboolean *was_sent, GError **error)
{
  Exchange *exchange = g_task_get_task_data (G_TASK (result));

  g_return_val_if_fail (g_async_result_is_tagged (result, latch_http_get_async), NULL);

  if (status != NULL)
    *status = exchange->status;
  if (was_sent != NULL)
    *was_sent = exchange->was_sent;

  return g_task_propagate_pointer (G_TASK (result), error);
}
