/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-lock.h"

#include <glib/gi18n-lib.h>

#include "latch-bridge.h"
#include "latch-error.h"
#include "latch-lock-private.h"

/*
 * What happens between a person's command and the moment at which its effect is known. The command is sent once; then
 * only questions are asked: the bridge's list while that can be expected to tell, the lock itself where the outcome
 * is in doubt.
 */

/* How often, and how long apart, the list is looked at after a success, and the lock is asked after a doubt */
#define LOOKS 8
#define ASKS 4
#define PAUSE_MS 1000

typedef struct
{
  LatchLockAction action;
  gboolean was_done;     /* before it was sent */
  LatchLockState before; /* likewise; unknown if nobody vouched for it */
  gint64 updated;        /* likewise */
  gboolean has_moved;    /* as it was seen since */
  GError *doubt;         /* why the outcome is not simply known */
  guint n_tries;
} Command;

static void look_at_list (GTask *task);
static void ask_lock (GTask *task);

static void
command_free (Command *command)
{
  g_clear_error (&command->doubt);
  g_free (command);
}

static void
finish (GTask *task, GError *error)
{
  LatchLock *self = g_task_get_source_object (task);

  latch_lock_set_pending_action (self, LATCH_LOCK_ACTION_NONE);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* Whether the confirmed state is one that @action leads to */
static gboolean
is_goal (LatchLock *self, LatchLockAction action)
{
  return !latch_lock_get_stale (self) &&
         latch_lock_action_leads_to (action, latch_lock_get_state (self), latch_lock_get_mode (self));
}

/*
 * Whether the bridge would answer only once the door is locked again. It hears of nothing else until then, and a door
 * that stands unlocked would look as if it were still being unlocked.
 */
static gboolean
lasts_longer_than_news (LatchLockAction action)
{
  return action == LATCH_LOCK_ACTION_LOCK_N_GO || action == LATCH_LOCK_ACTION_LOCK_N_GO_UNLATCH;
}

/* A goal that was reached before counts only once the lock was heard again: lists lag behind */
static gboolean
is_done (LatchLock *self, const Command *command)
{
  return is_goal (self, command->action) && (!command->was_done || latch_lock_get_updated (self) != command->updated);
}

/* Whether what the lock itself says shows that it did as it was told, though the bridge did not say so */
static gboolean
is_proven (LatchLock *self, const Command *command)
{
  return latch_lock_action_lasts (command->action) || command->has_moved ||
         (command->before != LATCH_LOCK_STATE_UNKNOWN && latch_lock_get_state (self) != command->before);
}

static gboolean
pause_cb (gpointer user_data)
{
  GTask *task = user_data;
  Command *command = g_task_get_task_data (task);

  if (command->doubt != NULL)
    ask_lock (g_object_ref (task));
  else
    look_at_list (g_object_ref (task));

  return G_SOURCE_REMOVE;
}

static void
try_again_later (GTask *task)
{
  g_timeout_add_full (G_PRIORITY_DEFAULT, PAUSE_MS, pause_cb, task, g_object_unref);
}

/* The bridge reported success, but the state that is shown is older than that */
static void
finish_unconfirmed (GTask *task)
{
  latch_lock_doubt (g_task_get_source_object (task));
  finish (task, NULL);
}

static void
finish_refused (GTask *task, const char *reason)
{
  finish (task, g_error_new_literal (LATCH_ERROR, LATCH_ERROR_REFUSED, reason));
}

static void
state_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LatchLock *self = g_task_get_source_object (task);
  Command *command = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  LatchLockState state;

  if (!latch_lock_ask_finish (LATCH_LOCK (source), result, &error))
    {
      if (command->doubt == NULL)
        finish_unconfirmed (task);
      else if (is_goal (self, command->action) && is_proven (self, command))
        finish (task, NULL); /* the bridge told in the meantime */
      /* A lock that is out of reach now may have moved before, unless the bridge said that it was so then */
      else if (g_error_matches (command->doubt, LATCH_ERROR, LATCH_ERROR_OFFLINE) &&
               g_error_matches (error, LATCH_ERROR, LATCH_ERROR_OFFLINE))
        finish (task, g_steal_pointer (&error));
      else
        finish (task, g_steal_pointer (&command->doubt));
      return;
    }

  state = latch_lock_get_state (self);
  command->has_moved |= latch_lock_state_is_moving (state);
  if (is_goal (self, command->action) && (command->doubt == NULL || is_proven (self, command)))
    finish (task, NULL);
  else if (latch_lock_state_is_moving (state) && ++command->n_tries < ASKS)
    try_again_later (g_steal_pointer (&task));
  else if (state == LATCH_LOCK_STATE_MOTOR_BLOCKED)
    finish_refused (task, _("The bolt is blocked"));
  else if (is_goal (self, command->action) &&
           g_error_matches (command->doubt, LATCH_ERROR, LATCH_ERROR_OUTCOME_UNKNOWN))
    finish (task, g_steal_pointer (&command->doubt));
  else
    finish_refused (task, _("The lock did not carry out the command. It was asked, and reports its state as shown"));
}

static void
ask_lock (GTask *task)
{
  latch_lock_ask_async (g_task_get_source_object (task), g_task_get_cancellable (task), state_cb, task);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LatchLock *self = g_task_get_source_object (task);
  Command *command = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!latch_bridge_refresh_finish (LATCH_BRIDGE (source), result, &error))
    {
      /* That the list did not come is told by the bridge's own state */
      finish_unconfirmed (task);
      return;
    }

  if (latch_bridge_find_lock (LATCH_BRIDGE (source), latch_lock_get_nuki_id (self),
                              latch_lock_get_device_type (self)) != self)
    finish (task, g_error_new_literal (LATCH_ERROR, LATCH_ERROR_OUTCOME_UNKNOWN,
                                       _("The bridge does not list the lock any more")));
  else if (is_done (self, command))
    finish (task, NULL);
  else if (++command->n_tries < LOOKS && (latch_lock_state_is_moving (latch_lock_get_state (self)) || command->n_tries < 3))
    try_again_later (g_steal_pointer (&task));
  else
    {
      /* The list may lag behind, or stay in a movement: the lock itself knows */
      command->n_tries = ASKS - 1;
      ask_lock (g_steal_pointer (&task));
    }
}

static void
look_at_list (GTask *task)
{
  g_autoptr (LatchBridge) bridge = NULL;

  bridge = latch_lock_ref_bridge (g_task_get_source_object (task));
  if (bridge == NULL)
    {
      finish_unconfirmed (task);
      g_object_unref (task);
      return;
    }
  latch_bridge_refresh_async (bridge, g_task_get_cancellable (task), looked_cb, task);
}

static void
action_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LatchLock *self = g_task_get_source_object (task);
  Command *command = g_task_get_task_data (task);
  g_autoptr (LatchBridge) bridge = latch_lock_ref_bridge (self);
  GError *error = NULL;

  if (latch_client_lock_action_finish (LATCH_CLIENT (source), result, NULL, &error))
    {
      latch_lock_set_offline (self, FALSE);
      look_at_list (g_steal_pointer (&task));
      return;
    }

  /* Real bridges report failure although the bolt moved, and lose answers: ask before telling */
  if (g_error_matches (error, LATCH_ERROR, LATCH_ERROR_OFFLINE) ||
      g_error_matches (error, LATCH_ERROR, LATCH_ERROR_OUTCOME_UNKNOWN))
    {
      command->doubt = error;
      if (is_done (self, command) && is_proven (self, command))
        {
          /* The bridge has told in the meantime, only not as an answer */
          finish (task, NULL);
          return;
        }

      latch_lock_doubt (self);
      ask_lock (g_steal_pointer (&task));
      return;
    }

  /* Nobody stays to see what the lock does */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    latch_lock_doubt (self);
  if (bridge != NULL)
    {
      latch_bridge_explain_error (bridge, &error);
      latch_bridge_apply_lock_error (bridge, error);
    }
  finish (task, error);
}

/**
 * latch_lock_perform_async:
 * @action: what the lock should do; must suit its type
 *
 * Has the lock do something, and sees what comes of it. While that lasts, #LatchLock:pending-action is @action, and
 * #LatchLock:state stays what was last confirmed. The command is sent once; questions follow as needed. Fails with
 * %LATCH_ERROR_OFFLINE, %LATCH_ERROR_OUTCOME_UNKNOWN if even the lock could not be asked, %LATCH_ERROR_REFUSED if it
 * says that it did not do it, or any other #LatchError.
 */
void
latch_lock_perform_async (LatchLock *self,
                          LatchLockAction action,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (LatchBridge) bridge = NULL;
  Command *command = NULL;

  g_return_if_fail (LATCH_IS_LOCK (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, latch_lock_perform_async);
  bridge = latch_lock_ref_bridge (self);

  if (bridge == NULL || action == LATCH_LOCK_ACTION_NONE ||
      latch_lock_action_is_for_opener (action) != latch_lock_is_opener (self))
    {
      g_task_return_new_error (task, LATCH_ERROR, LATCH_ERROR_INVALID_ARGUMENT, _("This device cannot do that"));
      return;
    }
  if (latch_lock_get_pending_action (self) != LATCH_LOCK_ACTION_NONE)
    {
      g_task_return_new_error (task, LATCH_ERROR, LATCH_ERROR_BUSY, _("The lock is still carrying out the last command"));
      return;
    }

  command = g_new0 (Command, 1);
  command->action = action;
  command->was_done = is_goal (self, action);
  command->before = latch_lock_get_stale (self) ? LATCH_LOCK_STATE_UNKNOWN : latch_lock_get_state (self);
  command->updated = latch_lock_get_updated (self);
  g_task_set_task_data (task, command, (GDestroyNotify) command_free);

  latch_lock_set_pending_action (self, action);
  latch_client_lock_action_async (latch_bridge_get_client (bridge), latch_lock_get_nuki_id (self),
                                  latch_lock_get_device_type (self), action, !lasts_longer_than_news (action),
                                  cancellable, action_cb, g_steal_pointer (&task));
}

gboolean
latch_lock_perform_finish (LatchLock *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LatchLock *self = g_task_get_source_object (task);
  g_autoptr (LatchBridge) bridge = latch_lock_ref_bridge (self);
  g_autoptr (LatchDeviceSnapshot) news = latch_device_snapshot_new (latch_lock_get_nuki_id (self));
  GError *error = NULL;

  if (!latch_client_lock_state_finish (LATCH_CLIENT (source), result, &news->state, &error))
    {
      if (g_error_matches (error, LATCH_ERROR, LATCH_ERROR_OFFLINE))
        latch_lock_set_offline (self, TRUE);
      else if (bridge != NULL)
        {
          latch_bridge_explain_error (bridge, &error);
          latch_bridge_apply_lock_error (bridge, error);
        }
      g_task_return_error (task, error);
      return;
    }

  news->has_state = TRUE;
  news->device_type = latch_lock_get_device_type (self);
  if (news->state.timestamp == 0)
    news->state.timestamp = g_get_real_time () / G_USEC_PER_SEC;
  self->source = LATCH_NEWS_SOURCE_ASKED;
  latch_lock_apply (self, news, g_get_real_time () / G_USEC_PER_SEC);
  latch_lock_set_offline (self, FALSE);
  g_task_return_boolean (task, TRUE);
}

/**
 * latch_lock_ask_async:
 *
 * Asks the lock itself for its state (spec: /lockState). That takes seconds and wears its battery: for when a person
 * wants to know, or the outcome of a command is in doubt. The answer goes through latch_lock_apply().
 */
void
latch_lock_ask_async (LatchLock *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (LatchBridge) bridge = NULL;

  g_return_if_fail (LATCH_IS_LOCK (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, latch_lock_ask_async);
  bridge = latch_lock_ref_bridge (self);
  if (bridge == NULL)
    {
      g_task_return_new_error (task, LATCH_ERROR, LATCH_ERROR_UNKNOWN_DEVICE, _("The bridge does not know this lock"));
      return;
    }

  latch_client_lock_state_async (latch_bridge_get_client (bridge), latch_lock_get_nuki_id (self),
                                 latch_lock_get_device_type (self), cancellable, asked_cb, g_steal_pointer (&task));
}

gboolean
latch_lock_ask_finish (LatchLock *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
