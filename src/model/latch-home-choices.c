/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-bridge-private.h"
#include "latch-home-private.h"

#include <glib/gi18n-lib.h>

#include "latch-error.h"
#include "latch-store-choices.h"

/* What people choose for locks and bridges on this computer: it counts once it is saved */

typedef struct
{
  LatchBridge *bridge;
  LatchLockChoice *choice;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_clear_object (&change->bridge);
  g_clear_pointer (&change->choice, latch_lock_choice_free);
  g_free (change);
}

/* @lock: (nullable): the lock that the choice is about. The task has it in its data, and fails if it is nobody's */
static gboolean
begin_change (LatchHome *self, GTask *task, LatchLock *lock)
{
  LatchBridge *bridge = latch_lock_ref_bridge (lock);
  Change *change = g_new0 (Change, 1);

  g_task_set_task_data (task, change, change_free);
  change->bridge = bridge;
  if (bridge == NULL || latch_home_find_keeper (self, latch_bridge_get_id (bridge)) == NULL)
    {
      g_task_return_new_error (task, LATCH_ERROR, LATCH_ERROR_UNKNOWN_DEVICE,
                               _("This lock’s bridge is no longer among the saved ones"));
      return FALSE;
    }

  change->choice =
      latch_bridge_get_choice (bridge, latch_lock_get_nuki_id (lock), latch_lock_get_device_type (lock));
  return TRUE;
}

static void
name_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Change *change = g_task_get_task_data (task);
  GError *error = NULL;

  if (!latch_store_write_finish (LATCH_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  latch_bridge_choose_name (change->bridge, change->choice->nuki_id, change->choice->device_type, change->choice->name);
  g_task_return_boolean (task, TRUE);
}

static void
hidden_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Change *change = g_task_get_task_data (task);
  GError *error = NULL;

  if (!latch_store_write_finish (LATCH_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  latch_bridge_choose_hidden (change->bridge, change->choice->nuki_id, change->choice->device_type,
                              change->choice->hidden);
  g_task_return_boolean (task, TRUE);
}

/**
 * latch_home_rename_lock_async:
 * @lock: a lock of one of the bridges
 * @text: (nullable): what somebody calls it; empty or %NULL for what the bridge calls it
 *
 * Calls a lock something else on this computer, from now on and for as long as its bridge is kept. Fails with
 * %LATCH_ERROR_INVALID_ARGUMENT if that cannot be a name, and with a %G_IO_ERROR if it cannot be saved; then all stays
 * as it was.
 */
void
latch_home_rename_lock_async (LatchHome *self,
                              LatchLock *lock,
                              const char *text,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *name = NULL;
  GError *error = NULL;
  Change *change = NULL;

  g_return_if_fail (LATCH_IS_HOME (self));
  g_return_if_fail (LATCH_IS_LOCK (lock));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, latch_home_rename_lock_async);
  if (!latch_local_name_check (text != NULL ? text : "", &name, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (!begin_change (self, task, lock))
    return;

  change = g_task_get_task_data (task);
  g_set_str (&change->choice->name, name);
  latch_store_save_name_async (self->store, latch_bridge_get_id (change->bridge), change->choice, cancellable,
                               name_saved_cb, g_steal_pointer (&task));
}

gboolean
latch_home_rename_lock_finish (LatchHome *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, latch_home_rename_lock_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * latch_home_hide_lock_async:
 * @lock: a lock of one of the bridges
 * @hidden: whether nobody wants to see it
 *
 * Hides a lock on this computer, or shows it again. What is hidden is kept fresh and recorded all the same. Fails with
 * a %G_IO_ERROR if that cannot be saved; then all stays as it was.
 */
void
latch_home_hide_lock_async (LatchHome *self,
                            LatchLock *lock,
                            gboolean hidden,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Change *change = NULL;

  g_return_if_fail (LATCH_IS_HOME (self));
  g_return_if_fail (LATCH_IS_LOCK (lock));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, latch_home_hide_lock_async);
  if (!begin_change (self, task, lock))
    return;

  change = g_task_get_task_data (task);
  change->choice->hidden = !!hidden;
  latch_store_save_hidden_async (self->store, latch_bridge_get_id (change->bridge), change->choice, cancellable,
                                 hidden_saved_cb, g_steal_pointer (&task));
}

gboolean
latch_home_hide_lock_finish (LatchHome *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, latch_home_hide_lock_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
