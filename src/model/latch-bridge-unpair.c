/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-bridge-unpair.h"

#include <glib/gi18n-lib.h>

#include "latch-bridge-private.h"
#include "latch-error.h"
#include "latch-lock-private.h"

/* Parts a lock from its bridge, and from us */

typedef struct
{
  LatchLock *lock;
  GError *error; /* what came of the command, if that was no success */
} Work;

static void
work_free (Work *work)
{
  work->lock->unpairing = FALSE;
  g_object_unref (work->lock);
  g_clear_error (&work->error);
  g_free (work);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LatchBridge *self = LATCH_BRIDGE (source);
  Work *work = g_task_get_task_data (task);
  gboolean listed = latch_bridge_refresh_finish (self, result, NULL);
  LatchLock *lock = latch_bridge_find_lock (self, work->lock->nuki_id, work->lock->device_type);

  /* A list that did not come is told by the bridge's own state; a lock that is gone is gone, whoever did that */
  if (work->error == NULL || (listed && lock == NULL))
    {
      if (lock != NULL)
        latch_bridge_drop_lock (self, lock);
      g_task_return_boolean (task, TRUE);
    }
  else
    g_task_return_error (task, g_steal_pointer (&work->error));
}

static void
unpaired_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LatchBridge *self = g_task_get_source_object (task);
  Work *work = g_task_get_task_data (task);

  if (!latch_client_unpair_finish (LATCH_CLIENT (source), result, &work->error))
    {
      latch_bridge_explain_error (self, &work->error);
      latch_bridge_apply_lock_error (self, work->error);
      /* Where the bridge has refused or is not there, nothing has changed. Else, its list knows */
      if (!g_error_matches (work->error, LATCH_ERROR, LATCH_ERROR_UNKNOWN_DEVICE) &&
          !g_error_matches (work->error, LATCH_ERROR, LATCH_ERROR_OUTCOME_UNKNOWN))
        {
          g_task_return_error (task, g_steal_pointer (&work->error));
          return;
        }
    }

  latch_bridge_refresh_async (self, NULL, listed_cb, g_steal_pointer (&task));
}

/* Removes a lock that the bridge has no longer */
void
latch_bridge_drop_lock (LatchBridge *self, LatchLock *lock)
{
  guint position;

  if (!g_ptr_array_find (self->locks, lock, &position))
    return;

  g_ptr_array_remove_index (self->locks, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/**
 * latch_bridge_unpair_async:
 * @lock: one of the bridge's
 *
 * Removes the pairing between bridge and lock (spec: /unpair), which cannot be undone from here: sent once. Then the list
 * is taken anew. The lock goes from it, and with that its last known state from the store; what was recorded of it stays,
 * as that has happened, and goes on where the lock is paired again.
 */
void
latch_bridge_unpair_async (LatchBridge *self, LatchLock *lock, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = NULL;
  Work *work = NULL;

  g_return_if_fail (LATCH_IS_BRIDGE (self));
  g_return_if_fail (LATCH_IS_LOCK (lock));

  if (lock->unpairing)
    {
      g_task_report_new_error (self, callback, user_data, latch_bridge_unpair_async, LATCH_ERROR, LATCH_ERROR_BUSY,
                               _("Something else is being done with this bridge. Wait until that is over"));
      return;
    }

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, latch_bridge_unpair_async);
  work = g_new0 (Work, 1);
  work->lock = g_object_ref (lock);
  lock->unpairing = TRUE;
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  latch_client_unpair_async (self->client, lock->nuki_id, lock->device_type, NULL, unpaired_cb, task);
}

/**
 * latch_bridge_unpair_finish:
 * @error: set to why the lock is still there, or %LATCH_ERROR_OUTCOME_UNKNOWN if it may be
 *
 * Returns: whether the bridge has the lock no longer
 */
gboolean
latch_bridge_unpair_finish (LatchBridge *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, latch_bridge_unpair_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
