/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-log-page.h"

#include "latch-announcement.h"
#include "latch-bridge-banner.h"
#include "latch-error.h"
#include "latch-lock-text.h"
#include "latch-log-exporter.h"
#include "latch-log-list.h"
#include "latch-log-text.h"
#include "latch-notice.h"

#include <glib/gi18n-lib.h>

/* So many are enough to look at while the rest of a log is searched */
#define ENOUGH_FOUND 30

/* Before the locks in the list of what to show */
#define N_GENERAL_CHOICES 2

struct _LatchLogPage
{
  AdwNavigationPage parent_instance;

  LatchBridge *bridge;
  LatchBridgeLog *log;
  LatchClock *clock;
  GArray *choices; /* of guint64: the locks that can be chosen */

  LatchBridgeBanner *banner;
  GtkEditable *search_entry;
  GtkDropDown *locks;
  GtkStack *stack;
  LatchLogList *list;
  AdwStatusPage *failed;
  GtkWidget *try_again;
  GtkWidget *footer_bar;
  GtkWidget *spinner;
  GtkLabel *footer;
  GtkWidget *retry;
};

G_DEFINE_FINAL_TYPE (LatchLogPage, latch_log_page, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_BRIDGE = 1,
} LatchLogPageProperty;

static GParamSpec *properties[PROP_BRIDGE + 1];

static gboolean
is_searching (LatchLogPage *self)
{
  return *gtk_editable_get_text (self->search_entry) || gtk_drop_down_get_selected (self->locks) > 0;
}

static const char *
choose_view (LatchLogPage *self)
{
  LatchLogState state = latch_bridge_log_get_state (self->log);

  if (g_list_model_get_n_items (G_LIST_MODEL (self->log)) > 0)
    return latch_log_list_count (self->list) > 0 ? "entries"
           : state == LATCH_LOG_STATE_READING    ? "reading"
                                                 : "nothing-found";

  switch (state)
    {
    case LATCH_LOG_STATE_COMPLETE:
      return "empty";
    case LATCH_LOG_STATE_FAILED:
      return "failed";
    default:
      return "reading";
    }
}

static void
update_failed (LatchLogPage *self)
{
  const GError *error = latch_bridge_log_get_error (self->log);
  gboolean unsupported = g_error_matches (error, LATCH_ERROR, LATCH_ERROR_NOT_SUPPORTED);
  g_autofree char *reason = error ? g_markup_escape_text (error->message, -1) : NULL;

  adw_status_page_set_title (self->failed, unsupported ? _("This Bridge Keeps No Log") : _("The Log Cannot Be Read"));
  adw_status_page_set_description (self->failed, reason);
  gtk_widget_set_visible (self->try_again, !unsupported);
}

static void
update_footer (LatchLogPage *self)
{
  guint n_entries = g_list_model_get_n_items (G_LIST_MODEL (self->log));
  LatchLogState state = latch_bridge_log_get_state (self->log);
  const GError *error = latch_bridge_log_get_error (self->log);
  g_autofree char *text = latch_log_text_footer (n_entries, latch_log_list_count (self->list), state);

  gtk_widget_set_visible (self->footer_bar, n_entries > 0);
  gtk_widget_set_visible (self->spinner, state == LATCH_LOG_STATE_READING || state == LATCH_LOG_STATE_CLEARING);
  gtk_widget_set_visible (self->retry, error != NULL);
  if (error)
    {
      /* Translators: how much of a log was read, and why it is not all */
      g_autofree char *explained = g_strdup_printf (_("%s. %s"), text, error->message);

      gtk_label_set_label (self->footer, explained);
    }
  else
    {
      gtk_label_set_label (self->footer, text);
    }
}

/* Whoever looks for something looks in all of the log; but enough is enough */
static void
search_on (LatchLogPage *self)
{
  if (is_searching (self) && latch_bridge_log_get_state (self->log) == LATCH_LOG_STATE_IDLE &&
      gtk_widget_get_mapped (GTK_WIDGET (self)) && latch_log_list_count (self->list) < ENOUGH_FOUND)
    latch_bridge_log_read_more (self->log);
}

static void
update (LatchLogPage *self)
{
  LatchLogState state = latch_bridge_log_get_state (self->log);
  gboolean has_entries = g_list_model_get_n_items (G_LIST_MODEL (self->log)) > 0;

  update_failed (self);
  update_footer (self);
  gtk_stack_set_visible_child_name (self->stack, choose_view (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "log.export", has_entries && state != LATCH_LOG_STATE_CLEARING);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "log.clear", has_entries && state != LATCH_LOG_STATE_CLEARING);
}

static void
changed_cb (LatchLogPage *self)
{
  update (self);
  search_on (self);
}

static guint64
get_choice (LatchLogPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->locks);

  if (selected == 1)
    return LATCH_LOG_LIST_BRIDGE_ONLY;
  if (selected >= N_GENERAL_CHOICES && selected - N_GENERAL_CHOICES < self->choices->len)
    return g_array_index (self->choices, guint64, selected - N_GENERAL_CHOICES);

  return 0;
}

static void
wishes_changed_cb (LatchLogPage *self)
{
  if (!self->log)
    return;

  latch_log_list_find (self->list, gtk_editable_get_text (self->search_entry), get_choice (self));
  changed_cb (self);
}

static void
stop_search_cb (LatchLogPage *self)
{
  gtk_editable_set_text (self->search_entry, "");
}

static void
end_near_cb (LatchLogPage *self)
{
  if (self->log && latch_bridge_log_get_state (self->log) == LATCH_LOG_STATE_IDLE &&
      gtk_widget_get_mapped (GTK_WIDGET (self)))
    latch_bridge_log_read_more (self->log);
}

static void
retry_cb (LatchLogPage *self)
{
  latch_bridge_log_read_more (self->log);
}

static void
refresh_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  latch_bridge_log_refresh (LATCH_LOG_PAGE (widget)->log);
}

static void
export_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  latch_log_exporter_run (widget, LATCH_LOG_PAGE (widget)->log);
}

static void
search_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (LATCH_LOG_PAGE (widget)->search_entry));
}

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchLogPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (latch_bridge_log_clear_finish (LATCH_BRIDGE_LOG (source), result, &error))
    {
      latch_announce (GTK_WIDGET (self), _("Log cleared"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
      return;
    }

  if (g_error_matches (error, LATCH_ERROR, LATCH_ERROR_OUTCOME_UNKNOWN))
    latch_notice_explain (GTK_WIDGET (self), _("No Answer"),
                          _("The log may or may not have been cleared. What it contains now is shown."));
  else
    latch_notice_explain (GTK_WIDGET (self), _("Log Not Cleared"), error->message);
}

static void
response_cb (LatchLogPage *self, const char *response)
{
  if (g_str_equal (response, "export"))
    latch_log_exporter_run (GTK_WIDGET (self), self->log);
  else if (g_str_equal (response, "clear"))
    latch_bridge_log_clear_async (self->log, NULL, cleared_cb, g_object_ref (self));
}

static void
clear_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LatchLogPage *self = LATCH_LOG_PAGE (widget);
  /* Translators: %s is the name of a bridge */
  g_autofree char *title = g_strdup_printf (_("Clear the Log of “%s”?"), latch_bridge_get_name (self->bridge));
  AdwDialog *dialog = adw_alert_dialog_new (
      title, _("All that the bridge has recorded is deleted, for everybody. This cannot be undone."));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"), "export", _("_Export First…"),
                                  "clear", _("C_lear"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "clear", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

/* The locks that there are: the one that was chosen stays so, if it is still there */
static void
locks_changed_cb (LatchLogPage *self)
{
  guint64 chosen = get_choice (self);
  guint n_locks = g_list_model_get_n_items (G_LIST_MODEL (self->bridge)), selected = 0;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  /* Translators: all entries of a bridge’s log, or only those that are about no lock */
  gtk_string_list_append (names, _("All Entries"));
  gtk_string_list_append (names, _("Bridge Only"));
  g_array_set_size (self->choices, 0);
  for (guint i = 0; i < n_locks; i++)
    {
      g_autoptr (LatchLock) lock = g_list_model_get_item (G_LIST_MODEL (self->bridge), i);
      guint64 nuki_id = latch_lock_get_nuki_id (lock);

      gtk_string_list_take (names, latch_lock_text_short_name (lock));
      g_array_append_val (self->choices, nuki_id);
      if (nuki_id == chosen)
        selected = i + N_GENERAL_CHOICES;
    }
  if (chosen == LATCH_LOG_LIST_BRIDGE_ONLY)
    selected = 1;
  gtk_drop_down_set_model (self->locks, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->locks, selected);
}

/* Not at an entry, to which the list would scroll whenever there is a new one */
static void
latch_log_page_shown (AdwNavigationPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (LATCH_LOG_PAGE (page)->search_entry));
}

static void
latch_log_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (latch_log_page_parent_class)->map (widget);

  latch_bridge_log_refresh (LATCH_LOG_PAGE (widget)->log);
}

static void
latch_log_page_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (latch_log_page_parent_class)->unmap (widget);

  latch_bridge_log_stop (LATCH_LOG_PAGE (widget)->log);
}

static void
latch_log_page_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LatchLogPage *self = LATCH_LOG_PAGE (object);

  switch ((LatchLogPageProperty) property_id)
    {
    case PROP_BRIDGE:
      g_value_set_object (value, self->bridge);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_log_page_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LatchLogPage *self = LATCH_LOG_PAGE (object);

  switch ((LatchLogPageProperty) property_id)
    {
    case PROP_BRIDGE:
      self->bridge = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_log_page_dispose (GObject *object)
{
  LatchLogPage *self = LATCH_LOG_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_LOG_PAGE);
  g_clear_object (&self->log);
  g_clear_object (&self->bridge);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->choices, g_array_unref);

  G_OBJECT_CLASS (latch_log_page_parent_class)->dispose (object);
}

static void
latch_log_page_class_init (LatchLogPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = latch_log_page_get_property;
  object_class->set_property = latch_log_page_set_property;
  object_class->dispose = latch_log_page_dispose;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = latch_log_page_shown;
  widget_class->map = latch_log_page_map;
  widget_class->unmap = latch_log_page_unmap;

  /**
   * LatchLogPage:bridge:
   *
   * Whose log it is.
   */
  properties[PROP_BRIDGE] =
      g_param_spec_object ("bridge", NULL, NULL, LATCH_TYPE_BRIDGE,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_CONSTRUCT_ONLY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (LATCH_TYPE_BRIDGE_BANNER);
  g_type_ensure (LATCH_TYPE_LOG_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-log-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchLogPage, banner);
  gtk_widget_class_bind_template_child (widget_class, LatchLogPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, LatchLogPage, locks);
  gtk_widget_class_bind_template_child (widget_class, LatchLogPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LatchLogPage, list);
  gtk_widget_class_bind_template_child (widget_class, LatchLogPage, failed);
  gtk_widget_class_bind_template_child (widget_class, LatchLogPage, try_again);
  gtk_widget_class_bind_template_child (widget_class, LatchLogPage, footer_bar);
  gtk_widget_class_bind_template_child (widget_class, LatchLogPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, LatchLogPage, footer);
  gtk_widget_class_bind_template_child (widget_class, LatchLogPage, retry);
  gtk_widget_class_bind_template_callback (widget_class, wishes_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, end_near_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_install_action (widget_class, "log.export", NULL, export_cb);
  gtk_widget_class_install_action (widget_class, "log.refresh", NULL, refresh_cb);
  gtk_widget_class_install_action (widget_class, "log.clear", NULL, clear_cb);
  gtk_widget_class_install_action (widget_class, "log.search", NULL, search_cb);
}

static void
latch_log_page_init (LatchLogPage *self)
{
  self->choices = g_array_new (FALSE, FALSE, sizeof (guint64));
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * latch_log_page_new:
 * @bridge: whose log to show
 * @clock: the present
 */
LatchLogPage *
latch_log_page_new (LatchBridge *bridge, LatchClock *clock)
{
  LatchLogPage *self = g_object_new (LATCH_TYPE_LOG_PAGE, "bridge", bridge, NULL);

  self->clock = g_object_ref (clock);
  latch_bridge_banner_set_bridge (self->banner, bridge);

  self->log = latch_bridge_log_new (bridge);
  latch_log_list_show (self->list, self->log, clock);
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search_entry), GTK_WIDGET (self));
  g_signal_connect_object (bridge, "items-changed", G_CALLBACK (locks_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->log, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->log, "notify::state", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  locks_changed_cb (self);
  update (self);

  return self;
}
