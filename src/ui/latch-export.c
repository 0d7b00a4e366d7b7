/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-export.h"

#include "latch-error.h"
#include "latch-notice.h"
#include "latch-portal.h"
#include "latch-silent-portals.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* What answers only has to say that it is there */
#define PATIENCE_MS 5000
/* Seconds: long enough to read it, and to get there by keyboard */
#define OFFER_TIME 20

static void
add_filter (GListStore *filters, const char *name, const char *suffix, const char *mime_type)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_suffix (filter, suffix);
  gtk_file_filter_add_mime_type (filter, mime_type);
  g_list_store_append (filters, filter);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GFile *file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

  if (file)
    g_task_return_pointer (task, file, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
ask (GTask *task)
{
  gtk_file_dialog_save (g_task_get_task_data (task), GTK_WINDOW (g_task_get_source_object (task)),
                        g_task_get_cancellable (task), chosen_cb, g_object_ref (task));
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  latch_portal_get_version_finish (G_DBUS_CONNECTION (source), result, &error);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (!error)
    ask (task);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    g_task_return_new_error_literal (task, LATCH_ERROR, LATCH_ERROR_REFUSED, _("The desktop did not answer"));
  else
    g_task_return_new_error_literal (task, LATCH_ERROR, LATCH_ERROR_NOT_SUPPORTED,
                                     _("The desktop has no way to let you choose a file for Nightlatch"));
}

/* In a sandbox, people choose files in a window of the desktop's. Of a desktop that has none, GTK tells nothing. */
static void
look (GTask *task)
{
  GtkWindow *window = g_task_get_source_object (task);
  GtkApplication *application = window ? gtk_window_get_application (window) : NULL;
  GDBusConnection *connection = application ? g_application_get_dbus_connection (G_APPLICATION (application)) : NULL;

  if (latch_silent_portals_affect_files ())
    g_task_return_new_error_literal (task, LATCH_ERROR, LATCH_ERROR_NOT_SUPPORTED,
                                     _("The desktop did not answer when Nightlatch was started. Quit Nightlatch, and "
                                       "start it again"));
  else if (connection && latch_portal_is_needed ())
    latch_portal_get_version_async (connection, "org.freedesktop.portal.FileChooser", PATIENCE_MS,
                                    g_task_get_cancellable (task), looked_cb, g_object_ref (task));
  else
    ask (task);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
launched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* Who has no program for it, or does not choose one, knows that already */
  if (!gtk_file_launcher_launch_finish (GTK_FILE_LAUNCHER (source), result, &error))
    g_debug ("Cannot open what was exported: %s", error->message);
}

static void
open_cb (AdwToast *toast, GFile *file)
{
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (file);
  GtkWidget *overlay = g_object_get_data (G_OBJECT (toast), "overlay");

  gtk_file_launcher_launch (launcher, GTK_WINDOW (gtk_widget_get_root (overlay)), NULL, launched_cb, NULL);
}

/**
 * latch_export_format_of:
 * @file: where something is to be exported to
 *
 * Returns: CSV if the file's name says so, JSON else
 */
LatchExportFormat
latch_export_format_of (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *lower = name ? g_ascii_strdown (name, -1) : NULL;

  return lower && g_str_has_suffix (lower, ".csv") ? LATCH_EXPORT_FORMAT_CSV : LATCH_EXPORT_FORMAT_JSON;
}

/**
 * latch_export_make_name:
 * @subject: (nullable): whose, such as a bridge's name
 * @kind: what, such as "log"
 *
 * Returns: (transfer full): a name for a file, such as “home-log.json”
 */
char *
latch_export_make_name (const char *subject, const char *kind)
{
  g_autofree char *lower = subject ? g_utf8_strdown (subject, -1) : NULL;
  g_autoptr (GString) name = g_string_new (NULL);

  for (const char *p = lower; p && *p && name->len < 64; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (g_unichar_isalnum (character) || g_unichar_ismark (character))
        g_string_append_unichar (name, character);
      else if (name->len > 0 && name->str[name->len - 1] != '-')
        g_string_append_c (name, '-');
    }
  if (name->len > 0 && name->str[name->len - 1] != '-')
    g_string_append_c (name, '-');
  g_string_append_printf (name, "%s.json", kind);

  return g_string_free_and_steal (g_steal_pointer (&name));
}

/**
 * latch_export_choose_async:
 * @widget: what the question is asked over
 * @title: what the question is, such as “Export Log”
 * @initial_name: see latch_export_make_name()
 *
 * Asks where to export to. Fails with %LATCH_ERROR_NOT_SUPPORTED or %LATCH_ERROR_REFUSED where nobody can be asked.
 */
void
latch_export_choose_async (GtkWidget *widget,
                           const char *title,
                           const char *initial_name,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GTask) task = g_task_new (GTK_IS_WINDOW (root) ? root : NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, latch_export_choose_async);
  g_task_set_task_data (task, g_object_ref (dialog), g_object_unref);
  /* Translators: kinds of files. The name that is given to the file decides, so that the endings are told */
  add_filter (filters, _("JSON, with All Details (.json)"), "json", "application/json");
  add_filter (filters, _("CSV, for Spreadsheets (.csv)"), "csv", "text/csv");

  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_accept_label (dialog, _("_Export"));
  gtk_file_dialog_set_initial_name (dialog, initial_name);
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  look (task);
}

/**
 * latch_export_choose_finish:
 *
 * Returns: (transfer full) (nullable): the file; %NULL with %GTK_DIALOG_ERROR_DISMISSED if the person thought better of
 *   it
 */
GFile *
latch_export_choose_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, latch_export_choose_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * latch_export_write_async:
 *
 * Writes @contents to @file, all of it or nothing: what was there before is replaced only by the whole.
 */
void
latch_export_write_async (GFile *file,
                          GBytes *contents,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, latch_export_write_async);
  g_file_replace_contents_bytes_async (file, contents, NULL, FALSE, G_FILE_CREATE_NONE, cancellable, written_cb, task);
}

gboolean
latch_export_write_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, latch_export_write_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * latch_export_tell_written:
 * @widget: what belongs to the window that is to tell
 * @title: such as “Log exported”
 *
 * Tells that something was exported, and offers to open it. Where @widget is in no window any more, there is nobody to
 * tell.
 */
void
latch_export_tell_written (GtkWidget *widget, const char *title, GFile *file)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  AdwToast *toast = latch_notice_new (title);

  adw_toast_set_button_label (toast, _("_Open"));
  adw_toast_set_timeout (toast, OFFER_TIME);
  g_object_set_data (G_OBJECT (toast), "overlay", overlay);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (open_cb), g_object_ref (file),
                         (GClosureNotify) (GCallback) g_object_unref, 0);
  latch_notice_show (widget, toast);
}

/**
 * latch_export_tell_failed:
 * @title: a heading such as “Log Not Exported”
 * @error: why
 *
 * Tells that something could not be exported, and why.
 */
void
latch_export_tell_failed (GtkWidget *widget, const char *title, const GError *error)
{
  /* Paths and reasons are too long for a toast, above all in a narrow window */
  latch_notice_explain (widget, title, error->message);
}
