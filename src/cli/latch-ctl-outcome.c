/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-outcome.h"

#include "latch-error.h"

/* A bolt takes seconds. Asking wears the lock's battery, so a few times must do */
#define MAX_QUESTIONS 5
#define PAUSE_MS 1500

/* What each action does, for people */
static const struct
{
  LatchLockAction action;
  LatchLockState goal; /* UNKNOWN: there is none that would last */
  const char *done;
  const char *asked;
} outcomes[] = {
  { LATCH_LOCK_ACTION_UNLOCK, LATCH_LOCK_STATE_UNLOCKED, N_("%s is unlocked"), N_("%s was told to unlock") },
  { LATCH_LOCK_ACTION_LOCK, LATCH_LOCK_STATE_LOCKED, N_("%s is locked"), N_("%s was told to lock") },
  { LATCH_LOCK_ACTION_UNLATCH, LATCH_LOCK_STATE_UNLATCHED, N_("%s is unlatched"), N_("%s was told to unlatch") },
  { LATCH_LOCK_ACTION_LOCK_N_GO, LATCH_LOCK_STATE_UNKNOWN, N_("%s has done lock ’n’ go"),
    N_("%s was told to do lock ’n’ go") },
  { LATCH_LOCK_ACTION_LOCK_N_GO_UNLATCH, LATCH_LOCK_STATE_UNKNOWN, N_("%s has done lock ’n’ go with unlatching"),
    N_("%s was told to do lock ’n’ go with unlatching") },
  { LATCH_LOCK_ACTION_ACTIVATE_RTO, LATCH_LOCK_STATE_RTO_ACTIVE, N_("%s opens at the next ring"),
    N_("%s was told to open at the next ring") },
  { LATCH_LOCK_ACTION_DEACTIVATE_RTO, LATCH_LOCK_STATE_ONLINE, N_("%s does not open at rings"),
    N_("%s was told not to open at rings") },
  { LATCH_LOCK_ACTION_OPEN, LATCH_LOCK_STATE_OPEN, N_("%s is open"), N_("%s was told to open") },
  { LATCH_LOCK_ACTION_ACTIVATE_CM, LATCH_LOCK_STATE_UNKNOWN, N_("%s is in continuous mode"),
    N_("%s was told to go into continuous mode") },
  { LATCH_LOCK_ACTION_DEACTIVATE_CM, LATCH_LOCK_STATE_UNKNOWN, N_("%s is out of continuous mode"),
    N_("%s was told to leave continuous mode") },
};

static guint
find_outcome (LatchLockAction action)
{
  guint i = 0;

  while (i + 1 < G_N_ELEMENTS (outcomes) && outcomes[i].action != action)
    i++;

  return i;
}

static gboolean
pause_cb (gpointer user_data)
{
  gboolean *over = user_data;

  *over = TRUE;

  return G_SOURCE_CONTINUE;
}

static void
make_pause (LatchCtl *ctl)
{
  gboolean over = FALSE;
  guint id = g_timeout_add (PAUSE_MS, pause_cb, &over);

  while (!over && !g_cancellable_is_cancelled (ctl->cancellable))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
}

static gboolean
is_moving (const LatchDeviceSnapshot *device)
{
  gboolean opener = latch_device_type_is_opener (device->device_type);

  return latch_lock_state_is_moving (latch_lock_state_from_code (device->state.state_code, opener));
}

static gboolean
is_where (const LatchDeviceSnapshot *device, LatchLockAction action)
{
  gboolean opener = latch_device_type_is_opener (device->device_type);
  LatchLockState state = latch_lock_state_from_code (device->state.state_code, opener);

  return latch_lock_action_leads_to (action, state, device->state.mode);
}

/**
 * latch_ctl_outcome_describe_done:
 * @title: the lock's name
 * @waited: whether the action is over, rather than just begun
 *
 * Returns: (transfer full): a sentence that tells what was done
 */
char *
latch_ctl_outcome_describe_done (LatchLockAction action, const char *title, gboolean waited)
{
  guint i = find_outcome (action);
  g_auto (GStrv) parts = g_strsplit (waited ? _(outcomes[i].done) : _(outcomes[i].asked), "%s", 2);

  return g_strjoinv (title, parts);
}

/**
 * latch_ctl_outcome_get_goal:
 *
 * Returns: the state that @action leads to, %LATCH_LOCK_STATE_UNKNOWN if it has none that lasts
 */
LatchLockState
latch_ctl_outcome_get_goal (LatchLockAction action)
{
  return outcomes[find_outcome (action)].goal;
}

/**
 * latch_ctl_outcome_investigate:
 * @found: the lock; gets the state that it says it has
 * @silence: set to why the lock has none, if it could not be asked
 *
 * Asks the lock itself (spec: /lockState) what came of @action, and waits a little where it still moves.
 *
 * Returns: what can be said of it
 */
LatchCtlVerdict
latch_ctl_outcome_investigate (LatchCtl *ctl,
                               const LatchCtlTarget *target,
                               LatchLockAction action,
                               LatchDeviceSnapshot *found,
                               GError **silence)
{
  LatchClient *client = target->bridge->client;
  gboolean was_there = found->has_state && is_where (found, action);

  found->has_state = FALSE;
  for (guint i = 0; i < MAX_QUESTIONS && (!found->has_state || is_moving (found)); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      if (i > 0)
        make_pause (ctl);

      latch_client_lock_state_async (client, found->nuki_id, found->device_type, ctl->cancellable, latch_ctl_done_cb,
                                     &result);
      if (!latch_client_lock_state_finish (client, latch_ctl_wait (&result), &found->state, &error))
        {
          g_debug ("The lock could not be asked: %s", error->message);
          found->has_state = FALSE;
          g_propagate_error (silence, g_steal_pointer (&error));
          return LATCH_CTL_VERDICT_UNKNOWN;
        }
      found->has_state = TRUE;
    }

  if (!is_where (found, action))
    return LATCH_CTL_VERDICT_NOT_REACHED;

  /* Locked again, or never unlocked? */
  return was_there && !latch_lock_action_lasts (action) ? LATCH_CTL_VERDICT_UNKNOWN : LATCH_CTL_VERDICT_REACHED;
}
