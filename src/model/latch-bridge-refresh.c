/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-bridge-private.h"

#include "latch-error.h"

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LatchBridge *self = g_task_get_source_object (task);
  const guint64 *asked_at_event = g_task_get_task_data (task);
  g_autoptr (GPtrArray) devices = NULL;
  GError *error = NULL;

  devices = latch_client_list_finish (LATCH_CLIENT (source), result, &error);
  if (devices == NULL)
    {
      latch_bridge_explain_error (self, &error);
      latch_bridge_apply_error (self, error);
      g_task_return_error (task, error);
      return;
    }

  latch_bridge_apply_list_since (self, devices, g_get_real_time () / G_USEC_PER_SEC, *asked_at_event);
  g_task_return_boolean (task, TRUE);
}

/**
 * latch_bridge_refresh_async:
 *
 * Gets the bridge's list, and takes it over.
 */
void
latch_bridge_refresh_async (LatchBridge *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = NULL;

  g_return_if_fail (LATCH_IS_BRIDGE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, latch_bridge_refresh_async);
  g_task_set_task_data (task, g_memdup2 (&self->n_events, sizeof self->n_events), g_free);
  latch_client_list_async (latch_bridge_get_client (self), cancellable, list_cb, task);
}

gboolean
latch_bridge_refresh_finish (LatchBridge *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
clock_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LatchBridge *self = g_task_get_source_object (task);
  g_autoptr (LatchInfoSnapshot) info = NULL;
  GError *error = NULL;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  info = latch_client_info_finish (LATCH_CLIENT (source), result, &error);
  if (info == NULL)
    {
      latch_bridge_apply_lock_error (self, error);
      g_task_return_error (task, error);
      return;
    }

  error = latch_error_new_for_clock (info->current_time != 0 ? info->current_time - now : 0, FALSE);
  latch_bridge_apply_info (self, info);
  latch_bridge_apply_error (self, error);
  g_error_free (error);
  g_task_return_boolean (task, TRUE);
}

/**
 * latch_bridge_check_clock_async:
 *
 * Shows the bridge the token unprotected, once, to learn its time (spec: /info, currentTime): for when it refuses
 * protected tokens and nobody knows why. Anyone on the network can read the token then, so a person has to agree.
 */
void
latch_bridge_check_clock_async (LatchBridge *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (LatchClient) client = NULL;
  GTask *task = NULL;

  g_return_if_fail (LATCH_IS_BRIDGE (self));

  client = latch_client_new_like (self->client, latch_client_get_host (self->client), latch_client_get_port (self->client));
  latch_client_set_auth_mode (client, LATCH_AUTH_MODE_PLAIN);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, latch_bridge_check_clock_async);
  latch_client_info_async (client, cancellable, clock_cb, task);
}

/**
 * latch_bridge_check_clock_finish:
 * @error: set to %LATCH_ERROR_UNAUTHORIZED if it is not the clock, but the token that is wrong
 *
 * Returns: whether the bridge accepted the token; then #LatchBridge:error-message says what is wrong with the clock
 */
gboolean
latch_bridge_check_clock_finish (LatchBridge *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, latch_bridge_check_clock_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
