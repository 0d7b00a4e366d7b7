/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-notice.h"

#include "latch-error.h"

#include <glib/gi18n-lib.h>

/* What a person has to hear of what was begun by him */

/**
 * latch_notice_new:
 *
 * Returns: (transfer full): a toast that stays until somebody has seen it
 */
AdwToast *
latch_notice_new (const char *text)
{
  AdwToast *toast = adw_toast_new ("");

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, text);
  adw_toast_set_timeout (toast, 0);
  /* What is newer is seen first */
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);

  return toast;
}

/**
 * latch_notice_show:
 * @widget: (nullable): in the window in which to show it
 * @toast: (transfer full): what to show
 */
void
latch_notice_show (GtkWidget *widget, AdwToast *toast)
{
  GtkWidget *overlay = widget ? gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY) : NULL;

  if (!overlay)
    {
      g_message ("%s", adw_toast_get_title (toast));
      g_object_unref (toast);
      return;
    }

  /* Which announces it, too */
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

/**
 * latch_notice_heading:
 * @failure: what is to be said if something was not done
 * @error: why
 *
 * Returns: what to say above @error, which may not know whether it was done
 */
const char *
latch_notice_heading (const char *failure, const GError *error)
{
  return g_error_matches (error, LATCH_ERROR, LATCH_ERROR_OUTCOME_UNKNOWN) ? _("Outcome Unknown") : failure;
}

/**
 * latch_notice_explain:
 * @widget: (nullable): in the window in which to show it
 * @heading: what did not happen
 * @reason: why, and what to do about it
 *
 * Tells of a failure that needs more words than fit a toast.
 */
void
latch_notice_explain (GtkWidget *widget, const char *heading, const char *reason)
{
  AdwAlertDialog *dialog = NULL;

  if (!widget || !gtk_widget_get_root (widget))
    {
      g_message ("%s: %s", heading, reason);
      return;
    }

  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, reason));
  adw_alert_dialog_add_response (dialog, "close", _("_Close"));
  adw_alert_dialog_set_close_response (dialog, "close");
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}
