/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-activity-row.h"

#include "latch-activity-text.h"
#include "latch-badge.h"

#include <glib/gi18n-lib.h>

struct _LatchActivityRow
{
  GtkBox parent_instance;

  char *label;

  LatchBadge *badge;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkLabel *time;
};

G_DEFINE_FINAL_TYPE (LatchActivityRow, latch_activity_row, GTK_TYPE_BOX)

static void
latch_activity_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_ACTIVITY_ROW);

  G_OBJECT_CLASS (latch_activity_row_parent_class)->dispose (object);
}

static void
latch_activity_row_finalize (GObject *object)
{
  g_free (LATCH_ACTIVITY_ROW (object)->label);

  G_OBJECT_CLASS (latch_activity_row_parent_class)->finalize (object);
}

static void
latch_activity_row_class_init (LatchActivityRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = latch_activity_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = latch_activity_row_finalize;

  g_type_ensure (LATCH_TYPE_BADGE);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-activity-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchActivityRow, badge);
  gtk_widget_class_bind_template_child (widget_class, LatchActivityRow, title);
  gtk_widget_class_bind_template_child (widget_class, LatchActivityRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, LatchActivityRow, time);
}

static void
latch_activity_row_init (LatchActivityRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
latch_activity_row_new (void)
{
  return g_object_new (LATCH_TYPE_ACTIVITY_ROW, NULL);
}

/**
 * latch_activity_row_show:
 * @event: what happened
 * @lock_name: (nullable): to whom, where that is not obvious
 * @time: when
 */
void
latch_activity_row_show (LatchActivityRow *self, const LatchEvent *event, const char *lock_name, const char *time)
{
  LatchActivityText text;
  g_autofree char *subtitle = NULL;
  g_autofree char *tooltip = NULL;
  const char *parts[4] = { NULL, };
  guint n_parts = 0;

  g_return_if_fail (LATCH_IS_ACTIVITY_ROW (self));

  latch_activity_text_init (&text, event);
  subtitle = latch_activity_text_subtitle (event, lock_name);
  tooltip = latch_activity_text_tooltip (event);

  latch_badge_set_look (self->badge, text.look);
  latch_badge_set_opener (self->badge, text.opener);
  latch_badge_set_icon_name (self->badge, text.icon_name);
  if (event->kind == LATCH_EVENT_GAP)
    gtk_widget_add_css_class (GTK_WIDGET (self->badge), "flat");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->badge), "flat");
  gtk_label_set_label (self->title, text.title);
  gtk_label_set_label (self->subtitle, subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), *subtitle);
  gtk_label_set_label (self->time, time);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->time), tooltip);

  parts[n_parts++] = text.title;
  if (*subtitle)
    parts[n_parts++] = subtitle;
  parts[n_parts++] = time;
  g_free (self->label);
  self->label = g_strjoinv (_(", "), (char **) parts);
}

/**
 * latch_activity_row_get_label:
 *
 * Returns: (nullable): what the row says, for those who listen
 */
const char *
latch_activity_row_get_label (LatchActivityRow *self)
{
  g_return_val_if_fail (LATCH_IS_ACTIVITY_ROW (self), NULL);

  return self->label;
}
