/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-activity-documents.h"

#include "latch-activity-export.h"
#include "latch-activity-names.h"
#include "latch-announcement.h"
#include "latch-export.h"
#include "latch-lock-text.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* One export or clearing, from question to answer. It outlives the page from which it was asked for. */
typedef struct
{
  GtkWidget *widget; /* to which the answer goes */
  LatchStore *store;
  GListModel *bridges;
  LatchLock *lock; /* NULL for all */
  LatchEventFilter filter;
  gboolean then_clear;
  GFile *file;
} Errand;

static Errand *
errand_new (GtkWidget *widget, LatchStore *store, GListModel *bridges, LatchLock *lock, LatchEventFilter filter)
{
  Errand *self = g_new0 (Errand, 1);

  self->widget = g_object_ref (widget);
  self->store = g_object_ref (store);
  self->bridges = g_object_ref (bridges);
  self->lock = lock ? g_object_ref (lock) : NULL;
  self->filter = filter;

  return self;
}

static void
errand_free (Errand *self)
{
  g_clear_object (&self->widget);
  g_clear_object (&self->store);
  g_clear_object (&self->bridges);
  g_clear_object (&self->lock);
  g_clear_object (&self->file);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, errand_free)

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!latch_export_write_finish (result, &error))
    {
      latch_export_tell_failed (self->widget, _("Activity Not Exported"), error);
      return;
    }

  latch_export_tell_written (self->widget, _("Activity exported"), self->file);
  if (self->then_clear && gtk_widget_get_root (self->widget))
    latch_activity_documents_clear (self->widget, self->store, self->bridges, self->lock);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) contents = latch_activity_export_finish (LATCH_STORE (source), result, &error);
  GFile *file = self->file;

  if (contents)
    latch_export_write_async (file, contents, NULL, written_cb, g_steal_pointer (&self));
  else
    latch_export_tell_failed (self->widget, _("Activity Not Exported"), error);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LatchBridge) bridge = self->lock ? latch_lock_ref_bridge (self->lock) : NULL;
  LatchEventQuery query = { .filter = self->filter };
  gboolean csv;

  self->file = latch_export_choose_finish (result, &error);
  if (!self->file)
    {
      if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
        latch_export_tell_failed (self->widget, _("Activity Not Exported"), error);
      return;
    }

  if (self->lock)
    {
      query.bridge_id = bridge ? latch_bridge_get_id (bridge) : "";
      query.of_lock = TRUE;
      query.nuki_id = latch_lock_get_nuki_id (self->lock);
      query.device_type = latch_lock_get_device_type (self->lock);
    }
  csv = latch_export_format_of (self->file) == LATCH_EXPORT_FORMAT_CSV;
  latch_activity_export_async (self->store, &query, self->bridges, csv, NULL, made_cb, self);
  g_steal_pointer (&self);
}

static void
run_export (Errand *self)
{
  g_autofree char *subject = self->lock ? latch_lock_text_name (self->lock) : NULL;
  g_autofree char *name = latch_export_make_name (subject, "activity");

  latch_export_choose_async (self->widget, _("Export Activity"), name, NULL, chosen_cb, self);
}

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) self = user_data;
  g_autoptr (GError) error = NULL;

  if (latch_store_write_finish (LATCH_STORE (source), result, &error))
    latch_announce (self->widget, _("Activity cleared"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  else
    latch_export_tell_failed (self->widget, _("Activity Not Cleared"), error);
}

static void
run_clear (Errand *self)
{
  g_autoptr (LatchBridge) bridge = self->lock ? latch_lock_ref_bridge (self->lock) : NULL;

  if (!self->lock)
    latch_store_clear_events_async (self->store, NULL, NULL, cleared_cb, self);
  else if (bridge)
    latch_store_clear_lock_events_async (self->store, latch_bridge_get_id (bridge), latch_lock_get_nuki_id (self->lock),
                                         latch_lock_get_device_type (self->lock), NULL, cleared_cb, self);
  else
    errand_free (self); /* forgotten meanwhile, and its activity with it */
}

static void
responded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) self = user_data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (g_str_equal (response, "clear"))
    run_clear (g_steal_pointer (&self));
  else if (g_str_equal (response, "export"))
    {
      self->then_clear = TRUE;
      run_export (g_steal_pointer (&self));
    }
}

/**
 * latch_activity_documents_export:
 * @widget: from where it is asked for
 * @store: where it is recorded
 * @bridges: a list of #LatchBridge, for the names
 * @lock: (nullable): whose activity; %NULL for all locks'
 * @filter: which of it
 *
 * Writes activity into a file that the person chooses.
 */
void
latch_activity_documents_export (GtkWidget *widget,
                                 LatchStore *store,
                                 GListModel *bridges,
                                 LatchLock *lock,
                                 LatchEventFilter filter)
{
  run_export (errand_new (widget, store, bridges, lock, filter));
}

/**
 * latch_activity_documents_clear:
 * @widget: from where it is asked for
 * @store: where it is recorded
 * @bridges: a list of #LatchBridge, for the names
 * @lock: (nullable): whose activity; %NULL for all locks'
 *
 * Asks whether to delete activity, and does so then. It can be exported first; then the question is asked again.
 */
void
latch_activity_documents_clear (GtkWidget *widget, LatchStore *store, GListModel *bridges, LatchLock *lock)
{
  Errand *self = errand_new (widget, store, bridges, lock, LATCH_EVENT_FILTER_ALL);
  g_autofree char *name = lock ? latch_lock_text_short_name (lock) : NULL;
  g_autofree char *heading = NULL;
  AdwAlertDialog *dialog;

  /* Translators: %s is a lock */
  heading = lock ? g_strdup_printf (_("Clear Activity of “%s”?"), name) : g_strdup (_("Clear Activity of All Locks?"));
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (
      heading, _("What was recorded on this computer is deleted, and cannot be brought back. Locks and bridges are not "
                 "changed.")));
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "export", _("_Export First…"), "clear", _("C_lear"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (dialog, "clear", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, widget, NULL, responded_cb, self);
}
