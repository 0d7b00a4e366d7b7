/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-rename-dialog.h"

#include "latch-lock-choice.h"
#include "latch-lock-text.h"

#include <glib/gi18n-lib.h>

struct _LatchRenameDialog
{
  AdwAlertDialog parent_instance;

  LatchLock *lock;

  AdwEntryRow *entry;
  GtkLabel *error;
};

G_DEFINE_FINAL_TYPE (LatchRenameDialog, latch_rename_dialog, ADW_TYPE_ALERT_DIALOG)

enum
{
  RENAMED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What cannot be a name is said while it is typed, and not only when it is too late */
static void
changed_cb (LatchRenameDialog *self)
{
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  gboolean valid = latch_local_name_check (gtk_editable_get_text (GTK_EDITABLE (self->entry)), &name, &error);

  adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (self), "rename", valid);
  gtk_label_set_label (self->error, valid ? "" : error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->error), !valid);
  if (valid)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
      gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
    }
  else
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
      gtk_accessible_update_relation (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->error,
                                      NULL, -1);
    }
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               valid ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
}

static void
latch_rename_dialog_response (AdwAlertDialog *dialog, const char *response)
{
  LatchRenameDialog *self = LATCH_RENAME_DIALOG (dialog);

  if (g_str_equal (response, "rename"))
    g_signal_emit (self, signals[RENAMED], 0, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  else if (g_str_equal (response, "reset"))
    g_signal_emit (self, signals[RENAMED], 0, "");
}

static void
latch_rename_dialog_dispose (GObject *object)
{
  /* Disposing of the template would take the child away behind the dialog's back */
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_RENAME_DIALOG);
  g_clear_object (&LATCH_RENAME_DIALOG (object)->lock);

  G_OBJECT_CLASS (latch_rename_dialog_parent_class)->dispose (object);
}

static void
latch_rename_dialog_class_init (LatchRenameDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = latch_rename_dialog_dispose;
  ADW_ALERT_DIALOG_CLASS (klass)->response = latch_rename_dialog_response;

  /**
   * LatchRenameDialog::renamed:
   * @name: what somebody typed; empty for the bridge's name
   */
  signals[RENAMED] = g_signal_new ("renamed", LATCH_TYPE_RENAME_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-rename-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchRenameDialog, entry);
  gtk_widget_class_bind_template_child (widget_class, LatchRenameDialog, error);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
latch_rename_dialog_init (LatchRenameDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

LatchRenameDialog *
latch_rename_dialog_new (LatchLock *lock)
{
  LatchRenameDialog *self = g_object_new (LATCH_TYPE_RENAME_DIALOG, NULL);
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (self);
  g_autofree char *name = latch_lock_text_short_name (lock);
  const char *given = latch_lock_get_given_name (lock);

  self->lock = g_object_ref (lock);
  /* Translators: %s is the name of a lock */
  adw_alert_dialog_format_heading (dialog, _("Rename “%s”?"), name);
  if (given && *given)
    /* Translators: %s is the name of a lock */
    adw_alert_dialog_format_body (dialog, _("Only on this computer. Its bridge calls it “%s”."), given);
  else
    adw_alert_dialog_set_body (dialog, _("Only on this computer. Its bridge has no name for it."));
  if (!latch_lock_has_local_name (lock))
    adw_alert_dialog_remove_response (dialog, "reset");
  gtk_editable_set_text (GTK_EDITABLE (self->entry), latch_lock_get_name (lock) ? latch_lock_get_name (lock) : "");
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->entry));

  return self;
}

LatchLock *
latch_rename_dialog_get_lock (LatchRenameDialog *self)
{
  g_return_val_if_fail (LATCH_IS_RENAME_DIALOG (self), NULL);

  return self->lock;
}
