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

  LatchLock *lock; /* NULL for a bridge */

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

/* A bridge without a name could not be told from the others; of a lock, its bridge has one */
static gboolean
check_name (LatchRenameDialog *self, char **name, GError **error)
{
  return latch_local_name_check (gtk_editable_get_text (GTK_EDITABLE (self->entry)), name, error) && (*name || self->lock);
}

/* What cannot be a name is said while it is typed, and not only when it is too late */
static void
changed_cb (LatchRenameDialog *self)
{
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  gboolean valid = check_name (self, &name, &error);

  adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (self), "rename", valid);
  gtk_label_set_label (self->error, error ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), error != NULL);
  if (!error)
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
                               error ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
latch_rename_dialog_response (AdwAlertDialog *dialog, const char *response)
{
  LatchRenameDialog *self = LATCH_RENAME_DIALOG (dialog);
  g_autofree char *name = NULL;

  if (g_str_equal (response, "rename") && check_name (self, &name, NULL))
    g_signal_emit (self, signals[RENAMED], 0, name ? name : "");
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
   * @name: what somebody typed; empty for the name that a lock has from its bridge
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

static LatchRenameDialog *
create (LatchLock *lock, const char *shown, const char *name)
{
  LatchRenameDialog *self = g_object_new (LATCH_TYPE_RENAME_DIALOG, NULL);

  self->lock = lock ? g_object_ref (lock) : NULL;
  /* Translators: %s is the name of a lock or of a bridge */
  adw_alert_dialog_format_heading (ADW_ALERT_DIALOG (self), _("Rename “%s”?"), shown);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), name ? name : "");
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->entry));

  return self;
}

LatchRenameDialog *
latch_rename_dialog_new (LatchLock *lock)
{
  g_autofree char *shown = latch_lock_text_short_name (lock);
  const char *given = latch_lock_get_given_name (lock);
  LatchRenameDialog *self = create (lock, shown, latch_lock_get_name (lock));
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (self);

  if (given && *given)
    /* Translators: %s is the name of a lock */
    adw_alert_dialog_format_body (dialog, _("Only on this computer. Its bridge calls it “%s”."), given);
  else
    adw_alert_dialog_set_body (dialog, _("Only on this computer. Its bridge has no name for it."));
  if (!latch_lock_has_local_name (lock))
    adw_alert_dialog_remove_response (dialog, "reset");

  return self;
}

LatchRenameDialog *
latch_rename_dialog_new_for_bridge (LatchBridge *bridge)
{
  const char *name = latch_bridge_get_name (bridge);
  LatchRenameDialog *self = create (NULL, name, name);

  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (self), _("Only on this computer."));
  adw_alert_dialog_remove_response (ADW_ALERT_DIALOG (self), "reset");

  return self;
}

/**
 * latch_rename_dialog_get_lock:
 *
 * Returns: (nullable): the lock that it is about, if it is about one
 */
LatchLock *
latch_rename_dialog_get_lock (LatchRenameDialog *self)
{
  g_return_val_if_fail (LATCH_IS_RENAME_DIALOG (self), NULL);

  return self->lock;
}
