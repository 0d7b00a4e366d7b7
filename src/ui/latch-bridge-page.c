/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-bridge-page.h"

#include "latch-bridge-access.h"
#include "latch-bridge-banner.h"
#include "latch-bridge-head.h"
#include "latch-bridge-log-link.h"
#include "latch-bridge-maintenance.h"
#include "latch-bridge-places.h"
#include "latch-bridge-range.h"
#include "latch-bridge-report.h"
#include "latch-bridge-status.h"
#include "latch-error.h"
#include "latch-hidden-locks.h"
#include "latch-lock-choice.h"

#include <glib/gi18n-lib.h>

struct _LatchBridgePage
{
  AdwNavigationPage parent_instance;

  LatchBridge *bridge;
  LatchClock *clock;
  GCancellable *cancellable; /* for what is asked while it shows */

  LatchBridgeBanner *banner;
};

/* Seconds that somebody needs to read two words */
#define COPIED_SECONDS 3

G_DEFINE_FINAL_TYPE (LatchBridgePage, latch_bridge_page, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_BRIDGE = 1,
  PROP_CLOCK,
} LatchBridgePageProperty;

static GParamSpec *properties[PROP_CLOCK + 1];

static void
show_toast (LatchBridgePage *self, const char *text, guint timeout)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  AdwToast *toast = NULL;

  if (!overlay)
    return;

  toast = adw_toast_new ("");
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, text);
  adw_toast_set_timeout (toast, timeout);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

static void
clock_checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchBridgePage) self = user_data;
  g_autoptr (GError) error = NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "bridge-page.check-clock", TRUE);
  if (latch_bridge_check_clock_finish (LATCH_BRIDGE (source), result, &error))
    return; /* the reason is shown */

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (g_error_matches (error, LATCH_ERROR, LATCH_ERROR_UNAUTHORIZED))
    show_toast (self, _("It is not the clock: the bridge has another token now"), 0);
  else
    show_toast (self, error->message, 0);
}

static void
clock_confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchBridgePage) self = user_data;

  if (!g_str_equal (adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result), "check"))
    return;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "bridge-page.check-clock", FALSE);
  latch_bridge_check_clock_async (self->bridge, self->cancellable, clock_checked_cb, g_object_ref (self));
}

static void
check_clock_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchBridgePage *self = LATCH_BRIDGE_PAGE (widget);
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Check the Clock?"), NULL));

  adw_alert_dialog_set_body (dialog,
                             _("A bridge whose clock is wrong refuses this computer’s protected token. To ask for its "
                               "time, the token has to be sent once without protection, so that others on this network "
                               "could read it."));
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "check", _("C_heck"), NULL);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), NULL, clock_confirmed_cb, g_object_ref (self));
}

static void
refresh_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "bridge.refresh", "s", latch_bridge_get_id (LATCH_BRIDGE_PAGE (widget)->bridge));
}

static void
pair_again_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "bridge.pair-again", "s", latch_bridge_get_id (LATCH_BRIDGE_PAGE (widget)->bridge));
}

static void
copy_details_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchBridgePage *self = LATCH_BRIDGE_PAGE (widget);
  g_autofree char *report = latch_bridge_report_new (self->bridge, g_get_real_time () / G_USEC_PER_SEC);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), report);
  show_toast (self, _("Details copied"), COPIED_SECONDS);
}

/* A bridge without a name could not be told from the others */
static char *
dup_name (GtkEditable *entry)
{
  char *name = NULL;

  latch_local_name_check (gtk_editable_get_text (entry), &name, NULL);
  return name;
}

static void
name_changed_cb (GtkEditable *entry, AdwAlertDialog *dialog)
{
  g_autofree char *name = dup_name (entry);

  adw_alert_dialog_set_response_enabled (dialog, "rename", name != NULL);
}

static void
renamed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchBridgePage) self = user_data;
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (source);
  g_autofree char *name = NULL;

  if (!g_str_equal (adw_alert_dialog_choose_finish (dialog, result), "rename"))
    return;

  name = dup_name (g_object_get_data (source, "entry"));
  if (name)
    latch_bridge_set_name (self->bridge, name);
}

static void
rename_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchBridgePage *self = LATCH_BRIDGE_PAGE (widget);
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Rename Bridge"), NULL));
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *entry = adw_entry_row_new ();

  adw_alert_dialog_set_body (dialog, _("The name is used on this computer only"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), _("Name"));
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (entry), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (entry), latch_bridge_get_name (self->bridge));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), entry);
  adw_alert_dialog_set_extra_child (dialog, list);
  g_object_set_data (G_OBJECT (dialog), "entry", entry);
  g_signal_connect_object (entry, "changed", G_CALLBACK (name_changed_cb), dialog, 0);

  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "rename", _("_Rename"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "rename", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "rename");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_dialog_set_focus (ADW_DIALOG (dialog), entry);
  adw_alert_dialog_choose (dialog, widget, NULL, renamed_cb, g_object_ref (self));
}

/* The bridge is asked about itself only while somebody sees the answers */
static void
latch_bridge_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (latch_bridge_page_parent_class)->map (widget);

  latch_bridge_set_watched_closely (LATCH_BRIDGE_PAGE (widget)->bridge, TRUE);
}

static void
latch_bridge_page_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (latch_bridge_page_parent_class)->unmap (widget);

  latch_bridge_set_watched_closely (LATCH_BRIDGE_PAGE (widget)->bridge, FALSE);
}

static void
latch_bridge_page_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LatchBridgePage *self = LATCH_BRIDGE_PAGE (object);

  switch ((LatchBridgePageProperty) property_id)
    {
    case PROP_BRIDGE:
      g_value_set_object (value, self->bridge);
      break;
    case PROP_CLOCK:
      g_value_set_object (value, self->clock);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_bridge_page_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LatchBridgePage *self = LATCH_BRIDGE_PAGE (object);

  switch ((LatchBridgePageProperty) property_id)
    {
    case PROP_BRIDGE:
      self->bridge = g_value_dup_object (value);
      break;
    case PROP_CLOCK:
      self->clock = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_bridge_page_dispose (GObject *object)
{
  LatchBridgePage *self = LATCH_BRIDGE_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_BRIDGE_PAGE);
  g_clear_object (&self->bridge);
  g_clear_object (&self->clock);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (latch_bridge_page_parent_class)->dispose (object);
}

static void
latch_bridge_page_class_init (LatchBridgePageClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_CONSTRUCT_ONLY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = latch_bridge_page_get_property;
  object_class->set_property = latch_bridge_page_set_property;
  object_class->dispose = latch_bridge_page_dispose;
  widget_class->map = latch_bridge_page_map;
  widget_class->unmap = latch_bridge_page_unmap;

  properties[PROP_BRIDGE] = g_param_spec_object ("bridge", NULL, NULL, LATCH_TYPE_BRIDGE, flags);
  properties[PROP_CLOCK] = g_param_spec_object ("clock", NULL, NULL, LATCH_TYPE_CLOCK, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (LATCH_TYPE_BRIDGE_BANNER);
  g_type_ensure (LATCH_TYPE_BRIDGE_ACCESS);
  g_type_ensure (LATCH_TYPE_BRIDGE_HEAD);
  g_type_ensure (LATCH_TYPE_BRIDGE_LOG_LINK);
  g_type_ensure (LATCH_TYPE_BRIDGE_MAINTENANCE);
  g_type_ensure (LATCH_TYPE_BRIDGE_PLACES);
  g_type_ensure (LATCH_TYPE_BRIDGE_RANGE);
  g_type_ensure (LATCH_TYPE_BRIDGE_STATUS);
  g_type_ensure (LATCH_TYPE_HIDDEN_LOCKS);
  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-bridge-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchBridgePage, banner);

  gtk_widget_class_install_action (widget_class, "bridge-page.refresh", NULL, refresh_cb);
  gtk_widget_class_install_action (widget_class, "bridge-page.copy-details", NULL, copy_details_cb);
  gtk_widget_class_install_action (widget_class, "bridge-page.rename", NULL, rename_cb);
  gtk_widget_class_install_action (widget_class, "bridge-page.pair-again", NULL, pair_again_cb);
  gtk_widget_class_install_action (widget_class, "bridge-page.check-clock", NULL, check_clock_cb);
}

static void
latch_bridge_page_init (LatchBridgePage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * latch_bridge_page_new:
 * @bridge: what to show
 * @clock: the present
 */
LatchBridgePage *
latch_bridge_page_new (LatchBridge *bridge, LatchClock *clock)
{
  LatchBridgePage *self = g_object_new (LATCH_TYPE_BRIDGE_PAGE, "bridge", bridge, "clock", clock, NULL);

  latch_bridge_banner_set_bridge (self->banner, bridge);

  return self;
}
