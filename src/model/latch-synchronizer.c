/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-synchronizer-private.h"

#include "latch-error.h"
#include "latch-lock-private.h"

/* Seconds between two looks at the bridge's list, which is a cache and cheap: while the bridge is known to tell of
 * changes, while it is not, and while nobody looks */
#define INTERVAL_WHILE_TOLD 30
#define INTERVAL 10
#define INTERVAL_UNSEEN 60
/* And where the bridge told of something while it was being asked */
#define INTERVAL_TO_CONFIRM 1
/* Soon after a first failure, as bridges lose single requests; then ever more rarely */
#define FIRST_RETRY 2
#define LONGEST_RETRY 30
#define LONGEST_RETRY_UNSEEN 120
/* Many programs may have lost one bridge at the same moment */
#define JITTER 0.2
/* How long an unanswered question leaves the states that are shown beyond doubt; good bridges answer within one second */
#define PATIENCE 5
/* Signal strengths change slowly */
#define LISTS_PER_INFO 30
/* A timer that is that late was not late by chance: the program stood still */
#define STANDSTILL 10
/* A bolt that moves for longer does not: the list has stuck */
#define LONGEST_MOVEMENT 20

enum
{
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LatchSynchronizer, latch_synchronizer, G_TYPE_OBJECT)

static void schedule (LatchSynchronizer *self);

/* For the files that share this class: whether the program stood still, so that what comes in now may be old */
gboolean
latch_synchronizer_has_stood_still (LatchSynchronizer *self)
{
  return self->timer_id != 0 && g_get_monotonic_time () > self->due + STANDSTILL * G_TIME_SPAN_SECOND;
}

static gboolean
timer_cb (gpointer user_data)
{
  g_autoptr (LatchSynchronizer) self = g_object_ref (user_data);

  if (latch_synchronizer_has_stood_still (self))
    latch_bridge_doubt (self->bridge);
  self->timer_id = 0;
  latch_sleep_monitor_check (self->sleep_monitor);
  if (latch_synchronizer_search_instead (self))
    schedule (self);
  else
    latch_synchronizer_ask (self);

  return G_SOURCE_REMOVE;
}

/* For the files that share this class: asks in a while rather than when it was to be */
void
latch_synchronizer_ask_in (LatchSynchronizer *self, guint ms)
{
  g_clear_handle_id (&self->timer_id, g_source_remove);
  self->due = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;
  /* Whole seconds let the system wake up for several things at once */
  if (ms % 1000 == 0)
    self->timer_id = g_timeout_add_seconds (ms / 1000, timer_cb, self);
  else
    self->timer_id = g_timeout_add (ms, timer_cb, self);
}

static guint
get_retry_ms (LatchSynchronizer *self)
{
  guint first = self->interval != 0 ? MIN (self->interval, FIRST_RETRY) : FIRST_RETRY;
  guint longest = self->visible ? LONGEST_RETRY : LONGEST_RETRY_UNSEEN;
  guint seconds = MIN (first << MIN (self->n_failures - 1, 8), longest);

  return 1000 * seconds * g_random_double_range (1 - JITTER, 1 + JITTER);
}

static void
schedule (LatchSynchronizer *self)
{
  g_clear_handle_id (&self->timer_id, g_source_remove);
  if (latch_synchronizer_is_over (self) || latch_synchronizer_rests (self) || self->asking != NULL)
    return;

  if (latch_synchronizer_needs_person (self))
    {
      guint seconds = latch_synchronizer_get_refused_interval (self);

      if (seconds > 0)
        latch_synchronizer_ask_in (self, 1000 * seconds);
    }
  else if (self->n_failures > 0)
    latch_synchronizer_ask_in (self, get_retry_ms (self));
  else
    latch_synchronizer_ask_in (self, 1000 * latch_synchronizer_get_interval (self));
}

/* For the files that share this class: another interval may fit now. It began with the last question: whoever changes
 * his mind again and again does not put the next one off */
void
latch_synchronizer_reschedule (LatchSynchronizer *self)
{
  gint64 due = self->asked_at + latch_synchronizer_get_interval (self) * G_TIME_SPAN_SECOND;

  if (self->timer_id == 0 || self->n_failures > 0 || latch_synchronizer_needs_person (self) ||
      latch_synchronizer_has_stood_still (self))
    return;

  schedule (self);
  if (due < self->due)
    latch_synchronizer_ask_in (self, MAX (0, due - g_get_monotonic_time ()) / G_TIME_SPAN_MILLISECOND);
}

static gboolean
patience_cb (gpointer user_data)
{
  LatchSynchronizer *self = user_data;

  self->patience_id = 0;
  latch_bridge_doubt (self->bridge);

  return G_SOURCE_REMOVE;
}

/* The bridge answers one after the other: whatever it leaves unanswered, or does not even take, keeps it from telling its
 * list. Only a bolt that moves takes its time */
static void
start_patience (LatchSynchronizer *self)
{
  if (self->asking != NULL && !self->acting && self->patience_id == 0)
    self->patience_id = g_timeout_add_seconds (PATIENCE, patience_cb, self);
}

static void
sent_cb (LatchSynchronizer *self, const char *path)
{
  self->acting = g_strcmp0 (path, "/lockAction") == 0;
  start_patience (self);
}

/* Asked again with the next list, then ever more rarely: who waits for the answer keeps the bridge from others */
static void
info_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchSynchronizer) self = user_data;
  g_autoptr (GError) error = NULL;

  if (latch_bridge_refresh_info_finish (LATCH_BRIDGE (source), result, &error))
    {
      self->n_info_failures = 0;
      return;
    }

  g_debug ("No news of the bridge itself: %s", error->message);
  self->lists_to_info = MIN (1u << MIN (self->n_info_failures, 8), LISTS_PER_INFO) - 1;
  self->n_info_failures++;
}

static void
see_to_info (LatchSynchronizer *self)
{
  if (self->lists_to_info > 0)
    {
      self->lists_to_info--;
      return;
    }

  self->lists_to_info = LISTS_PER_INFO - 1;
  latch_bridge_refresh_info_async (self->bridge, self->cancellable, info_cb, g_object_ref (self));
}

static void
lock_asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!latch_lock_ask_finish (LATCH_LOCK (source), result, &error))
    g_debug ("A lock of which nobody knows enough did not answer: %s", error->message);
}

/* A list may stay in a movement that is long over. The lock itself knows, but to ask it wears its battery: once */
static gboolean
is_stuck (LatchLock *lock, gint64 now)
{
  if (lock->was_asked || lock->in_state_since > now - LONGEST_MOVEMENT * G_TIME_SPAN_SECOND ||
      !latch_lock_state_is_moving (latch_lock_get_state (lock)))
    return FALSE;

  lock->was_asked = TRUE;
  return TRUE;
}

/* The outcome of a command is unknown, and lists do not tell: ever more rarely, as long as it does not answer */
static gboolean
is_unresolved (LatchLock *lock)
{
  if (!latch_lock_is_in_doubt (lock))
    return FALSE;

  lock->n_lists_in_doubt++;
  return (lock->n_lists_in_doubt & (lock->n_lists_in_doubt - 1)) == 0;
}

static void
ask_locks (LatchSynchronizer *self)
{
  guint n_locks = g_list_model_get_n_items (G_LIST_MODEL (self->bridge));

  for (guint i = 0; i < n_locks; i++)
    {
      g_autoptr (LatchLock) lock = g_list_model_get_item (G_LIST_MODEL (self->bridge), i);

      if (latch_lock_get_pending_action (lock) == LATCH_LOCK_ACTION_NONE &&
          (is_unresolved (lock) || is_stuck (lock, g_get_monotonic_time ())))
        latch_lock_ask_async (lock, self->cancellable, lock_asked_cb, NULL);
    }
}

static void
take_list (LatchSynchronizer *self)
{
  self->n_failures = 0;
  see_to_info (self);
  ask_locks (self);
  latch_locator_hurry (self->locator);
}

static void
refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchSynchronizer) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean answered = latch_bridge_refresh_finish (LATCH_BRIDGE (source), result, &error);

  g_clear_handle_id (&self->patience_id, g_source_remove);
  g_clear_object (&self->asking);
  if (latch_synchronizer_is_over (self))
    return;

  self->list_refused = g_error_matches (error, LATCH_ERROR, LATCH_ERROR_UNAUTHORIZED);
  latch_synchronizer_end_question (self, answered);
  if (answered)
    take_list (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      self->n_failures++;
      latch_synchronizer_locate_if_lost (self);
      g_signal_emit (self, signals[FAILED], 0, error);
    }

  if (self->ask_again)
    latch_synchronizer_ask (self);
  else if (answered && latch_bridge_has_unconfirmed_events (self->bridge))
    latch_synchronizer_ask_in (self, 1000 * INTERVAL_TO_CONFIRM);
  else
    schedule (self);
}

static void
latch_synchronizer_dispose (GObject *object)
{
  LatchSynchronizer *self = LATCH_SYNCHRONIZER (object);

  latch_synchronizer_stop (self);

  G_OBJECT_CLASS (latch_synchronizer_parent_class)->dispose (object);
}

static void
latch_synchronizer_finalize (GObject *object)
{
  LatchSynchronizer *self = LATCH_SYNCHRONIZER (object);

  g_clear_object (&self->subscription);
  g_clear_object (&self->sleep_monitor);
  g_clear_object (&self->locator);
  g_clear_object (&self->bridge);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (latch_synchronizer_parent_class)->finalize (object);
}

static void
latch_synchronizer_class_init (LatchSynchronizerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = latch_synchronizer_dispose;
  object_class->finalize = latch_synchronizer_finalize;

  /**
   * LatchSynchronizer::failed:
   * @error: why
   *
   * The bridge's list could not be had. Unless a person is needed, it will be asked for again.
   */
  signals[FAILED] = g_signal_new ("failed", LATCH_TYPE_SYNCHRONIZER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
latch_synchronizer_init (LatchSynchronizer *self)
{
  self->cancellable = g_cancellable_new ();
  self->visible = TRUE;
}

/**
 * latch_synchronizer_new:
 * @bridge: whose locks to keep fresh
 *
 * Returns: (transfer full): a synchronizer that does nothing yet
 */
LatchSynchronizer *
latch_synchronizer_new (LatchBridge *bridge)
{
  LatchSynchronizer *self = g_object_new (LATCH_TYPE_SYNCHRONIZER, NULL);
  LatchClient *client = latch_bridge_get_client (bridge);

  self->bridge = g_object_ref (bridge);
  g_signal_connect_object (client, "sent", G_CALLBACK (sent_cb), self, G_CONNECT_SWAPPED);
  latch_synchronizer_prepare_recovery (self);

  return self;
}

/**
 * latch_synchronizer_set_discovery:
 * @enabled: whether the discovery service may be asked where a bridge is that does not answer; it may not at first
 * @url: (nullable): its address, %NULL for the vendor's
 */
void
latch_synchronizer_set_discovery (LatchSynchronizer *self, gboolean enabled, const char *url)
{
  g_return_if_fail (LATCH_IS_SYNCHRONIZER (self));

  latch_locator_set_discovery (self->locator, enabled, url);
}

/**
 * latch_synchronizer_set_visible:
 * @visible: whether somebody sees what is kept fresh; so it is at first
 */
void
latch_synchronizer_set_visible (LatchSynchronizer *self, gboolean visible)
{
  g_return_if_fail (LATCH_IS_SYNCHRONIZER (self));

  if (self->visible == !!visible)
    return;

  self->visible = !!visible;
  if (self->asking != NULL || self->timer_id == 0)
    return;

  if (visible && (self->n_failures > 0 || g_get_monotonic_time () - self->asked_at >= INTERVAL * G_TIME_SPAN_SECOND))
    latch_synchronizer_ask (self);
  else
    latch_synchronizer_reschedule (self);
}

/**
 * latch_synchronizer_get_interval:
 *
 * Returns: how long it waits from one list to the next while all is well, in seconds
 */
guint
latch_synchronizer_get_interval (LatchSynchronizer *self)
{
  g_return_val_if_fail (LATCH_IS_SYNCHRONIZER (self), 0);

  if (self->interval != 0)
    return self->interval;
  if (!self->visible)
    return INTERVAL_UNSEEN;
  if (self->subscription != NULL && latch_subscription_get_state (self->subscription) == LATCH_SUBSCRIPTION_WORKING)
    return INTERVAL_WHILE_TOLD;

  return INTERVAL;
}

/**
 * latch_synchronizer_set_interval:
 * @seconds: how long to wait from one list to the next; 0 for what fits
 */
void
latch_synchronizer_set_interval (LatchSynchronizer *self, guint seconds)
{
  g_return_if_fail (LATCH_IS_SYNCHRONIZER (self));

  self->interval = seconds;
}

/**
 * latch_synchronizer_start:
 *
 * Begins, and asks at once.
 */
void
latch_synchronizer_start (LatchSynchronizer *self)
{
  g_return_if_fail (LATCH_IS_SYNCHRONIZER (self));

  self->started = TRUE;
  latch_synchronizer_ask (self);
}

static void
ask (LatchSynchronizer *self)
{
  if (self->asking != NULL || latch_synchronizer_is_over (self))
    return;

  g_clear_handle_id (&self->timer_id, g_source_remove);
  latch_synchronizer_begin_question (self, g_get_monotonic_time ());
  self->ask_again = FALSE;
  self->asked_at = g_get_monotonic_time ();
  self->asking = g_cancellable_new ();
  start_patience (self);
  latch_bridge_refresh_async (self->bridge, self->asking, refreshed_cb, g_object_ref (self));
}

/* For the files that share this class: asks now, even a bridge that has refused our token */
void
latch_synchronizer_ask (LatchSynchronizer *self)
{
  if (!latch_synchronizer_rests (self))
    ask (self);
}

/**
 * latch_synchronizer_refresh_now:
 *
 * Asks now rather than when it is time, as somebody wants to know: even a bridge that has refused our token, or should
 * have forgotten it. One that does not answer is looked for at once, and one that restarts is waited for.
 */
void
latch_synchronizer_refresh_now (LatchSynchronizer *self)
{
  g_return_if_fail (LATCH_IS_SYNCHRONIZER (self));

  latch_locator_hurry (self->locator);
  if (latch_bridge_get_maintenance (self->bridge) == LATCH_MAINTENANCE_WAS_RESET)
    ask (self);
  else
    latch_synchronizer_ask (self);
  /* And about itself, if that is what he looks at; where it does not answer, once it does */
  if (latch_bridge_get_watched_closely (self->bridge) && !latch_bridge_get_asking_info (self->bridge) &&
      latch_bridge_get_connection (self->bridge) == LATCH_CONNECTION_CONNECTED)
    latch_bridge_refresh_info_async (self->bridge, self->cancellable, NULL, NULL);
}

/**
 * latch_synchronizer_stop:
 *
 * Ends it for good. What is under way is cancelled.
 */
void
latch_synchronizer_stop (LatchSynchronizer *self)
{
  g_return_if_fail (LATCH_IS_SYNCHRONIZER (self));

  g_cancellable_cancel (self->cancellable);
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_handle_id (&self->patience_id, g_source_remove);
  latch_synchronizer_set_subscription (self, NULL);
  /* Nobody watches any more */
  latch_bridge_doubt (self->bridge);
}
