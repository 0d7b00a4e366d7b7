/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-reset-alert.h"

#include "latch-upkeep-text.h"

#include <glib/gi18n-lib.h>

struct _LatchResetAlert
{
  AdwAlertDialog parent_instance;

  char *bridge_name;

  AdwEntryRow *name;
};

G_DEFINE_FINAL_TYPE (LatchResetAlert, latch_reset_alert, ADW_TYPE_ALERT_DIALOG)

static void
changed_cb (LatchResetAlert *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->name));

  adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (self), "reset",
                                         latch_upkeep_text_is_name (typed, self->bridge_name));
}

static void
latch_reset_alert_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_RESET_ALERT);
  g_clear_pointer (&LATCH_RESET_ALERT (object)->bridge_name, g_free);

  G_OBJECT_CLASS (latch_reset_alert_parent_class)->dispose (object);
}

static void
latch_reset_alert_class_init (LatchResetAlertClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = latch_reset_alert_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-reset-alert.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchResetAlert, name);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
latch_reset_alert_init (LatchResetAlert *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * latch_reset_alert_new:
 * @name: the bridge's
 * @n_locks: how many locks it has
 */
AdwAlertDialog *
latch_reset_alert_new (const char *name, guint n_locks)
{
  LatchResetAlert *self = g_object_new (LATCH_TYPE_RESET_ALERT, NULL);
  g_autofree char *question = latch_upkeep_text_question (LATCH_MAINTENANCE_RESETTING, name);
  g_autofree char *body = latch_upkeep_text_question_body (LATCH_MAINTENANCE_RESETTING, name, n_locks);
  /* Translators: what an entry is for; %s is the name of a bridge, which is to be typed there */
  g_autofree char *title = g_strdup_printf (_("Type “%s” to confirm"), name);

  self->bridge_name = g_strdup (name);
  adw_alert_dialog_set_heading (ADW_ALERT_DIALOG (self), question);
  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (self), body);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->name), title);

  return ADW_ALERT_DIALOG (self);
}
