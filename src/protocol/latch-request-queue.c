/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-request-queue.h"

#include <glib/gi18n-lib.h>

#include "latch-codec.h"
#include "latch-error.h"
#include "latch-http.h"
#include "latch-request-queue-private.h"

/* Bridges answer 503 or hang when requests follow each other at once */
#define GAP_US (300 * G_TIME_SPAN_MILLISECOND)

enum
{
  SENT,
  BUSY,
  ANSWERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LatchRequestQueue, latch_request_queue, G_TYPE_OBJECT)

static void
end_running (LatchRequestQueue *self, GBytes *body, GError *error)
{
  LatchRequest *request = g_steal_pointer (&self->running);

  latch_request_queue_leave_turnstile (self);
  self->free_at = g_get_monotonic_time () + GAP_US;
  latch_request_return (request, body, error);
  g_clear_error (&error);
  latch_request_queue_pump (self);
}

void
latch_request_queue_end_running (LatchRequestQueue *self, GError *error)
{
  end_running (self, NULL, error);
}

static void
back_off (LatchRequestQueue *self)
{
  LatchRequest *request = self->running;

  if (!latch_request_plan_retry (request))
    {
      end_running (self, NULL, latch_request_new_busy_error (request));
      return;
    }

  g_signal_emit (self, signals[BUSY], 0, request->path);
  self->running = NULL;
  self->free_at = g_get_monotonic_time () + GAP_US;
  self->waiting = g_list_prepend (self->waiting, request);
  latch_request_queue_pump (self);
}

static gboolean
attempt_cb (gpointer user_data)
{
  g_autoptr (LatchRequestQueue) self = g_object_ref (user_data);

  self->timer_id = 0;
  latch_request_queue_attempt (self);

  return G_SOURCE_REMOVE;
}

/* The same request goes on with another request, which keeps its distance like any other */
static void
attempt_after_gap (LatchRequestQueue *self)
{
  self->free_at = g_get_monotonic_time () + GAP_US;
  self->timer_id = g_timeout_add (GAP_US / G_TIME_SPAN_MILLISECOND, attempt_cb, self);
}

static void
trial_answered (LatchRequestQueue *self, guint status, GBytes *body)
{
  LatchRequest *request = self->running;
  g_autoptr (GError) error = NULL;
  g_autoptr (LatchInfoSnapshot) info = NULL;

  /* A bridge that does not know a form of the token misses the parameter "token", or finds it wrong */
  if (status == SOUP_STATUS_UNAUTHORIZED || status == SOUP_STATUS_FORBIDDEN || status == SOUP_STATUS_BAD_REQUEST)
    {
      /* On with a weaker form, or with the one that was accepted before */
      if (latch_authenticator_trial_refused (self->authenticator) ||
          latch_authenticator_get_accepted_mode (self->authenticator) != LATCH_AUTH_MODE_AUTO)
        attempt_after_gap (self);
      else
        end_running (self, NULL, latch_error_new_for_status (status, "/info"));
      return;
    }

  if (status != SOUP_STATUS_OK)
    {
      end_running (self, NULL, latch_error_new_for_status (status, "/info"));
      return;
    }

  info = latch_codec_decode_info (body, &error);
  if (info == NULL ||
      !latch_authenticator_trial_accepted (self->authenticator, info, g_get_real_time () / G_USEC_PER_SEC, &error))
    {
      end_running (self, NULL, g_steal_pointer (&error));
      return;
    }

  if (g_str_equal (request->path, "/info"))
    end_running (self, body, NULL);
  else
    attempt_after_gap (self);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchRequestQueue) self = user_data;
  LatchRequest *request = self->running;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = NULL;
  gboolean is_command = latch_request_is_command (request) && !request->in_trial;
  gboolean was_sent = FALSE;
  guint status = 0;

  body = latch_http_get_finish (result, &status, &was_sent, &error);
  latch_request_queue_leave_turnstile (self);

  if (g_cancellable_is_cancelled (request->cancellable))
    {
      end_running (self, NULL, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Cancelled")));
      return;
    }

  if (body == NULL)
    {
      /* What was understood of the answer to a command so far does not tell whether it was carried out */
      if (error->domain == LATCH_ERROR && !(is_command && was_sent))
        end_running (self, NULL, g_steal_pointer (&error));
      else
        end_running (self, NULL, latch_error_new_for_transport (error, was_sent, is_command));
      return;
    }

  g_debug ("%s answered %u, %" G_GSIZE_FORMAT " bytes", request->in_trial ? "/info" : request->path, status,
           g_bytes_get_size (body));
  if (SOUP_STATUS_IS_SUCCESSFUL (status))
    g_signal_emit (self, signals[ANSWERED], 0);

  if (status == SOUP_STATUS_SERVICE_UNAVAILABLE)
    back_off (self);
  else if (request->in_trial)
    trial_answered (self, status, body);
  else if (is_command && SOUP_STATUS_IS_SERVER_ERROR (status))
    end_running (self, NULL, latch_error_new_for_transport (NULL, TRUE, TRUE));
  else if (!SOUP_STATUS_IS_SUCCESSFUL (status))
    end_running (self, NULL, latch_error_new_for_status (status, request->path));
  else
    end_running (self, body, NULL);
}

/* Sends the next request of the running one */
void
latch_request_queue_attempt (LatchRequestQueue *self)
{
  LatchRequest *request = self->running;
  gint64 now = g_get_monotonic_time ();
  g_autofree char *credentials = NULL;
  g_autofree char *uri = NULL;
  const char *path = request->path, *query = request->query;

  if (request->flags & LATCH_REQUEST_GUEST)
    {
      latch_request_queue_admit_guest (self);
      return;
    }
  if (self->turnstile != NULL && !self->has_turn)
    {
      latch_request_queue_enter_turnstile (self);
      return;
    }

  if (request->deadline == 0)
    request->deadline = now + request->deadline_ms * G_TIME_SPAN_MILLISECOND;
  if (now >= request->deadline)
    {
      if (request->n_busy > 0)
        end_running (self, NULL, latch_error_new_for_status (SOUP_STATUS_SERVICE_UNAVAILABLE, request->path));
      else
        end_running (self, NULL, g_error_new (LATCH_ERROR, LATCH_ERROR_TIMED_OUT, _("The bridge did not answer in time")));
      return;
    }

  request->in_trial = FALSE;
  if (!(request->flags & LATCH_REQUEST_NO_TOKEN))
    {
      request->in_trial = latch_authenticator_needs_trial (self->authenticator);
      credentials = latch_authenticator_next_query (self->authenticator, request->in_trial);
      if (credentials == NULL)
        {
          end_running (self, NULL, g_error_new (LATCH_ERROR, LATCH_ERROR_NO_TOKEN,
                                                _("There is no token for this bridge. Pair with it first")));
          return;
        }
    }

  if (request->in_trial)
    {
      path = "/info";
      query = NULL;
    }

  uri = latch_request_build_uri (self->host, self->port, path, query, credentials);
  latch_http_get_async (self->session, uri, MAX (1, (request->deadline - now) / G_TIME_SPAN_MILLISECOND), request->cancellable,
                        answered_cb, g_object_ref (self));
}

static gboolean
timer_cb (gpointer user_data)
{
  g_autoptr (LatchRequestQueue) self = g_object_ref (user_data);

  self->timer_id = 0;
  latch_request_queue_pump (self);

  return G_SOURCE_REMOVE;
}

/* Starts the best request that may start now, or sees to it that somebody looks again when one may */
void
latch_request_queue_pump (LatchRequestQueue *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 earliest = G_MAXINT64;
  LatchRequest *best = NULL;

  if (self->running != NULL)
    return;
  g_clear_handle_id (&self->timer_id, g_source_remove);

  for (GList *l = self->waiting; l != NULL; l = l->next)
    {
      LatchRequest *request = l->data;
      gint64 ready_at = MAX (request->not_before, self->free_at);

      earliest = MIN (earliest, ready_at);
      if (ready_at <= now && (best == NULL || latch_request_goes_before (request, best)))
        best = request;
    }

  if (best != NULL)
    {
      self->waiting = g_list_remove (self->waiting, best);
      self->running = best;
      latch_request_queue_attempt (self);
    }
  else if (earliest != G_MAXINT64)
    self->timer_id = g_timeout_add ((earliest - now) / G_TIME_SPAN_MILLISECOND + 1, timer_cb, self);
}

static LatchRequest *
find_same_read (LatchRequestQueue *self, const char *path, const char *query, LatchRequestFlags flags)
{
  for (GList *l = self->waiting; l != NULL; l = l->next)
    {
      LatchRequest *request = l->data;

      if (latch_request_is_same_read (request, path, query, flags))
        return request;
    }

  return NULL;
}

static void
wrote_headers_cb (LatchRequestQueue *self, SoupMessage *message)
{
  g_signal_emit (self, signals[SENT], 0, g_uri_get_path (soup_message_get_uri (message)));
}

static void
request_queued_cb (LatchRequestQueue *self, SoupMessage *message)
{
  g_signal_connect_object (message, "wrote-headers", G_CALLBACK (wrote_headers_cb), self, G_CONNECT_SWAPPED);
}

static void
latch_request_queue_dispose (GObject *object)
{
  LatchRequestQueue *self = LATCH_REQUEST_QUEUE (object);

  /* Whoever waits holds a reference: nobody does now */
  g_clear_handle_id (&self->timer_id, g_source_remove);

  G_OBJECT_CLASS (latch_request_queue_parent_class)->dispose (object);
}

static void
latch_request_queue_finalize (GObject *object)
{
  LatchRequestQueue *self = LATCH_REQUEST_QUEUE (object);

  g_clear_object (&self->authenticator);
  g_clear_object (&self->turnstile);
  g_clear_object (&self->session);
  g_clear_pointer (&self->host, g_free);

  G_OBJECT_CLASS (latch_request_queue_parent_class)->finalize (object);
}

static void
latch_request_queue_class_init (LatchRequestQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = latch_request_queue_dispose;
  object_class->finalize = latch_request_queue_finalize;

  /* A request was written to the bridge; @path is the endpoint */
  signals[SENT] = g_signal_new ("sent", LATCH_TYPE_REQUEST_QUEUE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_STRING);
  /* The bridge had no time for a request, which will be made again */
  signals[BUSY] = g_signal_new ("busy", LATCH_TYPE_REQUEST_QUEUE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_STRING);
  /* The bridge did as it was asked, as far as HTTP is concerned */
  signals[ANSWERED] = g_signal_new ("answered", LATCH_TYPE_REQUEST_QUEUE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
}

static void
latch_request_queue_init (LatchRequestQueue *self)
{
  /* A bridge is on this network: no proxy. What limits a request is its own deadline. */
  self->session = soup_session_new_with_options ("proxy-resolver", NULL, "timeout", 0, "idle-timeout", 1,
                                                 "user-agent", "Nightlatch/" PACKAGE_VERSION, NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
  g_signal_connect_object (self->session, "request-queued", G_CALLBACK (request_queued_cb), self, G_CONNECT_SWAPPED);
}

/**
 * latch_request_queue_new:
 * @authenticator: what shows our token to the bridge
 */
LatchRequestQueue *
latch_request_queue_new (LatchAuthenticator *authenticator)
{
  LatchRequestQueue *self = g_object_new (LATCH_TYPE_REQUEST_QUEUE, NULL);

  self->authenticator = g_object_ref (authenticator);

  return self;
}

/**
 * latch_request_queue_set_address:
 * @host: a host name or an address, IPv6 without brackets
 * @port: its port
 *
 * Sets where requests go from the next one on.
 */
void
latch_request_queue_set_address (LatchRequestQueue *self, const char *host, guint16 port)
{
  g_return_if_fail (LATCH_IS_REQUEST_QUEUE (self));
  g_return_if_fail (host != NULL);

  g_set_str (&self->host, host);
  self->port = port;
}

/**
 * latch_request_queue_send_async:
 * @source_object: (type GObject): whose operation this is
 * @path: the endpoint, as "/list"
 * @query: (nullable): its parameters without those that authorize it, encoded
 * @deadline_ms: how many milliseconds the request may take once it has started, retries included
 *
 * Queues a request. The operation fails with any #LatchError; with %LATCH_ERROR_OUTCOME_UNKNOWN only commands do.
 */
void
latch_request_queue_send_async (LatchRequestQueue *self,
                                gpointer source_object,
                                const char *path,
                                const char *query,
                                LatchRequestFlags flags,
                                guint deadline_ms,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  LatchRequest *request = NULL;
  GTask *task = NULL;

  g_return_if_fail (LATCH_IS_REQUEST_QUEUE (self));
  g_return_if_fail (self->host != NULL);
  g_return_if_fail (path != NULL && path[0] == '/');

  task = g_task_new (source_object, cancellable, callback, user_data);
  g_task_set_source_tag (task, latch_request_queue_send_async);
  if (g_task_return_error_if_cancelled (task))
    {
      g_object_unref (task);
      return;
    }

  request = find_same_read (self, path, query, flags);
  if (request == NULL)
    request = latch_request_new (path, query, deadline_ms, 0);
  request->flags |= flags;
  latch_request_queue_add (self, request, task);
}

/**
 * latch_request_queue_send_finish:
 *
 * Returns: (transfer full): the body of a successful answer
 */
GBytes *
latch_request_queue_send_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, latch_request_queue_send_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
