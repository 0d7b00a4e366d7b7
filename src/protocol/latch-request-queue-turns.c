/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-request-queue-private.h"

#include <glib/gi18n-lib.h>

/* How several programs ask one bridge: one of them has the queue, and the others' requests go through its turnstile */

/* Other programs' turns in our queue */

static gboolean
turn_over_cb (gpointer user_data)
{
  g_autoptr (LatchRequestQueue) self = g_object_ref (user_data);

  g_debug ("A turn for %s was not given back in time", self->running->path);
  self->timer_id = 0;
  latch_request_queue_end_running (self, NULL);

  return G_SOURCE_REMOVE;
}

/* The running request is a guest, whose turn it is until he says so or has had it for long enough */
void
latch_request_queue_admit_guest (LatchRequestQueue *self)
{
  LatchRequest *request = self->running;
  g_autoptr (GTask) task = g_object_ref (request->waiters->pdata[0]);
  guint64 *turn = g_new (guint64, 1);

  *turn = request->serial + 1;
  latch_request_remove_waiter (request, task);
  self->timer_id = g_timeout_add (request->deadline_ms, turn_over_cb, self);
  g_task_return_pointer (task, turn, g_free);
}

/**
 * latch_request_queue_take_turn_async:
 * @path: the endpoint that somebody else will ask for
 * @flags: what kind of request that is
 * @deadline_ms: after how many milliseconds from its beginning his turn ends by itself
 *
 * Waits for a turn, during which nothing is asked of the bridge from here. Fails only when it is cancelled.
 */
void
latch_request_queue_take_turn_async (LatchRequestQueue *self,
                                     gpointer source_object,
                                     const char *path,
                                     LatchRequestFlags flags,
                                     guint deadline_ms,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  LatchRequest *request = NULL;
  GTask *task = NULL;

  g_return_if_fail (LATCH_IS_REQUEST_QUEUE (self));

  task = g_task_new (source_object, cancellable, callback, user_data);
  g_task_set_source_tag (task, latch_request_queue_take_turn_async);
  if (g_task_return_error_if_cancelled (task))
    {
      g_object_unref (task);
      return;
    }

  request = latch_request_new (path, NULL, deadline_ms, 0);
  request->flags = flags | LATCH_REQUEST_GUEST;
  latch_request_queue_add (self, request, task);
}

/**
 * latch_request_queue_take_turn_finish:
 *
 * Returns: the turn, which is to be ended by latch_request_queue_end_turn(); 0 on failure
 */
guint64
latch_request_queue_take_turn_finish (GAsyncResult *result, GError **error)
{
  g_autofree guint64 *turn = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, latch_request_queue_take_turn_async), 0);

  turn = g_task_propagate_pointer (G_TASK (result), error);

  return turn != NULL ? *turn : 0;
}

/**
 * latch_request_queue_end_turn:
 * @turn: a turn that was taken; one that has ended by itself is ignored
 */
void
latch_request_queue_end_turn (LatchRequestQueue *self, guint64 turn)
{
  g_return_if_fail (LATCH_IS_REQUEST_QUEUE (self));

  if (self->running == NULL || !(self->running->flags & LATCH_REQUEST_GUEST) || self->running->serial + 1 != turn)
    return;

  g_clear_handle_id (&self->timer_id, g_source_remove);
  latch_request_queue_end_running (self, NULL);
}

/* Our requests' turns in the queue of another program */

static void
entered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchRequestQueue) self = user_data;
  LatchRequest *request = self->running;

  self->turn = latch_turnstile_enter_finish (LATCH_TURNSTILE (source), result);
  self->has_turn = TRUE;
  if (g_cancellable_is_cancelled (request->cancellable))
    {
      latch_request_queue_end_running (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Cancelled")));
      return;
    }

  /* It is not the bridge that took this time */
  if (request->deadline != 0)
    request->deadline += g_get_monotonic_time () - self->came_at;
  latch_request_queue_attempt (self);
}

/* Has the running request wait for its turn, and then attempts it */
void
latch_request_queue_enter_turnstile (LatchRequestQueue *self)
{
  LatchRequest *request = self->running;

  self->came_at = g_get_monotonic_time ();
  latch_turnstile_enter_async (self->turnstile, self->host, self->port, request->path,
                               latch_request_is_command (request), request->deadline_ms, request->cancellable,
                               entered_cb, g_object_ref (self));
}

void
latch_request_queue_leave_turnstile (LatchRequestQueue *self)
{
  if (self->has_turn && self->turnstile != NULL)
    latch_turnstile_leave (self->turnstile, self->turn);
  self->has_turn = FALSE;
}

LatchTurnstile *
latch_request_queue_get_turnstile (LatchRequestQueue *self)
{
  g_return_val_if_fail (LATCH_IS_REQUEST_QUEUE (self), NULL);

  return self->turnstile;
}

/**
 * latch_request_queue_set_turnstile:
 * @turnstile: (nullable): what each request has to pass first
 *
 * To be set before anything is asked.
 */
void
latch_request_queue_set_turnstile (LatchRequestQueue *self, LatchTurnstile *turnstile)
{
  g_return_if_fail (LATCH_IS_REQUEST_QUEUE (self));

  g_set_object (&self->turnstile, turnstile);
}
