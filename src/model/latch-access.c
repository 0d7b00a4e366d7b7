/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-access.h"

#include <glib/gi18n-lib.h>

#include "latch-bridge-private.h"
#include "latch-error.h"

/* Whether other programs may pair with a bridge */

void
latch_bridge_set_access (LatchBridge *self, LatchAccess access)
{
  if (self->access != access)
    {
      self->access = access;
      latch_bridge_notify (self, LATCH_BRIDGE_PROP_ACCESS);
    }
}

void
latch_bridge_set_changing_access (LatchBridge *self, gboolean changing)
{
  if (self->changing_access != changing)
    {
      self->changing_access = changing;
      latch_bridge_notify (self, LATCH_BRIDGE_PROP_CHANGING_ACCESS);
    }
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LatchBridge *self = g_task_get_source_object (task);
  gboolean allow = GPOINTER_TO_INT (g_task_get_task_data (task));
  GError *error = NULL;

  if (latch_client_config_auth_finish (LATCH_CLIENT (source), result, &error))
    {
      latch_bridge_set_access (self, allow ? LATCH_ACCESS_ALLOWED : LATCH_ACCESS_FORBIDDEN);
      latch_bridge_set_changing_access (self, FALSE);
      g_task_return_boolean (task, TRUE);
      return;
    }

  /* What was known before need not be so any more, and what was wanted need not be so yet */
  if (g_error_matches (error, LATCH_ERROR, LATCH_ERROR_OUTCOME_UNKNOWN))
    latch_bridge_set_access (self, LATCH_ACCESS_UNKNOWN);
  latch_bridge_explain_error (self, &error);
  latch_bridge_apply_lock_error (self, error);
  latch_bridge_set_changing_access (self, FALSE);
  g_task_return_error (task, error);
}

/**
 * latch_bridge_change_access_async:
 * @allow: whether other programs may pair by the bridge's button, and the discovery service is told its address
 *
 * Tells the bridge so (spec: /configAuth), once. As bridges do not tell what they were told, #LatchBridge:access
 * remembers it.
 */
void
latch_bridge_change_access_async (LatchBridge *self, gboolean allow, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = NULL;

  g_return_if_fail (LATCH_IS_BRIDGE (self));

  if (self->changing_access)
    {
      g_task_report_new_error (self, callback, user_data, latch_bridge_change_access_async, LATCH_ERROR, LATCH_ERROR_BUSY,
                               _("Something else is being done with this bridge. Wait until that is over"));
      return;
    }

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, latch_bridge_change_access_async);
  g_task_set_task_data (task, GINT_TO_POINTER (allow), NULL);
  latch_bridge_set_changing_access (self, TRUE);
  latch_client_config_auth_async (self->client, allow, NULL, changed_cb, task);
}

/**
 * latch_bridge_change_access_finish:
 * @error: set to %LATCH_ERROR_OUTCOME_UNKNOWN if nobody can know which it is from now on
 *
 * Returns: whether the bridge took it
 */
gboolean
latch_bridge_change_access_finish (LatchBridge *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, latch_bridge_change_access_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
