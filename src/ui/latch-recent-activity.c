/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-recent-activity.h"

#include "latch-activity-row.h"
#include "latch-activity-text.h"
#include "latch-activity.h"
#include "latch-lock-key.h"
#include "latch-lock-text.h"

#include <glib/gi18n-lib.h>

#define MOST 3

struct _LatchRecentActivity
{
  AdwPreferencesGroup parent_instance;

  LatchActivity *activity;
  LatchLock *lock;
  LatchClock *clock;

  GtkWidget *show_all;
  GtkListBox *list_box;
};

G_DEFINE_FINAL_TYPE (LatchRecentActivity, latch_recent_activity, ADW_TYPE_PREFERENCES_GROUP)

static GtkWidget *
make_row (LatchRecentActivity *self, LatchActivityItem *item)
{
  const LatchEvent *event = latch_activity_item_get_event (item);
  g_autofree char *time = latch_activity_text_brief_time (event, latch_clock_get_now (self->clock));
  GtkWidget *content = latch_activity_row_new ();
  GtkWidget *row = gtk_list_box_row_new ();

  latch_activity_row_show (LATCH_ACTIVITY_ROW (content), event, NULL, time);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), content);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  latch_activity_row_get_label (LATCH_ACTIVITY_ROW (content)), -1);

  return row;
}

static void
update (LatchRecentActivity *self)
{
  GListModel *items = G_LIST_MODEL (self->activity);
  guint n_items = self->activity ? g_list_model_get_n_items (items) : 0;

  gtk_list_box_remove_all (self->list_box);
  for (guint i = 0; i < MIN (n_items, MOST); i++)
    {
      g_autoptr (LatchActivityItem) item = g_list_model_get_item (items, i);

      gtk_list_box_append (self->list_box, make_row (self, item));
    }
  gtk_widget_set_visible (GTK_WIDGET (self), n_items > 0);
}

/* As long as there is nothing to show, we are not to be seen, but would be */
static gboolean
is_in_sight (LatchRecentActivity *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  return parent && gtk_widget_get_mapped (parent);
}

/* Other programs record, too, and do not tell; and what was today is yesterday some time */
static void
now_cb (LatchRecentActivity *self)
{
  if (self->activity && is_in_sight (self))
    latch_activity_refresh (self->activity);
}

static void
update_label (LatchRecentActivity *self)
{
  g_autofree char *name = latch_lock_text_name (self->lock);
  /* Translators: read aloud, of a button; %s is a lock */
  g_autofree char *label = g_strdup_printf (_("Show all activity of %s"), name);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->show_all), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
show_all_clicked_cb (LatchRecentActivity *self)
{
  g_autofree char *key = latch_lock_key_new (self->lock);

  gtk_widget_activate_action (GTK_WIDGET (self), "activity.show", "s", key);
}

static void
let_go (LatchRecentActivity *self)
{
  if (self->activity)
    g_signal_handlers_disconnect_by_func (self->activity, update, self);
  if (self->clock)
    g_signal_handlers_disconnect_by_func (self->clock, now_cb, self);
  if (self->lock)
    g_signal_handlers_disconnect_by_func (self->lock, update_label, self);
  g_clear_object (&self->activity);
  g_clear_object (&self->lock);
  g_clear_object (&self->clock);
}

static void
latch_recent_activity_dispose (GObject *object)
{
  let_go (LATCH_RECENT_ACTIVITY (object));
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_RECENT_ACTIVITY);

  G_OBJECT_CLASS (latch_recent_activity_parent_class)->dispose (object);
}

static void
latch_recent_activity_class_init (LatchRecentActivityClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = latch_recent_activity_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-recent-activity.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchRecentActivity, show_all);
  gtk_widget_class_bind_template_child (widget_class, LatchRecentActivity, list_box);
  gtk_widget_class_bind_template_callback (widget_class, show_all_clicked_cb);
}

static void
latch_recent_activity_init (LatchRecentActivity *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * latch_recent_activity_show:
 * @store: (nullable): where it is recorded; %NULL where nothing is
 * @lock: (nullable): whose activity
 * @clock: the present
 *
 * Where nothing happened yet, nothing shows.
 */
void
latch_recent_activity_show (LatchRecentActivity *self, LatchStore *store, LatchLock *lock, LatchClock *clock)
{
  g_autoptr (LatchBridge) bridge = lock ? latch_lock_ref_bridge (lock) : NULL;

  g_return_if_fail (LATCH_IS_RECENT_ACTIVITY (self));

  let_go (self);
  if (store && bridge)
    {
      self->lock = g_object_ref (lock);
      self->clock = g_object_ref (clock);
      self->activity = latch_activity_new (store, MOST);
      g_signal_connect_object (self->activity, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (clock, "notify::now", G_CALLBACK (now_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (lock, "notify::name", G_CALLBACK (update_label), self, G_CONNECT_SWAPPED);
      update_label (self);
      latch_activity_choose_lock (self->activity, latch_bridge_get_id (bridge), latch_lock_get_nuki_id (lock),
                                  latch_lock_get_device_type (lock), LATCH_EVENT_FILTER_ALL);
    }
  update (self);
}
