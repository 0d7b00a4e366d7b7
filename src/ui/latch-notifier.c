/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-notifier.h"

#include "latch-alert-text.h"
#include "latch-alerts.h"
#include "latch-bridge-text.h"
#include "latch-caution.h"
#include "latch-error.h"
#include "latch-lock-key.h"
#include "latch-lock-text.h"
#include "latch-told.h"
#include "latch-window.h"

#include <glib/gi18n-lib.h>

#define MINUTE 60

/* What the IDs of notifications begin with that tell of a command that failed */
#define FAILURE "failure:"
/* The ID of the one that tells of a lock that is not there */
#define UNKNOWN "unknown-lock"

/**
 * LatchNotifier:
 *
 * There is one notification for each lock and each bridge, of the most urgent that is to be told of it. It goes as soon
 * as that is over, and with the program, when nobody can say any more whether it is. What was told already comes back
 * quietly: after something more urgent, and when the program is started again soon. That a lock did not do as it was
 * told stays: the program may have been started for that alone, and go long before anybody has seen it.
 *
 * Who looks at a lock's page sees what is the matter, and is not told besides, of its bridge neither; except of rings
 * and of blocked motors, which want somebody to get up.
 */
struct _LatchNotifier
{
  GObject parent_instance;

  GtkApplication *application; /* owns us */
  GListModel *bridges;
  GSettings *settings;
  LatchAlerts *alerts;
  LatchTold *told;
  GHashTable *held_back; /* subject → alert: what is in sight now */
  GHashTable *shown; /* of alert IDs, by the notification that says so */
};

G_DEFINE_FINAL_TYPE (LatchNotifier, latch_notifier, G_TYPE_OBJECT)

/* Which settings say whether, and after how many minutes */
static const struct
{
  LatchAlertKind kind;
  const char *key;
  const char *minutes_key;
} switches[] = {
  { LATCH_ALERT_KIND_RING, "notify-ring" },
  { LATCH_ALERT_KIND_BLOCKED, "notify-blocked" },
  { LATCH_ALERT_KIND_SENSOR_REMOVED, "notify-sensor-removed" },
  { LATCH_ALERT_KIND_DOOR_OPEN, "notify-door-open", "notify-door-open-minutes" },
  { LATCH_ALERT_KIND_UNLOCKED, "notify-unlocked", "notify-unlocked-minutes" },
  { LATCH_ALERT_KIND_BATTERY, "notify-battery" },
  { LATCH_ALERT_KIND_KEYPAD_BATTERY, "notify-keypad-battery" },
  { LATCH_ALERT_KIND_NO_ACCESS, "notify-unreachable" },
  { LATCH_ALERT_KIND_UNREACHABLE, "notify-unreachable", "notify-unreachable-minutes" },
};

static LatchWindow *
get_window (LatchNotifier *self)
{
  GtkWindow *window = gtk_application_get_active_window (self->application);

  return LATCH_IS_WINDOW (window) ? LATCH_WINDOW (window) : NULL;
}

static gboolean
is_in_sight (LatchNotifier *self, LatchAlert *alert)
{
  LatchWindow *window = get_window (self);
  LatchLock *in_sight = window ? latch_window_get_lock_in_sight (window) : NULL;
  g_autoptr (LatchBridge) bridge = in_sight ? latch_lock_ref_bridge (in_sight) : NULL;

  if (!in_sight)
    return FALSE;

  return latch_alert_get_lock (alert) ? latch_alert_get_lock (alert) == in_sight
                                      : latch_alert_get_bridge (alert) == bridge;
}

static GNotificationPriority
get_priority (LatchAlertKind kind)
{
  switch (kind)
    {
    case LATCH_ALERT_KIND_RING:
    case LATCH_ALERT_KIND_BLOCKED:
    case LATCH_ALERT_KIND_SENSOR_REMOVED:
      return G_NOTIFICATION_PRIORITY_HIGH;
    default:
      return G_NOTIFICATION_PRIORITY_NORMAL;
    }
}

static GNotification *
create_for_lock (LatchAlert *alert)
{
  LatchLock *lock = latch_alert_get_lock (alert);
  LatchAlertKind kind = latch_alert_get_kind (alert);
  g_autofree char *key = latch_lock_key_new (lock);
  g_autofree char *name = latch_lock_text_short_name (lock);
  g_autofree char *title = latch_alert_text_title (kind, name);
  g_autofree char *body =
      latch_alert_text_body (kind, g_get_real_time () / G_USEC_PER_SEC - latch_alert_get_since (alert));
  const char *button =
      latch_alert_text_button (kind, latch_alert_was_locking (alert), latch_lock_get_door_state (lock));
  GNotification *notification = g_notification_new (title);

  if (body)
    g_notification_set_body (notification, body);
  if (button)
    g_notification_add_button_with_target (notification, button, "app.lock", "s", key);
  g_notification_set_default_action_and_target (notification, "app.show-lock", "s", key);

  return notification;
}

static GNotification *
create_for_bridge (LatchAlert *alert)
{
  LatchBridge *bridge = latch_alert_get_bridge (alert);
  LatchAlertKind kind = latch_alert_get_kind (alert);
  const GError *error = latch_bridge_get_error (bridge);
  const char *name = latch_bridge_get_name (bridge);
  GNotification *notification;
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;

  if (kind == LATCH_ALERT_KIND_NO_ACCESS)
    {
      title = latch_bridge_text_problem (latch_bridge_get_connection (bridge), error, name);
      body = error ? g_strdup (error->message) : NULL;
    }
  else
    {
      title = latch_alert_text_title (kind, name);
      body = latch_alert_text_body (kind, g_get_real_time () / G_USEC_PER_SEC - latch_alert_get_since (alert));
    }

  notification = g_notification_new (title);
  if (body)
    g_notification_set_body (notification, body);

  return notification;
}

static void
show (LatchNotifier *self, LatchAlert *alert, gboolean quietly)
{
  LatchAlertKind kind = latch_alert_get_kind (alert);
  const char *subject = latch_alert_get_subject (alert);
  g_autoptr (GNotification) notification =
      latch_alert_get_lock (alert) ? create_for_lock (alert) : create_for_bridge (alert);

  g_notification_set_priority (notification, quietly ? G_NOTIFICATION_PRIORITY_LOW : get_priority (kind));
  g_notification_set_category (notification, latch_alert_text_category (kind));
  g_application_send_notification (G_APPLICATION (self->application), subject, notification);
  g_hash_table_replace (self->shown, g_strdup (subject), g_strdup (latch_alert_get_id (alert)));
}

static void
hide (LatchNotifier *self, const char *subject)
{
  if (g_hash_table_remove (self->shown, subject))
    g_application_withdraw_notification (G_APPLICATION (self->application), subject);
}

/* Shows what is now the most urgent about the same as @alert */
static void
update (LatchNotifier *self, LatchAlert *alert)
{
  const char *subject = latch_alert_get_subject (alert);
  LatchAlert *most_urgent = latch_alerts_get_most_urgent (self->alerts, subject);
  const char *id = most_urgent ? latch_alert_get_id (most_urgent) : NULL;
  gboolean was_told = FALSE;

  g_hash_table_remove (self->held_back, subject);
  if (!most_urgent)
    {
      hide (self, subject);
      return;
    }

  if (g_strcmp0 (g_hash_table_lookup (self->shown, subject), id) == 0)
    return;

  /* Whoever looks at it need not be told; but he may turn away and forget it */
  if (is_in_sight (self, most_urgent) && latch_alert_get_kind (most_urgent) > LATCH_ALERT_KIND_BLOCKED)
    {
      hide (self, subject);
      g_hash_table_replace (self->held_back, g_strdup (subject), g_object_ref (most_urgent));
      return;
    }

  /* No ring is like the other */
  if (latch_alert_get_kind (most_urgent) != LATCH_ALERT_KIND_RING)
    {
      was_told = latch_told_contains (self->told, id);
      latch_told_add (self->told, id);
    }

  show (self, most_urgent, was_told);
}

/* Somebody looks elsewhere now, or at something else */
static void
sight_changed_cb (LatchNotifier *self)
{
  g_autoptr (GPtrArray) alerts = g_hash_table_get_values_as_ptr_array (self->held_back);

  for (guint i = 0; i < alerts->len; i++)
    g_object_ref (alerts->pdata[i]);
  g_ptr_array_set_free_func (alerts, g_object_unref);
  for (guint i = 0; i < alerts->len; i++)
    update (self, alerts->pdata[i]);
}

static void
window_added_cb (LatchNotifier *self, GtkWindow *window)
{
  g_signal_connect_object (window, "notify::is-active", G_CALLBACK (sight_changed_cb), self, G_CONNECT_SWAPPED);
}

static char *
get_failure_id (LatchLock *lock)
{
  g_autofree char *key = latch_lock_key_new (lock);

  return g_strconcat (FAILURE, key, NULL);
}

static void
hide_failure (LatchNotifier *self, LatchLock *lock)
{
  g_autofree char *id = get_failure_id (lock);

  hide (self, id);
}

static void
withdrawn_cb (LatchNotifier *self, LatchAlert *alert)
{
  latch_told_remove (self->told, latch_alert_get_id (alert));
  /* Whatever it was that failed, it is not needed any more */
  if (latch_alert_get_lock (alert))
    hide_failure (self, latch_alert_get_lock (alert));
  update (self, alert);
}

/* It happened again: what replaces a notification that is there already may go unnoticed */
static void
changed_cb (LatchNotifier *self, LatchAlert *alert)
{
  hide (self, latch_alert_get_subject (alert));
  update (self, alert);
}

static void
tell_failure (LatchNotifier *self, LatchLock *lock, const GError *error)
{
  g_autofree char *id = get_failure_id (lock);
  g_autofree char *key = latch_lock_key_new (lock);
  g_autofree char *name = latch_lock_text_short_name (lock);
  g_autofree char *title = NULL;
  g_autoptr (GNotification) notification = NULL;

  if (g_error_matches (error, LATCH_ERROR, LATCH_ERROR_OUTCOME_UNKNOWN))
    /* Translators: %s is the name of a lock */
    title = g_strdup_printf (_("%s may or may not have moved"), name);
  else
    title = latch_lock_text_failure (LATCH_LOCK_ACTION_LOCK, name);

  notification = g_notification_new (title);
  g_notification_set_body (notification, error->message);
  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_HIGH);
  g_notification_set_category (notification, "device.error");
  g_notification_set_default_action_and_target (notification, "app.show-lock", "s", key);
  g_application_send_notification (G_APPLICATION (self->application), id, notification);
  g_hash_table_replace (self->shown, g_strdup (id), g_strdup (id));
}

static void
locked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchNotifier) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!latch_lock_perform_finish (LATCH_LOCK (source), result, &error) && self->application)
    tell_failure (self, LATCH_LOCK (source), error);
}

/* The bolt may be in the way: the last that was heard of the door counts, for what it is worth */
static gboolean
needs_question (LatchNotifier *self, LatchLock *lock)
{
  LatchCaution caution = latch_caution_for (LATCH_LOCK_ACTION_LOCK, latch_lock_get_door_state (lock));

  return caution != LATCH_CAUTION_NONE && g_settings_get_boolean (self->settings, latch_caution_get_key (caution));
}

static void
settings_changed_cb (LatchNotifier *self, const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (switches); i++)
    {
      const char *minutes_key = switches[i].minutes_key;

      if (minutes_key && (!key || g_str_equal (key, minutes_key)))
        latch_alerts_set_delay (self->alerts, switches[i].kind,
                                g_settings_get_int (self->settings, minutes_key) * MINUTE);
      if (!key || g_str_equal (key, switches[i].key))
        latch_alerts_set_enabled (self->alerts, switches[i].kind,
                                  g_settings_get_boolean (self->settings, switches[i].key));
    }
}

static void
watch_sight (LatchNotifier *self)
{
  for (GList *l = gtk_application_get_windows (self->application); l; l = l->next)
    window_added_cb (self, l->data);
  g_signal_connect_object (self->application, "window-added", G_CALLBACK (window_added_cb), self, G_CONNECT_SWAPPED);
  /* Which lock is looked at is a setting, as the window remembers it */
  g_signal_connect_object (self->settings, "changed::last-lock", G_CALLBACK (sight_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
latch_notifier_dispose (GObject *object)
{
  latch_notifier_stop (LATCH_NOTIFIER (object));

  G_OBJECT_CLASS (latch_notifier_parent_class)->dispose (object);
}

static void
latch_notifier_finalize (GObject *object)
{
  LatchNotifier *self = LATCH_NOTIFIER (object);

  g_clear_object (&self->alerts);
  g_clear_object (&self->bridges);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->told, latch_told_free);
  g_clear_pointer (&self->shown, g_hash_table_unref);
  g_clear_pointer (&self->held_back, g_hash_table_unref);

  G_OBJECT_CLASS (latch_notifier_parent_class)->finalize (object);
}

static void
latch_notifier_class_init (LatchNotifierClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = latch_notifier_dispose;
  object_class->finalize = latch_notifier_finalize;
}

static void
latch_notifier_init (LatchNotifier *self)
{
  self->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->held_back = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

/**
 * latch_notifier_new:
 * @application: what sends the notifications; outlives the notifier
 * @bridges: a list of #LatchBridge, such as a #LatchHome
 * @settings: the application's settings, which say what to tell of
 */
LatchNotifier *
latch_notifier_new (GtkApplication *application, GListModel *bridges, GSettings *settings)
{
  LatchNotifier *self = g_object_new (LATCH_TYPE_NOTIFIER, NULL);

  self->application = application;
  self->bridges = g_object_ref (bridges);
  self->settings = g_object_ref (settings);
  self->told = latch_told_new (settings);
  self->alerts = latch_alerts_new (bridges);
  g_signal_connect_object (self->alerts, "raised", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->alerts, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->alerts, "withdrawn", G_CALLBACK (withdrawn_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed", G_CALLBACK (settings_changed_cb), self, G_CONNECT_SWAPPED);
  settings_changed_cb (self, NULL);
  watch_sight (self);

  return self;
}

/**
 * latch_notifier_show_lock:
 * @text: a lock's key, or a name that no other has
 *
 * Brings up the window at a lock's page.
 */
void
latch_notifier_show_lock (LatchNotifier *self, const char *text)
{
  g_autoptr (LatchLock) lock = NULL;

  g_return_if_fail (LATCH_IS_NOTIFIER (self));

  lock = latch_lock_key_find_named (text, self->bridges);
  g_application_activate (G_APPLICATION (self->application));
  if (lock && get_window (self))
    latch_window_show_lock (get_window (self), lock);
}

static void
tell_unknown (LatchNotifier *self, const char *text)
{
  g_autoptr (GNotification) notification = g_notification_new (_("Nothing Was Locked"));
  /* Translators: %s is what somebody gave as the name of a lock */
  g_autofree char *body = g_strdup_printf (_("There is no lock “%s”, or more than one"), text);

  g_notification_set_body (notification, body);
  g_application_send_notification (G_APPLICATION (self->application), UNKNOWN, notification);
}

/**
 * latch_notifier_lock:
 * @text: a lock's key, or a name that no other has
 *
 * Locks, for whoever need not look at the window: what came of it is told. Nothing that opens a door is within the reach
 * of whoever passes by a locked screen.
 */
void
latch_notifier_lock (LatchNotifier *self, const char *text)
{
  g_autoptr (LatchLock) lock = NULL;
  LatchWindow *window = get_window (self);

  g_return_if_fail (LATCH_IS_NOTIFIER (self));

  lock = latch_lock_key_find_named (text, self->bridges);
  if (!lock)
    {
      tell_unknown (self, text);
      return;
    }

  hide_failure (self, lock);
  /* A notification cannot ask; and whoever was told that it is unlocked did not know that it is open */
  if (needs_question (self, lock))
    {
      latch_notifier_show_lock (self, text);
      /* Where nobody vouches for the door, nobody knows what to ask; the page says so */
      if (get_window (self) && !latch_lock_get_stale (lock))
        latch_window_perform (get_window (self), lock, LATCH_LOCK_ACTION_LOCK);
      return;
    }
  if (window && gtk_window_is_active (GTK_WINDOW (window)))
    latch_window_perform (window, lock, LATCH_LOCK_ACTION_LOCK);
  else if (latch_lock_can_perform (lock, LATCH_LOCK_ACTION_LOCK))
    latch_lock_perform_async (lock, LATCH_LOCK_ACTION_LOCK, NULL, locked_cb, g_object_ref (self));
  else
    /* Its page says why not, or that it moves */
    latch_notifier_show_lock (self, text);
}

/**
 * latch_notifier_stop:
 *
 * Takes back what only somebody who watches can say, and tells nothing more.
 */
void
latch_notifier_stop (LatchNotifier *self)
{
  GHashTableIter iter;
  gpointer id;

  g_return_if_fail (LATCH_IS_NOTIFIER (self));

  if (!self->application)
    return;

  latch_alerts_stop (self->alerts);
  g_hash_table_iter_init (&iter, self->shown);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_str_has_prefix (id, FAILURE))
      g_application_withdraw_notification (G_APPLICATION (self->application), id);
  g_hash_table_remove_all (self->shown);
  g_hash_table_remove_all (self->held_back);
  self->application = NULL;
}
