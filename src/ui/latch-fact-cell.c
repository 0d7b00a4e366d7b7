/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-fact-cell.h"

#include <glib/gi18n-lib.h>

struct _LatchFactCell
{
  GtkFlowBoxChild parent_instance;

  GtkLabel *title;
  GtkImage *icon;
  GtkLabel *value;
  GtkLabel *detail;
};

G_DEFINE_FINAL_TYPE (LatchFactCell, latch_fact_cell, GTK_TYPE_FLOW_BOX_CHILD)

static void
set_tone (GtkWidget *widget, LatchTone tone)
{
  gtk_widget_remove_css_class (widget, "success");
  gtk_widget_remove_css_class (widget, "warning");
  if (tone != LATCH_TONE_PLAIN)
    gtk_widget_add_css_class (widget, tone == LATCH_TONE_GOOD ? "success" : "warning");
}

static void
latch_fact_cell_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_FACT_CELL);

  G_OBJECT_CLASS (latch_fact_cell_parent_class)->dispose (object);
}

static void
latch_fact_cell_class_init (LatchFactCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = latch_fact_cell_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-fact-cell.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchFactCell, title);
  gtk_widget_class_bind_template_child (widget_class, LatchFactCell, icon);
  gtk_widget_class_bind_template_child (widget_class, LatchFactCell, value);
  gtk_widget_class_bind_template_child (widget_class, LatchFactCell, detail);
}

static void
latch_fact_cell_init (LatchFactCell *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
latch_fact_cell_new (void)
{
  return g_object_new (LATCH_TYPE_FACT_CELL, NULL);
}

/**
 * latch_fact_cell_show:
 * @fact: what to show, or what there is nothing to show of
 */
void
latch_fact_cell_show (LatchFactCell *self, const LatchBridgeFact *fact)
{
  g_autofree char *label = NULL;

  g_return_if_fail (LATCH_IS_FACT_CELL (self));

  gtk_widget_set_visible (GTK_WIDGET (self), fact->value != NULL);
  if (!fact->value)
    return;

  gtk_label_set_label (self->title, fact->title);
  gtk_label_set_label (self->value, fact->value);
  gtk_label_set_selectable (self->value, fact->is_id);
  gtk_label_set_label (self->detail, fact->detail);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), fact->detail != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), fact->advice);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), fact->tone != LATCH_TONE_PLAIN);
  gtk_image_set_from_icon_name (self->icon, fact->tone == LATCH_TONE_GOOD ? "object-select-symbolic"
                                                                          : "dialog-warning-symbolic");
  set_tone (GTK_WIDGET (self->icon), fact->tone);
  set_tone (GTK_WIDGET (self->value), fact->tone);

  /* Translators: read aloud, what something is about and what is so, such as “Clock, 4 min behind” */
  label = g_strdup_printf (_("%s, %s"), fact->title, fact->value);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}
