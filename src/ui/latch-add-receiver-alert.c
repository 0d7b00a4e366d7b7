/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-add-receiver-alert.h"

#include <string.h>

struct _LatchAddReceiverAlert
{
  AdwAlertDialog parent_instance;

  LatchReceivers *receivers;

  GtkEditable *url;
  GtkLabel *problem;
};

G_DEFINE_FINAL_TYPE (LatchAddReceiverAlert, latch_add_receiver_alert, ADW_TYPE_ALERT_DIALOG)

static void
changed_cb (LatchAddReceiverAlert *self)
{
  g_autofree char *url = latch_add_receiver_alert_dup_url (self);
  g_autoptr (GError) error = NULL;
  gboolean valid = self->receivers && latch_receivers_check_url (self->receivers, url, &error);
  /* Nobody wants to hear what is wrong with what he has hardly begun to type */
  gboolean wrong = error && !g_str_has_prefix ("http://", gtk_editable_get_text (self->url));

  adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (self), "add", valid);
  gtk_label_set_text (self->problem, wrong ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), wrong);
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->url), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->url), "error");
}

static void
latch_add_receiver_alert_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_ADD_RECEIVER_ALERT);
  g_clear_object (&LATCH_ADD_RECEIVER_ALERT (object)->receivers);

  G_OBJECT_CLASS (latch_add_receiver_alert_parent_class)->dispose (object);
}

static void
latch_add_receiver_alert_class_init (LatchAddReceiverAlertClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = latch_add_receiver_alert_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-add-receiver-alert.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchAddReceiverAlert, url);
  gtk_widget_class_bind_template_child (widget_class, LatchAddReceiverAlert, problem);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
latch_add_receiver_alert_init (LatchAddReceiverAlert *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * latch_add_receiver_alert_new:
 * @receivers: those that there are
 */
AdwAlertDialog *
latch_add_receiver_alert_new (LatchReceivers *receivers)
{
  LatchAddReceiverAlert *self = g_object_new (LATCH_TYPE_ADD_RECEIVER_ALERT, NULL);

  self->receivers = g_object_ref (receivers);

  return ADW_ALERT_DIALOG (self);
}

/**
 * latch_add_receiver_alert_dup_url:
 *
 * Returns: (transfer full): what was typed; there is only one scheme that bridges know, so that it need not be
 */
char *
latch_add_receiver_alert_dup_url (LatchAddReceiverAlert *self)
{
  g_autofree char *url = NULL;

  g_return_val_if_fail (LATCH_IS_ADD_RECEIVER_ALERT (self), NULL);

  url = g_strstrip (g_strdup (gtk_editable_get_text (self->url)));

  return strstr (url, "://") ? g_steal_pointer (&url) : g_strconcat ("http://", url, NULL);
}
