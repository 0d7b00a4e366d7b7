/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-lock-details.h"

#include "latch-bridge-text.h"
#include "latch-lock-key.h"
#include "latch-lock-text.h"
#include "latch-time-text.h"

#include <glib/gi18n-lib.h>

struct _LatchLockDetails
{
  AdwBin parent_instance;

  LatchLockView *view;
  gboolean asking;

  AdwActionRow *battery;
  GtkImage *battery_icon;
  AdwActionRow *keypad;
  GtkImage *keypad_icon;
  AdwActionRow *door;
  GtkImage *door_icon;
  AdwActionRow *ring;
  AdwActionRow *connection;
  GtkImage *connection_icon;
  AdwActionRow *update;
  GtkWidget *refresh;
  GtkStack *refresh_stack;
  GtkWidget *refresh_icon;
  GtkWidget *refresh_spinner;
};

G_DEFINE_FINAL_TYPE (LatchLockDetails, latch_lock_details, ADW_TYPE_BIN)

static char *
make_ago (gint64 then, gint64 now)
{
  return now - then < 60 ? g_strdup (_("Just now")) : latch_time_text_ago (then, now);
}

static char *
make_battery_icon_name (LatchTristate critical, LatchTristate charging, int percent)
{
  if (critical == LATCH_TRISTATE_YES)
    return g_strdup ("battery-caution-symbolic");
  if (charging == LATCH_TRISTATE_YES)
    return g_strdup ("battery-full-charging-symbolic");
  if (percent >= 0)
    return g_strdup_printf ("battery-level-%d-symbolic", (percent + 5) / 10 * 10);

  return g_strdup ("battery-full-symbolic");
}

/* What is not told has no row */
static void
show_row (AdwActionRow *row, const char *text)
{
  gtk_widget_set_visible (GTK_WIDGET (row), text != NULL);
  if (text)
    adw_action_row_set_subtitle (row, text);
}

static void
set_warning (AdwActionRow *row, gboolean warning)
{
  if (warning)
    gtk_widget_add_css_class (GTK_WIDGET (row), "lock-warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "lock-warning");
}

static void
show_battery (AdwActionRow *row,
              GtkImage *icon,
              LatchTristate critical,
              LatchTristate charging,
              int percent,
              const char *as_of)
{
  g_autofree char *text = latch_lock_text_battery (critical, charging, percent);
  g_autofree char *icon_name = make_battery_icon_name (critical, charging, percent);

  /* That a battery has to be replaced does not get better with age */
  if (text && as_of && critical != LATCH_TRISTATE_YES)
    {
      g_autofree char *current = g_steal_pointer (&text);

      /* Translators: how a battery was, and when that was, such as “2 h ago” */
      text = g_strdup_printf (_("%s, %s"), current, as_of);
    }

  show_row (row, text);
  set_warning (row, critical == LATCH_TRISTATE_YES);
  gtk_image_set_from_icon_name (icon, icon_name);
}

static void
show_batteries (LatchLockDetails *self, LatchLock *lock, gint64 now)
{
  const LatchLockFacts *facts = latch_lock_view_get_facts (self->view);
  g_autofree char *as_of = NULL;

  if (!latch_lock_facts_is_vouched_for (facts) && facts->confirmed_at > 0)
    as_of = latch_time_text_ago (facts->confirmed_at, now);

  show_battery (self->battery, self->battery_icon, latch_lock_get_battery_critical (lock),
                latch_lock_get_battery_charging (lock), latch_lock_get_battery_percent (lock), as_of);
  show_battery (self->keypad, self->keypad_icon, latch_lock_get_keypad_battery_critical (lock), LATCH_TRISTATE_UNKNOWN,
                -1, as_of);
}

static void
show_door (LatchLockDetails *self, LatchLock *lock)
{
  LatchDoorState state = latch_lock_get_door_state (lock);
  gboolean known = latch_lock_facts_is_vouched_for (latch_lock_view_get_facts (self->view));

  show_row (self->door, known && state != LATCH_DOOR_STATE_NONE ? latch_door_state_get_text (state) : NULL);
  set_warning (self->door, state == LATCH_DOOR_STATE_REMOVED);
  gtk_image_set_from_icon_name (self->door_icon, state == LATCH_DOOR_STATE_OPEN ? "latch-door-open-symbolic"
                                                                                : "latch-door-closed-symbolic");
}

static void
show_connection (LatchLockDetails *self, LatchLock *lock)
{
  g_autoptr (LatchBridge) bridge = latch_lock_ref_bridge (lock);
  LatchConnection connection = bridge ? latch_bridge_get_connection (bridge) : LATCH_CONNECTION_UNKNOWN;
  const char *name = bridge ? latch_bridge_get_name (bridge) : NULL;
  int rssi = connection == LATCH_CONNECTION_CONNECTED && !latch_lock_get_offline (lock) ? latch_lock_get_rssi (lock) : 0;
  const char *signal = latch_bridge_text_signal (rssi);
  g_autofree char *spoken = latch_bridge_text_signal_spoken (rssi);
  g_autofree char *icon_name = g_strdup_printf ("latch-signal-%d-symbolic", latch_bridge_text_signal_bars (rssi));
  g_autofree char *text = NULL;

  if (bridge && connection != LATCH_CONNECTION_CONNECTED)
    signal = latch_bridge_text_standing (bridge);

  /* Translators: the name of a bridge, and how it hears a lock or how we stand with it */
  text = signal ? g_strdup_printf (_("%s · %s"), name, signal) : g_strdup (name);
  show_row (self->connection, text);
  gtk_image_set_from_icon_name (self->connection_icon, icon_name);

  if (spoken)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->connection), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, spoken, -1);
}

static void
show_time (AdwActionRow *row, gint64 time, gint64 now, const char *never)
{
  g_autofree char *text = time > 0 ? make_ago (time, now) : g_strdup (never);
  g_autofree char *full = time > 0 ? latch_time_text_full (time) : NULL;

  show_row (row, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (row), full);
}

static const char *
get_source_text (LatchNewsSource source)
{
  switch (source)
    {
    case LATCH_NEWS_SOURCE_STORED:
      return _("from the last time that Nightlatch ran");
    case LATCH_NEWS_SOURCE_LISTED:
      return _("from the bridge’s list");
    case LATCH_NEWS_SOURCE_TOLD:
      return _("told by the bridge");
    case LATCH_NEWS_SOURCE_ASKED:
      return _("asked from the lock itself");
    case LATCH_NEWS_SOURCE_NONE:
    default:
      return NULL;
    }
}

static void
show_update (LatchLockDetails *self, LatchLock *lock, gint64 now)
{
  const LatchLockFacts *facts = latch_lock_view_get_facts (self->view);
  const char *source = get_source_text (latch_lock_get_source (lock));

  show_time (self->update, facts->confirmed_at, now, _("Never"));
  if (facts->confirmed_at > 0 && source)
    {
      g_autofree char *full = latch_time_text_full (facts->confirmed_at);
      /* Translators: a date and time, and from where it is known what was so then */
      g_autofree char *tooltip = g_strdup_printf (_("%s, %s"), full, source);

      gtk_widget_set_tooltip_text (GTK_WIDGET (self->update), tooltip);
    }
  /* An age would sound as if the update told what came of the command */
  if (facts->in_doubt && facts->confirmed_at > 0)
    {
      g_autofree char *clock = latch_time_text_clock (facts->confirmed_at);
      g_autofree char *text = NULL;

      /* Translators: %s is a time of day; the command is the last one that a lock was given */
      text = g_strdup_printf (_("%s, before the command"), clock);
      show_row (self->update, text);
    }
}

static void
subtitle_changed_cb (AdwActionRow *row)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  adw_action_row_get_subtitle (row), -1);
}

static void
connection_activated_cb (LatchLockDetails *self)
{
  g_autoptr (LatchBridge) bridge = latch_lock_ref_bridge (latch_lock_view_get_lock (self->view));

  if (bridge)
    gtk_widget_activate_action (GTK_WIDGET (self), "bridge.show", "s", latch_bridge_get_id (bridge));
}

static void
refresh_clicked_cb (LatchLockDetails *self)
{
  g_autofree char *key = latch_lock_key_new (latch_lock_view_get_lock (self->view));

  if (!self->asking)
    gtk_widget_activate_action (GTK_WIDGET (self), "lock.ask", "s", key);
}

static void
latch_lock_details_dispose (GObject *object)
{
  LatchLockDetails *self = LATCH_LOCK_DETAILS (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_LOCK_DETAILS);
  g_clear_object (&self->view);

  G_OBJECT_CLASS (latch_lock_details_parent_class)->dispose (object);
}

static void
latch_lock_details_class_init (LatchLockDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = latch_lock_details_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-lock-details.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchLockDetails, battery);
  gtk_widget_class_bind_template_child (widget_class, LatchLockDetails, battery_icon);
  gtk_widget_class_bind_template_child (widget_class, LatchLockDetails, keypad);
  gtk_widget_class_bind_template_child (widget_class, LatchLockDetails, keypad_icon);
  gtk_widget_class_bind_template_child (widget_class, LatchLockDetails, door);
  gtk_widget_class_bind_template_child (widget_class, LatchLockDetails, door_icon);
  gtk_widget_class_bind_template_child (widget_class, LatchLockDetails, ring);
  gtk_widget_class_bind_template_child (widget_class, LatchLockDetails, connection);
  gtk_widget_class_bind_template_child (widget_class, LatchLockDetails, connection_icon);
  gtk_widget_class_bind_template_child (widget_class, LatchLockDetails, update);
  gtk_widget_class_bind_template_child (widget_class, LatchLockDetails, refresh_stack);
  gtk_widget_class_bind_template_child (widget_class, LatchLockDetails, refresh);
  gtk_widget_class_bind_template_child (widget_class, LatchLockDetails, refresh_icon);
  gtk_widget_class_bind_template_child (widget_class, LatchLockDetails, refresh_spinner);
  gtk_widget_class_bind_template_callback (widget_class, subtitle_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, connection_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, refresh_clicked_cb);
}

static void
latch_lock_details_init (LatchLockDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * latch_lock_details_show:
 * @view: how the lock shows
 * @asking: whether the lock is being asked for its state
 *
 * To be called whenever either has changed.
 */
void
latch_lock_details_show (LatchLockDetails *self, LatchLockView *view, gboolean asking)
{
  LatchLock *lock = NULL;
  gint64 now;

  g_return_if_fail (LATCH_IS_LOCK_DETAILS (self));
  g_return_if_fail (LATCH_IS_LOCK_VIEW (view));

  g_set_object (&self->view, view);
  lock = latch_lock_view_get_lock (view);
  now = latch_lock_view_get_now (view);

  show_batteries (self, lock, now);
  show_door (self, lock);
  show_time (self->ring, latch_lock_get_ring_timestamp (lock), now, NULL);
  show_connection (self, lock);
  show_update (self, lock, now);
  self->asking = asking;
  gtk_stack_set_visible_child (self->refresh_stack, asking ? self->refresh_spinner : self->refresh_icon);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->refresh), GTK_ACCESSIBLE_STATE_BUSY, asking, -1);
}
