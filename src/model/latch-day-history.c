/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-day-history.h"

#include "latch-bridge.h"
#include "latch-lock-private.h"

struct _LatchDayHistory
{
  GObject parent_instance;

  LatchStore *store;
  LatchLock *lock;
  char *bridge_id;
  gint64 since;
  gint64 until;

  GPtrArray *events; /* NULL until they are known */
  gboolean loading;
  gboolean outdated; /* since it was asked for what is being loaded */
};

G_DEFINE_FINAL_TYPE (LatchDayHistory, latch_day_history, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void load (LatchDayHistory *self);

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchDayHistory) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = latch_store_load_day_finish (LATCH_STORE (source), result, &error);

  self->loading = FALSE;
  if (events != NULL)
    {
      g_clear_pointer (&self->events, g_ptr_array_unref);
      self->events = g_steal_pointer (&events);
      g_signal_emit (self, signals[CHANGED], 0);
    }
  else
    g_message ("Could not read what a lock did: %s", error->message);

  if (self->outdated)
    load (self);
}

static void
load (LatchDayHistory *self)
{
  const LatchDayQuery query = {
    .bridge_id = self->bridge_id,
    .nuki_id = latch_lock_get_nuki_id (self->lock),
    .device_type = latch_lock_get_device_type (self->lock),
    .since = self->since,
    .until = self->until,
  };

  self->outdated = self->loading;
  if (self->loading)
    return;

  self->loading = TRUE;
  latch_store_load_day_async (self->store, &query, NULL, loaded_cb, g_object_ref (self));
}

/* What is vouched for goes on without being recorded */
static void
lock_changed_cb (LatchDayHistory *self)
{
  if (self->events != NULL)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* A bridge lists for ever what a lock was that it does not hear any more */
static void
find_present (LatchDayHistory *self, LatchDayFacts *facts)
{
  LatchLockState state = latch_lock_get_state (self->lock);
  gint64 confirmed_at = latch_lock_get_confirmed_at (self->lock);
  gboolean is_watched = !latch_lock_get_stale (self->lock) && !latch_lock_get_offline (self->lock) &&
                        facts->now - confirmed_at <= LATCH_LONGEST_WATCH;

  facts->state = LATCH_EVENT_VALUE_UNKNOWN;
  if (latch_lock_get_offline (self->lock))
    return;

  facts->watched_until = is_watched ? facts->now : confirmed_at;
  if (state != LATCH_LOCK_STATE_UNKNOWN && !latch_lock_state_is_moving (state))
    facts->state = latch_lock_get_state_code (self->lock);
}

static void
latch_day_history_finalize (GObject *object)
{
  LatchDayHistory *self = LATCH_DAY_HISTORY (object);

  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_clear_pointer (&self->bridge_id, g_free);
  g_clear_object (&self->lock);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (latch_day_history_parent_class)->finalize (object);
}

static void
latch_day_history_class_init (LatchDayHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = latch_day_history_finalize;

  /**
   * LatchDayHistory::changed:
   *
   * Something else is known of the day, or it is known for longer.
   */
  signals[CHANGED] = g_signal_new ("changed", LATCH_TYPE_DAY_HISTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
latch_day_history_init (LatchDayHistory *self)
{
}

/**
 * latch_day_history_new:
 * @store: where it is recorded
 * @lock: whose day
 * @since: when the day begins
 * @until: when the next one does
 *
 * Returns: (transfer full): a history that tells by #LatchDayHistory::changed when it is known, and when it changes
 */
LatchDayHistory *
latch_day_history_new (LatchStore *store, LatchLock *lock, gint64 since, gint64 until)
{
  LatchDayHistory *self = g_object_new (LATCH_TYPE_DAY_HISTORY, NULL);
  g_autoptr (LatchBridge) bridge = latch_lock_ref_bridge (lock);

  self->store = g_object_ref (store);
  self->lock = g_object_ref (lock);
  self->bridge_id = g_strdup (bridge != NULL ? latch_bridge_get_id (bridge) : "");
  self->since = since;
  self->until = until;
  g_signal_connect_object (store, "activity-changed", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lock, "applied", G_CALLBACK (lock_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lock, "notify::stale", G_CALLBACK (lock_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lock, "notify::offline", G_CALLBACK (lock_changed_cb), self, G_CONNECT_SWAPPED);
  load (self);

  return self;
}

gint64
latch_day_history_get_since (LatchDayHistory *self)
{
  g_return_val_if_fail (LATCH_IS_DAY_HISTORY (self), 0);

  return self->since;
}

gint64
latch_day_history_get_until (LatchDayHistory *self)
{
  g_return_val_if_fail (LATCH_IS_DAY_HISTORY (self), 0);

  return self->until;
}

/**
 * latch_day_history_dup_segments:
 * @now: the present
 *
 * Returns: (transfer full) (nullable) (element-type LatchDaySegment): the day, see latch_day_segments_new(); %NULL while
 *   nothing is known of it
 */
GArray *
latch_day_history_dup_segments (LatchDayHistory *self, gint64 now)
{
  LatchDayFacts facts = { .now = now };

  g_return_val_if_fail (LATCH_IS_DAY_HISTORY (self), NULL);

  if (self->events == NULL)
    return NULL;

  facts.events = self->events;
  facts.opener = latch_lock_is_opener (self->lock);
  facts.since = self->since;
  facts.until = self->until;
  find_present (self, &facts);

  return latch_day_segments_new (&facts);
}
