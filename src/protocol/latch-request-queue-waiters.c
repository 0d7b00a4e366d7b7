/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-request-queue-private.h"

#include <glib/gi18n-lib.h>

/* Who waits in the queue, and may lose interest at any time */

static void
withdraw (GTask *task)
{
  LatchRequestQueue *self = g_object_get_data (G_OBJECT (task), "latch-queue");
  LatchWaiter *waiter = g_task_get_task_data (task);
  LatchRequest *request = waiter->request;
  g_autoptr (GTask) keep = g_object_ref (task);

  if (request == NULL)
    return;

  if (request->waiters->len == 1 && request == self->running && self->timer_id == 0)
    {
      /* The answer's callback ends it */
      g_cancellable_cancel (request->cancellable);
      return;
    }

  latch_request_remove_waiter (request, task);
  g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Cancelled"));

  if (request->waiters->len > 0)
    return;

  if (request == self->running)
    {
      g_clear_handle_id (&self->timer_id, g_source_remove);
      self->running = NULL;
    }
  else
    self->waiting = g_list_remove (self->waiting, request);
  latch_request_free (request);
  latch_request_queue_pump (self);
}

static gboolean
withdraw_cb (gpointer user_data)
{
  GTask *task = user_data;
  LatchWaiter *waiter = g_task_get_task_data (task);

  waiter->idle_id = 0;
  withdraw (task);

  return G_SOURCE_REMOVE;
}

/* Comes from whatever thread cancels, and from within g_cancellable_connect(): so leave at once */
static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  GTask *task = user_data;
  LatchWaiter *waiter = g_task_get_task_data (task);

  if (waiter->idle_id == 0)
    waiter->idle_id = g_idle_add_full (G_PRIORITY_DEFAULT, withdraw_cb, task, NULL);
}

/**
 * latch_request_queue_add:
 * @request: (transfer full): one that waits already, or a new one
 * @task: (transfer full): who wants it
 *
 * Has @task wait for @request.
 */
void
latch_request_queue_add (LatchRequestQueue *self, LatchRequest *request, GTask *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  LatchWaiter *waiter = NULL;

  g_object_set_data_full (G_OBJECT (task), "latch-queue", g_object_ref (self), g_object_unref);
  if (request->waiters->len == 0)
    {
      request->serial = self->next_serial++;
      self->waiting = g_list_append (self->waiting, request);
    }
  waiter = latch_request_add_waiter (request, task);

  if (cancellable != NULL)
    {
      waiter->cancellable = g_object_ref (cancellable);
      waiter->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), task, NULL);
    }

  latch_request_queue_pump (self);
}
