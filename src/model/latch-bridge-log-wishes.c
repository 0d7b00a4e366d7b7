/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-bridge-log-private.h"

#include <glib/gi18n-lib.h>

/* What somebody waits for: all of a log, or that it is cleared */

/* Everything, for who wants all of it */
#define ALL G_MAXUINT

/* Cancelled while it waited: comes from whoever cancels, so leave at once */
static gboolean
cancelled_idle_cb (gpointer user_data)
{
  GTask *task = user_data;
  LatchBridgeLog *self = g_task_get_source_object (task);
  g_autoptr (GTask) keep = g_object_ref (task);

  if (!g_ptr_array_remove (self->readers, task))
    return G_SOURCE_REMOVE;

  if (self->readers->len == 0)
    {
      self->wanted = 0;
      latch_bridge_log_stop (self);
    }
  g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable, GTask *task)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, cancelled_idle_cb, g_object_ref (task), g_object_unref);
}

/**
 * latch_bridge_log_read_all_async:
 *
 * Reads all of it, which takes about a second for three hundred entries: bridges want to be asked slowly. How far it got,
 * the number of items shows.
 */
void
latch_bridge_log_read_all_async (LatchBridgeLog *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (LATCH_IS_BRIDGE_LOG (self));

  g_task_set_source_tag (task, latch_bridge_log_read_all_async);
  g_task_set_return_on_cancel (task, FALSE);
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (cancelled_cb), task, 0);
  g_ptr_array_add (self->readers, g_object_ref (task));
  self->wanted = ALL;
  latch_bridge_log_go_on (self);
}

gboolean
latch_bridge_log_read_all_finish (LatchBridgeLog *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LatchBridgeLog *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (latch_client_clear_log_finish (LATCH_CLIENT (source), result, &error))
    latch_bridge_log_replace (self, latch_log_stretch_new ());
  else
    {
      latch_bridge_explain_error (self->bridge, &error);
      latch_bridge_apply_lock_error (self->bridge, error);
    }

  /* What is there now, the bridge knows; above all where it did not say whether it was cleared */
  self->state = LATCH_LOG_STATE_IDLE;
  latch_bridge_log_refresh (self);
  if (self->state != LATCH_LOG_STATE_READING)
    g_object_notify (G_OBJECT (self), "state");

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * latch_bridge_log_clear_async:
 *
 * Clears the bridge's log (spec: /clearlog). Sent at most once. Whatever comes of it, the log is then read again.
 */
void
latch_bridge_log_clear_async (LatchBridgeLog *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (LATCH_IS_BRIDGE_LOG (self));

  g_task_set_source_tag (task, latch_bridge_log_clear_async);
  if (self->state == LATCH_LOG_STATE_CLEARING)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING, _("The log is being cleared already"));
      return;
    }

  latch_bridge_log_drop_request (self);
  self->wanted = 0;
  latch_bridge_log_set_state (self, LATCH_LOG_STATE_CLEARING);
  latch_client_clear_log_async (latch_bridge_get_client (self->bridge), cancellable, cleared_cb, g_steal_pointer (&task));
}

gboolean
latch_bridge_log_clear_finish (LatchBridgeLog *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
