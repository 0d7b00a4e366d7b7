/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-log-row.h"

#include "latch-log-text.h"
#include "latch-time-text.h"

#include <glib/gi18n-lib.h>

struct _LatchLogRow
{
  GtkBox parent_instance;

  LatchLogItem *item;

  GtkLabel *time;
  GtkLabel *title;
  GtkLabel *details;
};

G_DEFINE_FINAL_TYPE (LatchLogRow, latch_log_row, GTK_TYPE_BOX)

/* For assistive technology: as its tooltip, if it had one all the time */
static void
describe_time (LatchLogRow *self, gint64 timestamp)
{
  g_autofree char *full = timestamp > 0 ? latch_time_text_full (timestamp) : NULL;

  if (full)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->time), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, full, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self->time), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

/* Whenever a tooltip is set, GTK looks for the one that is to show now, which takes longer than to lay out the row */
static gboolean
query_tooltip_cb (LatchLogRow *self, int x, int y, gboolean by_key, GtkTooltip *tooltip)
{
  gint64 timestamp = self->item ? latch_log_item_get_timestamp (self->item) : 0;
  g_autofree char *full = timestamp > 0 ? latch_time_text_full (timestamp) : NULL;

  gtk_tooltip_set_text (tooltip, full);
  return full != NULL;
}

static void
latch_log_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_LOG_ROW);
  g_clear_object (&LATCH_LOG_ROW (object)->item);

  G_OBJECT_CLASS (latch_log_row_parent_class)->dispose (object);
}

static void
latch_log_row_class_init (LatchLogRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = latch_log_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-log-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchLogRow, time);
  gtk_widget_class_bind_template_child (widget_class, LatchLogRow, title);
  gtk_widget_class_bind_template_child (widget_class, LatchLogRow, details);
  gtk_widget_class_bind_template_callback (widget_class, query_tooltip_cb);
}

static void
latch_log_row_init (LatchLogRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

LatchLogRow *
latch_log_row_new (void)
{
  return g_object_new (LATCH_TYPE_LOG_ROW, NULL);
}

/**
 * latch_log_row_get_item:
 *
 * Returns: (transfer none) (nullable): what it shows
 */
LatchLogItem *
latch_log_row_get_item (LatchLogRow *self)
{
  g_return_val_if_fail (LATCH_IS_LOG_ROW (self), NULL);

  return self->item;
}

/**
 * latch_log_row_show:
 * @bridge: knows the names of locks
 *
 * Shows @item, which may be another one than before.
 *
 * Returns: (transfer full): what a screen reader says of it
 */
char *
latch_log_row_show (LatchLogRow *self, LatchLogItem *item, LatchBridge *bridge)
{
  gint64 timestamp = latch_log_item_get_timestamp (item);
  const char *title = latch_log_text_title (latch_log_item_get_kind (item));
  g_autoptr (JsonNode) entry = latch_log_item_parse (item);
  g_autofree char *lock = latch_log_text_lock (bridge, latch_log_item_get_nuki_id (item));
  g_autofree char *details = latch_log_text_details (json_node_get_object (entry), lock);
  g_autofree char *time = timestamp > 0 ? latch_time_text_exact_clock (timestamp) : g_strdup ("–");

  g_set_object (&self->item, item);
  gtk_label_set_label (self->time, time);
  describe_time (self, timestamp);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->details, details);
  gtk_widget_set_visible (GTK_WIDGET (self->details), *details != '\0');

  if (!*details)
    /* Translators: an entry of a log: what happened, and when */
    return g_strdup_printf (_("%s, %s"), title, time);

  /* Translators: an entry of a log: what happened, details, and when */
  return g_strdup_printf (_("%s, %s, %s"), title, details, time);
}
