/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-activity-list.h"

#include "latch-activity-days.h"
#include "latch-activity-header.h"
#include "latch-activity-names.h"
#include "latch-activity-row.h"
#include "latch-activity-text.h"
#include "latch-day-text.h"

/* Until the view knows how high its new rows are */
#define FRAMES_TO_SETTLE 3

struct _LatchActivityList
{
  AdwBin parent_instance;

  LatchActivity *activity;
  LatchActivityDays *days;
  LatchStore *store;
  GListModel *bridges;
  LatchClock *clock;
  LatchLock *lock;
  GPtrArray *bound; /* of GtkListItem, those that show something */
  gboolean at_top;
  guint n_frames_to_stay;
  guint stay_id;

  GtkListView *list_view;
  GtkAdjustment *adjustment;
};

G_DEFINE_FINAL_TYPE (LatchActivityList, latch_activity_list, ADW_TYPE_BIN)

static void
set_css_class (GtkWidget *widget, const char *css_class, gboolean has_it)
{
  if (has_it)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

/* The rows of a day are one card, see style.css */
static void
update_edges (LatchActivityList *self, GtkListItem *list_item)
{
  GtkWidget *row = gtk_widget_get_parent (gtk_list_item_get_child (list_item));
  guint position = gtk_list_item_get_position (list_item);
  guint day = latch_activity_days_get_day (self->days, position);

  set_css_class (row, "first", position == 0 || latch_activity_days_get_day (self->days, position - 1) != day);
  set_css_class (row, "last", latch_activity_days_get_day (self->days, position + 1) != day);
}

static void
setup_row_cb (LatchActivityList *self, GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, latch_activity_row_new ());
  gtk_list_item_set_activatable (list_item, FALSE);
}

static void
bind_row_cb (LatchActivityList *self, GtkListItem *list_item)
{
  LatchActivityRow *row = LATCH_ACTIVITY_ROW (gtk_list_item_get_child (list_item));
  const LatchEvent *event = latch_activity_item_get_event (gtk_list_item_get_item (list_item));
  g_autofree char *name = self->lock ? NULL : latch_activity_names_get (self->bridges, event);
  g_autofree char *time = latch_activity_text_time (event);

  latch_activity_row_show (row, event, name, time);
  gtk_list_item_set_accessible_label (list_item, latch_activity_row_get_label (row));
  g_ptr_array_add (self->bound, list_item);
  update_edges (self, list_item);
}

static void
unbind_row_cb (LatchActivityList *self, GtkListItem *list_item)
{
  g_ptr_array_remove_fast (self->bound, list_item);
}

static void
setup_header_cb (LatchActivityList *self, GtkListHeader *list_header)
{
  gtk_list_header_set_child (list_header, latch_activity_header_new (self->clock));
}

static void
bind_header_cb (LatchActivityList *self, GtkListHeader *list_header)
{
  const LatchEvent *event = latch_activity_item_get_event (gtk_list_header_get_item (list_header));

  latch_activity_header_show (LATCH_ACTIVITY_HEADER (gtk_list_header_get_child (list_header)),
                              latch_day_text_day (event->at), self->store, self->lock);
}

static void
unbind_header_cb (LatchActivityList *self, GtkListHeader *list_header)
{
  latch_activity_header_show (LATCH_ACTIVITY_HEADER (gtk_list_header_get_child (list_header)), 0, NULL, NULL);
}

static gboolean
stay_cb (GtkWidget *widget, GdkFrameClock *frame_clock, gpointer user_data)
{
  LatchActivityList *self = LATCH_ACTIVITY_LIST (widget);

  gtk_adjustment_set_value (self->adjustment, 0);
  if (--self->n_frames_to_stay > 0)
    return G_SOURCE_CONTINUE;

  self->stay_id = 0;
  return G_SOURCE_REMOVE;
}

/* Whoever looks at the newest wants to see what is newer; the view would rather stay at what it showed */
static void
stay_at_top (LatchActivityList *self)
{
  self->at_top = TRUE;
  self->n_frames_to_stay = FRAMES_TO_SETTLE;
  if (self->stay_id == 0)
    self->stay_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), stay_cb, NULL, NULL);
}

static void
items_changed_cb (LatchActivityList *self, guint position)
{
  for (guint i = 0; i < self->bound->len; i++)
    update_edges (self, self->bound->pdata[i]);

  if (position == 0 && self->at_top)
    stay_at_top (self);
}

static void
load_more_near_end (LatchActivityList *self)
{
  double page_size = gtk_adjustment_get_page_size (self->adjustment);

  if (self->activity && page_size > 0 &&
      gtk_adjustment_get_value (self->adjustment) + 3 * page_size > gtk_adjustment_get_upper (self->adjustment))
    latch_activity_load_more (self->activity);
}

/* Another width changes heights, too, and the view would stay at a row rather than at the top */
static void
size_changed_cb (LatchActivityList *self)
{
  if (self->at_top)
    stay_at_top (self);
  load_more_near_end (self);
}

static void
scrolled_cb (LatchActivityList *self)
{
  if (self->n_frames_to_stay == 0)
    self->at_top = gtk_adjustment_get_value (self->adjustment) < 1;
  load_more_near_end (self);
}

static void
latch_activity_list_dispose (GObject *object)
{
  LatchActivityList *self = LATCH_ACTIVITY_LIST (object);

  if (self->stay_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->stay_id);
  self->stay_id = 0;
  if (self->list_view)
    gtk_list_view_set_model (self->list_view, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_ACTIVITY_LIST);
  g_clear_object (&self->activity);
  g_clear_object (&self->days);
  g_clear_object (&self->store);
  g_clear_object (&self->bridges);
  g_clear_object (&self->clock);
  g_clear_object (&self->lock);
  g_clear_pointer (&self->bound, g_ptr_array_unref);

  G_OBJECT_CLASS (latch_activity_list_parent_class)->dispose (object);
}

static void
latch_activity_list_class_init (LatchActivityListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = latch_activity_list_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-activity-list.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchActivityList, list_view);
  gtk_widget_class_bind_template_child (widget_class, LatchActivityList, adjustment);
  gtk_widget_class_bind_template_callback (widget_class, scrolled_cb);
  gtk_widget_class_bind_template_callback (widget_class, size_changed_cb);
}

static void
latch_activity_list_init (LatchActivityList *self)
{
  self->at_top = TRUE;
  self->bound = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static GtkListItemFactory *
make_factory (LatchActivityList *self, GCallback setup, GCallback bind, GCallback unbind)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", setup, self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", bind, self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", unbind, self, G_CONNECT_SWAPPED);

  return factory;
}

/**
 * latch_activity_list_show:
 * @activity: what happened
 * @store: where it is recorded
 * @bridges: a list of #LatchBridge, for the names of locks
 * @clock: the present
 *
 * Says what to show; to be called once.
 */
void
latch_activity_list_show (LatchActivityList *self,
                          LatchActivity *activity,
                          LatchStore *store,
                          GListModel *bridges,
                          LatchClock *clock)
{
  g_autoptr (GtkListItemFactory) rows = NULL;
  g_autoptr (GtkListItemFactory) headers = NULL;
  g_autoptr (GtkNoSelection) selection = NULL;

  g_return_if_fail (LATCH_IS_ACTIVITY_LIST (self));
  g_return_if_fail (!self->activity);

  self->activity = g_object_ref (activity);
  self->days = latch_activity_days_new (activity);
  self->store = g_object_ref (store);
  self->bridges = g_object_ref (bridges);
  self->clock = g_object_ref (clock);

  rows = make_factory (self, G_CALLBACK (setup_row_cb), G_CALLBACK (bind_row_cb), G_CALLBACK (unbind_row_cb));
  headers = make_factory (self, G_CALLBACK (setup_header_cb), G_CALLBACK (bind_header_cb), G_CALLBACK (unbind_header_cb));
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->days)));
  gtk_list_view_set_factory (self->list_view, rows);
  gtk_list_view_set_header_factory (self->list_view, headers);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (selection));
  /* After the view, which then knows where everything is */
  g_signal_connect_object (selection, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * latch_activity_list_set_lock:
 * @lock: (nullable): the lock to which all of it happened; %NULL if it happened to several
 *
 * To be called before the activity is chosen.
 */
void
latch_activity_list_set_lock (LatchActivityList *self, LatchLock *lock)
{
  g_return_if_fail (LATCH_IS_ACTIVITY_LIST (self));

  g_set_object (&self->lock, lock);
  stay_at_top (self);
}
