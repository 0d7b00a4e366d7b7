/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-bridge-private.h"
#include "latch-lock-private.h"

/* What a bridge tells of its own accord, and how that goes together with what it lists when asked */

static void
count_notify_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  guint *n_changes = user_data;

  if (!g_str_equal (pspec->name, "confirmed-at") && !g_str_equal (pspec->name, "updated"))
    (*n_changes)++;
}

static guint
apply (LatchLock *lock, const LatchDeviceSnapshot *news, gint64 heard_at, LatchNewsSource source)
{
  guint n_changes = 0;
  gulong handler = g_signal_connect (lock, "notify", G_CALLBACK (count_notify_cb), &n_changes);

  if (news->has_state)
    lock->source = source;
  latch_lock_apply (lock, news, heard_at);
  g_signal_handler_disconnect (lock, handler);

  return n_changes;
}

/* Some bridges tell the type of a device in their lists only */
static LatchLock *
find_lock (LatchBridge *self, const LatchDeviceSnapshot *news)
{
  LatchLock *found = latch_bridge_find_lock (self, news->nuki_id, news->device_type);

  if (found != NULL || news->device_type != -1)
    return found;

  for (guint i = 0; i < self->locks->len; i++)
    {
      LatchLock *lock = self->locks->pdata[i];

      if (latch_lock_get_nuki_id (lock) != news->nuki_id)
        continue;
      if (found != NULL)
        return NULL; /* it could be either */
      found = lock;
    }

  return found;
}

/* Bridges tell of where a bolt came to rest, and not reliably of what lasts but seconds */
static gboolean
is_told_of (LatchLockState state)
{
  return state != LATCH_LOCK_STATE_UNKNOWN && state != LATCH_LOCK_STATE_UNLATCHED && state != LATCH_LOCK_STATE_OPEN &&
         !latch_lock_state_is_moving (state);
}

/* Takes over what a list says of a lock that is known. Returns how many properties changed */
guint
latch_bridge_confirm_lock (LatchBridge *self,
                           LatchLock *lock,
                           const LatchDeviceSnapshot *news,
                           gint64 heard_at,
                           guint64 asked_at_event)
{
  LatchLockState before = latch_lock_get_state (lock);
  guint n_changes;

  if (lock->last_event > asked_at_event)
    {
      g_debug ("Lock %" G_GUINT64_FORMAT " has been heard from since its bridge was asked", lock->nuki_id);
      return 0;
    }

  if (lock->unconfirmed && news->has_state && news->state.state_code != lock->said.state_code)
    g_info ("Lock %" G_GUINT64_FORMAT " was told to be in state %d, but its bridge lists it in %d", lock->nuki_id,
            lock->said.state_code, news->state.state_code);
  lock->unconfirmed = FALSE;

  n_changes = apply (lock, news, heard_at, LATCH_NEWS_SOURCE_LISTED);
  if (before != LATCH_LOCK_STATE_UNKNOWN && latch_lock_get_state (lock) != before &&
      is_told_of (latch_lock_get_state (lock)))
    self->untold = TRUE;

  return n_changes;
}

/**
 * latch_bridge_apply_event:
 * @news: what the bridge told of its own accord (spec: /callback)
 * @heard_at: when, in seconds since 1970
 *
 * Takes over the news of a lock. What they do not say stays as it was, and so does all if they do not say the state.
 * The next list has to confirm them; one that was asked for before cannot. Those that are older than what is known, by the
 * bridge's own clock, are not taken over.
 *
 * Returns: whether they were understood; if not, the list should be asked for soon
 */
gboolean
latch_bridge_apply_event (LatchBridge *self, const LatchDeviceSnapshot *news, gint64 heard_at)
{
  g_autoptr (LatchLock) lock = NULL;
  guint n_changes;

  g_return_val_if_fail (LATCH_IS_BRIDGE (self), FALSE);
  g_return_val_if_fail (news != NULL, FALSE);

  if (!news->has_state || news->state.state_code < 0 || find_lock (self, news) == NULL)
    return FALSE;

  lock = g_object_ref (find_lock (self, news));
  if (news->state.timestamp != 0 && news->state.timestamp < lock->said.timestamp)
    return FALSE;

  lock->last_event = ++self->n_events;
  lock->unconfirmed = TRUE;
  n_changes = apply (lock, news, heard_at, LATCH_NEWS_SOURCE_TOLD);
  latch_bridge_tell_heard (self, n_changes > 0, TRUE);

  return TRUE;
}

/**
 * latch_bridge_has_unconfirmed_events:
 *
 * Returns: whether there are events that no list has confirmed yet
 */
gboolean
latch_bridge_has_unconfirmed_events (LatchBridge *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE (self), FALSE);

  for (guint i = 0; i < self->locks->len; i++)
    if (((LatchLock *) self->locks->pdata[i])->unconfirmed)
      return TRUE;

  return FALSE;
}

/**
 * latch_bridge_has_untold_changes:
 *
 * Returns: whether the last list told of a change of which bridges tell of their own accord, but this one had not
 */
gboolean
latch_bridge_has_untold_changes (LatchBridge *self)
{
  g_return_val_if_fail (LATCH_IS_BRIDGE (self), FALSE);

  return self->untold;
}
