/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-activity-days.h"

#include "latch-day-text.h"

struct _LatchActivityDays
{
  GObject parent_instance;

  GListModel *activity;
  GArray *days; /* of guint, one for each item */
};

static GType
latch_activity_days_get_item_type (GListModel *model)
{
  return LATCH_TYPE_ACTIVITY_ITEM;
}

static guint
latch_activity_days_get_n_items (GListModel *model)
{
  return LATCH_ACTIVITY_DAYS (model)->days->len;
}

static gpointer
latch_activity_days_get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (LATCH_ACTIVITY_DAYS (model)->activity, position);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = latch_activity_days_get_item_type;
  iface->get_n_items = latch_activity_days_get_n_items;
  iface->get_item = latch_activity_days_get_item;
}

static void
latch_activity_days_get_section (GtkSectionModel *model, guint position, guint *start, guint *end)
{
  LatchActivityDays *self = LATCH_ACTIVITY_DAYS (model);
  guint day;

  if (position >= self->days->len)
    {
      *start = self->days->len;
      *end = G_MAXUINT;
      return;
    }

  day = latch_activity_days_get_day (self, position);
  for (*start = position; *start > 0 && latch_activity_days_get_day (self, *start - 1) == day;)
    (*start)--;
  for (*end = position + 1; latch_activity_days_get_day (self, *end) == day;)
    (*end)++;
}

static void
section_model_iface_init (GtkSectionModelInterface *iface)
{
  iface->get_section = latch_activity_days_get_section;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LatchActivityDays, latch_activity_days, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SECTION_MODEL, section_model_iface_init))

static void
items_changed_cb (LatchActivityDays *self, guint position, guint n_removed, guint n_added)
{
  g_autofree guint *days = g_new (guint, n_added);

  for (guint i = 0; i < n_added; i++)
    {
      g_autoptr (LatchActivityItem) item = g_list_model_get_item (self->activity, position + i);

      days[i] = latch_day_text_day (latch_activity_item_get_event (item)->at);
    }
  g_array_remove_range (self->days, position, n_removed);
  g_array_insert_vals (self->days, position, days, n_added);
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
}

static void
latch_activity_days_finalize (GObject *object)
{
  LatchActivityDays *self = LATCH_ACTIVITY_DAYS (object);

  g_clear_pointer (&self->days, g_array_unref);
  g_clear_object (&self->activity);

  G_OBJECT_CLASS (latch_activity_days_parent_class)->finalize (object);
}

static void
latch_activity_days_class_init (LatchActivityDaysClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = latch_activity_days_finalize;
}

static void
latch_activity_days_init (LatchActivityDays *self)
{
  self->days = g_array_new (FALSE, FALSE, sizeof (guint));
}

/**
 * latch_activity_days_new:
 * @activity: what happened
 *
 * Returns: (transfer full): the same, by days
 */
LatchActivityDays *
latch_activity_days_new (LatchActivity *activity)
{
  LatchActivityDays *self = g_object_new (LATCH_TYPE_ACTIVITY_DAYS, NULL);

  self->activity = g_object_ref (G_LIST_MODEL (activity));
  g_signal_connect_object (activity, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  items_changed_cb (self, 0, 0, g_list_model_get_n_items (self->activity));

  return self;
}

/**
 * latch_activity_days_get_day:
 * @position: of an item
 *
 * Returns: its day, see latch_day_text_day(); 0 if there is no such item
 */
guint
latch_activity_days_get_day (LatchActivityDays *self, guint position)
{
  g_return_val_if_fail (LATCH_IS_ACTIVITY_DAYS (self), 0);

  return position < self->days->len ? g_array_index (self->days, guint, position) : 0;
}
