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
#include "latch-notice.h"
#include "latch-rename-dialog.h"

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
tell (LatchBridgePage *self, const char *text, guint timeout)
{
  AdwToast *toast = latch_notice_new (text);

  adw_toast_set_timeout (toast, timeout);
  latch_notice_show (GTK_WIDGET (self), toast);
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
    tell (self, _("It is not the clock: the bridge has another token now"), 0);
  else
    tell (self, error->message, 0);
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
  tell (self, _("Details copied"), COPIED_SECONDS);
}

static void
rename_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LatchBridge *bridge = LATCH_BRIDGE_PAGE (widget)->bridge;
  LatchRenameDialog *dialog = latch_rename_dialog_new_for_bridge (bridge);

  g_signal_connect_object (dialog, "renamed", G_CALLBACK (latch_bridge_set_name), bridge, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
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
