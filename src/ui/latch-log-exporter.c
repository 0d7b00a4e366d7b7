/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-log-exporter.h"

#include "latch-export.h"
#include "latch-log-export.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* One export, from the question where to until it is told what came of it */
typedef struct
{
  GtkWidget *widget; /* what it is told over */
  LatchBridgeLog *log;
  GFile *file;
  GCancellable *cancellable;
  AdwDialog *progress; /* while the log is read */
  GtkLabel *label;
  gulong items_id;
} Export;

static void
close_progress (Export *export)
{
  if (export->items_id != 0)
    g_signal_handler_disconnect (export->log, export->items_id);
  export->items_id = 0;
  if (export->progress)
    {
      g_signal_handlers_disconnect_by_data (export->progress, export); /* to be closed is a response, too */
      adw_dialog_force_close (export->progress);
    }
  g_clear_object (&export->progress);
}

static void
export_free (Export *export)
{
  close_progress (export);
  g_clear_object (&export->widget);
  g_clear_object (&export->log);
  g_clear_object (&export->file);
  g_clear_object (&export->cancellable);
  g_free (export);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

/* Who gave it up knows that */
static void
tell_failed (Export *export, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED))
    latch_export_tell_failed (export->widget, _("Log Not Exported"), error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Export) export = user_data;
  g_autoptr (GError) error = NULL;

  if (latch_export_write_finish (result, &error))
    latch_export_tell_written (export->widget, _("Log exported"), export->file);
  else
    tell_failed (export, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Export) export = user_data;
  g_autoptr (GBytes) contents = NULL;
  g_autoptr (GError) error = NULL;
  GFile *file = export->file;
  GCancellable *cancellable = export->cancellable;

  close_progress (export);
  if (!latch_bridge_log_read_all_finish (export->log, result, &error))
    {
      tell_failed (export, error);
      return;
    }

  contents = latch_export_format_of (file) == LATCH_EXPORT_FORMAT_CSV ? latch_log_export_csv (G_LIST_MODEL (export->log))
                                                                      : latch_log_export_json (G_LIST_MODEL (export->log));
  latch_export_write_async (file, contents, cancellable, written_cb, g_steal_pointer (&export));
}

static void
show_progress (Export *export)
{
  guint n_entries = g_list_model_get_n_items (G_LIST_MODEL (export->log));
  g_autofree char *text = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u entry read so far", "%u entries read so far", n_entries), n_entries);

  gtk_label_set_label (export->label, text);
}

static void
response_cb (Export *export)
{
  g_cancellable_cancel (export->cancellable);
}

/* A bridge takes its time: whoever waits sees that it goes on, and may give up */
static void
open_progress (Export *export)
{
  AdwDialog *dialog = adw_alert_dialog_new (_("Reading the Log"), NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *spinner = adw_spinner_new ();

  export->progress = g_object_ref_sink (dialog);
  export->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (export->label), "numeric");
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_box_append (GTK_BOX (box), spinner);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (export->label));
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), box);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"));
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (response_cb), export);
  export->items_id = g_signal_connect_swapped (export->log, "items-changed", G_CALLBACK (show_progress), export);
  show_progress (export);
  adw_dialog_present (dialog, export->widget);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Export) export = user_data;
  g_autoptr (GError) error = NULL;
  LatchBridgeLog *log = export->log;
  GCancellable *cancellable = export->cancellable;

  export->file = latch_export_choose_finish (result, &error);
  if (!export->file)
    {
      tell_failed (export, error);
      return;
    }

  if (latch_bridge_log_get_state (log) != LATCH_LOG_STATE_COMPLETE)
    open_progress (export);
  latch_bridge_log_read_all_async (log, cancellable, read_cb, g_steal_pointer (&export));
}

/**
 * latch_log_exporter_run:
 * @widget: what questions are asked and results told over
 *
 * Asks for a file, reads what is not read yet of @log, writes all of it to the file, and tells what came of it.
 */
void
latch_log_exporter_run (GtkWidget *widget, LatchBridgeLog *log)
{
  Export *export = g_new0 (Export, 1);
  g_autofree char *name =
      latch_export_make_name (latch_bridge_get_name (latch_bridge_log_get_bridge (log)), "log");

  export->widget = g_object_ref (widget);
  export->log = g_object_ref (log);
  export->cancellable = g_cancellable_new ();
  latch_export_choose_async (widget, _("Export Log"), name, export->cancellable, chosen_cb, export);
}
