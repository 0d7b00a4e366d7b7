/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-alerts-private.h"

#include "latch-alert-watch.h"

/**
 * LatchAlerts:
 *
 * Says what somebody should be told: once when it begins, and once when it is over. It looks at each change, and has
 * one timer, for the next moment at which something will have lasted long enough.
 *
 * An alert about a lock begins and ends only while its state is vouched for. If that becomes stale, or the lock goes
 * offline, what was said stays said, and what would have become due is said as soon as it is known to be still so; the
 * time in between counts. While a lock moves, or has been asked to, nothing is said of it but that somebody rings.
 * How long a bridge cannot be reached counts only while this computer is awake.
 */
struct _LatchAlerts
{
  GObject parent_instance;

  GListModel *bridges;
  GHashTable *watches; /* of LatchAlertWatch, by the lock or the bridge */
  gboolean enabled[LATCH_N_ALERT_KINDS];
  gint64 delays[LATCH_N_ALERT_KINDS];

  guint scan_id;
  guint timer_id;
  gint64 wake_at;
  LatchAlertTime stopped; /* the time for tests, which stands still; 0: it does not */
};

G_DEFINE_FINAL_TYPE (LatchAlerts, latch_alerts, G_TYPE_OBJECT)

enum
{
  RAISED,
  CHANGED,
  WITHDRAWN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void arm (LatchAlerts *self);

static LatchAlertTime
get_time (LatchAlerts *self)
{
  if (self->stopped.now != 0)
    return self->stopped;

  return (LatchAlertTime){ g_get_real_time () / G_USEC_PER_SEC, g_get_monotonic_time () / G_USEC_PER_SEC };
}

static void
withdraw (LatchAlerts *self, LatchAlertWatch *watch, LatchAlertKind kind)
{
  g_autoptr (LatchAlert) alert = g_steal_pointer (&watch->alerts[kind]);

  if (alert != NULL)
    g_signal_emit (self, signals[WITHDRAWN], 0, alert);
}

static void
look_at_kind (LatchAlerts *self, LatchAlertWatch *watch, LatchAlertKind kind, const LatchAlertTime *time, gint64 *wait)
{
  LatchVerdict verdict = LATCH_VERDICT_NO;

  if (self->enabled[kind])
    verdict = latch_alert_watch_judge (watch, kind, self->delays[kind], time, wait);

  if (verdict == LATCH_VERDICT_NO)
    withdraw (self, watch, kind);
  else if (verdict == LATCH_VERDICT_YES && watch->alerts[kind] == NULL)
    {
      watch->alerts[kind] = latch_alert_new (watch, kind);
      g_signal_emit (self, signals[RAISED], 0, watch->alerts[kind]);
    }
  else if (verdict == LATCH_VERDICT_YES && latch_alert_set_since (watch->alerts[kind], watch->since[kind]))
    g_signal_emit (self, signals[CHANGED], 0, watch->alerts[kind]);
}

static void
look_at (LatchAlerts *self, LatchAlertWatch *watch)
{
  LatchAlertTime time = get_time (self);
  gint64 wait = G_MAXINT64;

  latch_alert_watch_update (watch, &time);
  for (guint kind = 0; kind < LATCH_N_ALERT_KINDS; kind++)
    look_at_kind (self, watch, kind, &time, &wait);
  watch->wake_at = wait == G_MAXINT64 ? G_MAXINT64 : time.awake + wait;
}

static void
look_at_all (LatchAlerts *self)
{
  GHashTableIter iter;
  gpointer watch;

  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, NULL, &watch))
    look_at (self, watch);
  arm (self);
}

static gboolean
timer_cb (gpointer user_data)
{
  LatchAlerts *self = user_data;

  self->timer_id = 0;
  look_at_all (self);

  return G_SOURCE_REMOVE;
}

static void
arm (LatchAlerts *self)
{
  GHashTableIter iter;
  gpointer watch;
  gint64 wake_at = G_MAXINT64;

  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, NULL, &watch))
    wake_at = MIN (wake_at, ((LatchAlertWatch *) watch)->wake_at);

  if (self->timer_id != 0 && wake_at == self->wake_at)
    return;

  g_clear_handle_id (&self->timer_id, g_source_remove);
  self->wake_at = wake_at;
  if (wake_at != G_MAXINT64)
    self->timer_id =
        g_timeout_add_seconds (CLAMP (wake_at - get_time (self).awake, 1, G_MAXINT / 1000), timer_cb, self);
}

/* @source: a lock or a bridge of which something is new */
static void
notify_cb (LatchAlerts *self, GParamSpec *pspec, gpointer source)
{
  LatchAlertWatch *watch = g_hash_table_lookup (self->watches, source);

  if (watch == NULL)
    return;

  look_at (self, watch);
  arm (self);
}

static void
scan_cb (gpointer user_data);

/* Not at once: a lock that only takes another place is gone for a moment */
static void
items_changed_cb (LatchAlerts *self)
{
  if (self->scan_id == 0)
    self->scan_id = g_idle_add_once (scan_cb, self);
}

static void
watch_one (LatchAlerts *self, LatchBridge *bridge, LatchLock *lock)
{
  GObject *source = lock != NULL ? G_OBJECT (lock) : G_OBJECT (bridge);
  LatchAlertWatch *watch = NULL;

  if (g_hash_table_contains (self->watches, source))
    return;

  watch = latch_alert_watch_new (bridge, lock);
  g_hash_table_insert (self->watches, source, watch);
  g_signal_connect_swapped (source, "notify", G_CALLBACK (notify_cb), self);
  if (lock == NULL)
    g_signal_connect_swapped (source, "items-changed", G_CALLBACK (items_changed_cb), self);
  look_at (self, watch);
}

static void
forget (LatchAlerts *self, gpointer source, LatchAlertWatch *watch)
{
  g_signal_handlers_disconnect_by_data (source, self);
  for (guint kind = 0; kind < LATCH_N_ALERT_KINDS; kind++)
    withdraw (self, watch, kind);
  latch_alert_watch_free (watch);
}

static void
scan (LatchAlerts *self)
{
  g_autoptr (GHashTable) gone = g_steal_pointer (&self->watches);
  GHashTableIter iter;
  gpointer source, watch;

  self->watches = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (self->bridges); i++)
    {
      g_autoptr (LatchBridge) bridge = g_list_model_get_item (self->bridges, i);

      if (g_hash_table_steal_extended (gone, bridge, NULL, &watch))
        g_hash_table_insert (self->watches, bridge, watch);
      watch_one (self, bridge, NULL);
      for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (bridge)); j++)
        {
          g_autoptr (LatchLock) lock = g_list_model_get_item (G_LIST_MODEL (bridge), j);

          if (g_hash_table_steal_extended (gone, lock, NULL, &watch))
            g_hash_table_insert (self->watches, lock, watch);
          watch_one (self, bridge, lock);
        }
    }

  g_hash_table_iter_init (&iter, gone);
  while (g_hash_table_iter_next (&iter, &source, &watch))
    forget (self, source, watch);
  arm (self);
}

static void
scan_cb (gpointer user_data)
{
  LatchAlerts *self = user_data;

  self->scan_id = 0;
  scan (self);
}

static void
latch_alerts_dispose (GObject *object)
{
  latch_alerts_stop (LATCH_ALERTS (object));

  G_OBJECT_CLASS (latch_alerts_parent_class)->dispose (object);
}

static void
latch_alerts_finalize (GObject *object)
{
  LatchAlerts *self = LATCH_ALERTS (object);

  g_clear_pointer (&self->watches, g_hash_table_unref);

  G_OBJECT_CLASS (latch_alerts_parent_class)->finalize (object);
}

static guint
add_signal (const char *name)
{
  return g_signal_new (name, LATCH_TYPE_ALERTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                       LATCH_TYPE_ALERT);
}

static void
latch_alerts_class_init (LatchAlertsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = latch_alerts_dispose;
  object_class->finalize = latch_alerts_finalize;

  /**
   * LatchAlerts::raised:
   * @alert: what is to be told
   */
  signals[RAISED] = add_signal ("raised");

  /**
   * LatchAlerts::changed:
   * @alert: what is to be told anew, because it happened again
   */
  signals[CHANGED] = add_signal ("changed");

  /**
   * LatchAlerts::withdrawn:
   * @alert: what is over, or not wanted any more
   */
  signals[WITHDRAWN] = add_signal ("withdrawn");
}

static void
latch_alerts_init (LatchAlerts *self)
{
  self->watches = g_hash_table_new (NULL, NULL);
}

/**
 * latch_alerts_new:
 * @bridges: a list of #LatchBridge, such as a #LatchHome
 *
 * Returns: (transfer full): alerts of which no kind is enabled yet
 */
LatchAlerts *
latch_alerts_new (GListModel *bridges)
{
  LatchAlerts *self = g_object_new (LATCH_TYPE_ALERTS, NULL);

  self->bridges = g_object_ref (bridges);
  g_signal_connect_object (bridges, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  scan (self);

  return self;
}

/**
 * latch_alerts_set_enabled:
 * @enabled: whether anybody wants to be told
 *
 * Takes effect at once, both ways: what is so already is raised, what is not wanted any more is withdrawn.
 */
void
latch_alerts_set_enabled (LatchAlerts *self, LatchAlertKind kind, gboolean enabled)
{
  g_return_if_fail (LATCH_IS_ALERTS (self));
  g_return_if_fail ((guint) kind < LATCH_N_ALERT_KINDS);

  if (self->enabled[kind] == !!enabled)
    return;

  self->enabled[kind] = !!enabled;
  look_at_all (self);
}

/**
 * latch_alerts_set_delay:
 * @seconds: how long it has to be so before somebody is told; 0, as it is at first, for at once
 *
 * Takes effect at once, both ways.
 */
void
latch_alerts_set_delay (LatchAlerts *self, LatchAlertKind kind, guint seconds)
{
  g_return_if_fail (LATCH_IS_ALERTS (self));
  g_return_if_fail ((guint) kind < LATCH_N_ALERT_KINDS);

  if (self->delays[kind] == seconds)
    return;

  self->delays[kind] = seconds;
  look_at_all (self);
}

/**
 * latch_alerts_stop:
 *
 * Watches no longer, and says nothing more; not even that what it said is over, which nobody knows.
 */
void
latch_alerts_stop (LatchAlerts *self)
{
  GHashTableIter iter;
  gpointer source, watch;

  g_return_if_fail (LATCH_IS_ALERTS (self));

  if (self->bridges != NULL)
    g_signal_handlers_disconnect_by_data (self->bridges, self);
  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, &source, &watch))
    {
      g_signal_handlers_disconnect_by_data (source, self);
      latch_alert_watch_free (watch);
      g_hash_table_iter_remove (&iter);
    }
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_handle_id (&self->scan_id, g_source_remove);
  g_clear_object (&self->bridges);
}

/**
 * latch_alerts_get_most_urgent:
 * @subject: what latch_alert_get_subject() returned for any alert
 *
 * Returns: (transfer none) (nullable): the most urgent of the present alerts about the same
 */
LatchAlert *
latch_alerts_get_most_urgent (LatchAlerts *self, const char *subject)
{
  GHashTableIter iter;
  gpointer value;

  g_return_val_if_fail (LATCH_IS_ALERTS (self), NULL);

  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      LatchAlertWatch *watch = value;

      if (!g_str_equal (watch->subject, subject))
        continue;
      for (guint kind = 0; kind < LATCH_N_ALERT_KINDS; kind++)
        if (watch->alerts[kind] != NULL)
          return watch->alerts[kind];
    }

  return NULL;
}

/**
 * latch_alerts_get_n_alerts:
 *
 * Returns: how much there is to tell at present
 */
guint
latch_alerts_get_n_alerts (LatchAlerts *self)
{
  GHashTableIter iter;
  gpointer watch;
  guint n_alerts = 0;

  g_return_val_if_fail (LATCH_IS_ALERTS (self), 0);

  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, NULL, &watch))
    for (guint kind = 0; kind < LATCH_N_ALERT_KINDS; kind++)
      n_alerts += ((LatchAlertWatch *) watch)->alerts[kind] != NULL;

  return n_alerts;
}

gint64
latch_alerts_get_now (LatchAlerts *self)
{
  return get_time (self).now;
}

/* Returns: for how many seconds nothing happens by itself; -1 if nothing ever does */
gint64
latch_alerts_get_wait (LatchAlerts *self)
{
  return self->timer_id != 0 ? self->wake_at - get_time (self).awake : -1;
}

/* Time stands still but for what tests make of it, or goes on as ever */
void
latch_alerts_stop_time (LatchAlerts *self, gboolean stop)
{
  self->stopped = (LatchAlertTime){ 0 };
  if (stop)
    self->stopped = get_time (self);
}

/* As if that many seconds had passed: the timer fires if it is time */
void
latch_alerts_pass_time (LatchAlerts *self, gint64 seconds)
{
  self->stopped.now += seconds;
  self->stopped.awake += seconds;
  if (self->timer_id != 0 && self->wake_at <= self->stopped.awake)
    {
      g_clear_handle_id (&self->timer_id, g_source_remove);
      timer_cb (self);
    }
}

/* As if this computer had slept for that many seconds: no timer knows */
void
latch_alerts_suspend (LatchAlerts *self, gint64 seconds)
{
  self->stopped.now += seconds;
}
