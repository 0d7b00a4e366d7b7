/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-bridge-page.h"

#include "latch-bridge-banner.h"
#include "latch-bridge-text.h"
#include "latch-error.h"
#include "latch-hidden-locks.h"
#include "latch-instant-updates-row.h"

#include <glib/gi18n-lib.h>

struct _LatchBridgePage
{
  AdwNavigationPage parent_instance;

  LatchBridge *bridge;
  LatchHome *home;
  GCancellable *cancellable; /* for what is asked while it shows */

  LatchBridgeBanner *banner;
  GtkEditable *name;
  AdwActionRow *address;
  GtkWidget *check_clock;
  GtkWidget *forget;
};

G_DEFINE_FINAL_TYPE (LatchBridgePage, latch_bridge_page, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_BRIDGE = 1,
} LatchBridgePageProperty;

static GParamSpec *properties[PROP_BRIDGE + 1];

static char *
get_status (LatchBridgePage *self, LatchConnection connection, const char *error_message)
{
  return g_strdup (latch_bridge_text_connection (connection, latch_bridge_get_error (self->bridge)));
}

static char *
get_refresh_title (LatchBridgePage *self, LatchConnection connection)
{
  return g_strdup (latch_bridge_text_is_problem (connection) ? _("Try Again") : _("Refresh"));
}

static gboolean
is_problem (LatchBridgePage *self, LatchConnection connection)
{
  return latch_bridge_text_is_problem (connection);
}

static gboolean
has_text (LatchBridgePage *self, const char *text)
{
  return text && *text;
}

/* Whether access may be refused for no other reason, which nobody can know without the person's consent */
static gboolean
may_be_clock (LatchBridgePage *self, LatchConnection connection, const char *error_message)
{
  return connection == LATCH_CONNECTION_UNAUTHORIZED &&
         !g_error_matches (latch_bridge_get_error (self->bridge), LATCH_ERROR, LATCH_ERROR_CLOCK_WRONG) &&
         latch_client_get_accepted_mode (latch_bridge_get_client (self->bridge)) > LATCH_AUTH_MODE_PLAIN;
}

static void
show_toast (LatchBridgePage *self, const char *text)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  AdwToast *toast = NULL;

  if (!overlay)
    return;

  toast = adw_toast_new ("");
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, text);
  adw_toast_set_timeout (toast, 0);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

static void
update_address (LatchBridgePage *self)
{
  LatchClient *client = latch_bridge_get_client (self->bridge);
  const char *host = latch_client_get_host (client);
  g_autofree char *address = NULL;

  address = g_strdup_printf (strchr (host, ':') ? "[%s]:%u" : "%s:%u", host, latch_client_get_port (client));
  adw_action_row_set_subtitle (self->address, address);
}

static void
clock_checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchBridgePage) self = user_data;
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (self->check_clock, TRUE);
  if (latch_bridge_check_clock_finish (LATCH_BRIDGE (source), result, &error))
    return; /* the reason is shown */

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (g_error_matches (error, LATCH_ERROR, LATCH_ERROR_UNAUTHORIZED))
    show_toast (self, _("It is not the clock: the bridge has another token now"));
  else
    show_toast (self, error->message);
}

static void
clock_confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchBridgePage) self = user_data;

  if (!g_str_equal (adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result), "check"))
    return;

  gtk_widget_set_sensitive (self->check_clock, FALSE);
  latch_bridge_check_clock_async (self->bridge, self->cancellable, clock_checked_cb, g_object_ref (self));
}

static void
check_clock_activated_cb (LatchBridgePage *self)
{
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
name_applied_cb (LatchBridgePage *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));

  /* A bridge without a name could not be told from the others */
  if (*name)
    latch_bridge_set_name (self->bridge, name);
  gtk_editable_set_text (self->name, latch_bridge_get_name (self->bridge));
}

static void
refresh_activated_cb (LatchBridgePage *self)
{
  if (self->home)
    latch_home_refresh (self->home, self->bridge);
}

static void
pair_activated_cb (LatchBridgePage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.pair-again", "s", latch_bridge_get_id (self->bridge));
}

static void
forgotten_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchBridgePage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (latch_home_forget_finish (LATCH_HOME (source), result, &error))
    return; /* the page of what is no more goes by itself */

  gtk_widget_set_sensitive (self->forget, TRUE);
  show_toast (self, error->message);
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchBridgePage) self = user_data;

  if (!g_str_equal (adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result), "forget"))
    return;

  gtk_widget_set_sensitive (self->forget, FALSE);
  latch_home_forget_async (self->home, self->bridge, NULL, forgotten_cb, g_object_ref (self));
}

static void
forget_activated_cb (LatchBridgePage *self)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (NULL, NULL));

  /* Translators: %s is the name of a bridge */
  adw_alert_dialog_format_heading (dialog, _("Forget “%s”?"), latch_bridge_get_name (self->bridge));
  adw_alert_dialog_set_body (dialog,
                             _("Nightlatch forgets its token and its locks, and stops instant updates. The bridge itself is not "
                               "changed."));
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "forget", _("_Forget"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "forget", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), NULL, confirmed_cb, g_object_ref (self));
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
  g_clear_object (&self->home);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (latch_bridge_page_parent_class)->dispose (object);
}

static void
latch_bridge_page_class_init (LatchBridgePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = latch_bridge_page_get_property;
  object_class->set_property = latch_bridge_page_set_property;
  object_class->dispose = latch_bridge_page_dispose;

  properties[PROP_BRIDGE] =
      g_param_spec_object ("bridge", NULL, NULL, LATCH_TYPE_BRIDGE,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_CONSTRUCT_ONLY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (LATCH_TYPE_BRIDGE_BANNER);
  g_type_ensure (LATCH_TYPE_HIDDEN_LOCKS);
  g_type_ensure (LATCH_TYPE_INSTANT_UPDATES_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-bridge-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchBridgePage, banner);
  gtk_widget_class_bind_template_child (widget_class, LatchBridgePage, name);
  gtk_widget_class_bind_template_child (widget_class, LatchBridgePage, address);
  gtk_widget_class_bind_template_child (widget_class, LatchBridgePage, check_clock);
  gtk_widget_class_bind_template_child (widget_class, LatchBridgePage, forget);
  gtk_widget_class_bind_template_callback (widget_class, get_status);
  gtk_widget_class_bind_template_callback (widget_class, get_refresh_title);
  gtk_widget_class_bind_template_callback (widget_class, is_problem);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
  gtk_widget_class_bind_template_callback (widget_class, may_be_clock);
  gtk_widget_class_bind_template_callback (widget_class, check_clock_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, refresh_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, pair_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, forget_activated_cb);
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
 * @home: (nullable): where it is kept; without, it cannot be forgotten
 */
LatchBridgePage *
latch_bridge_page_new (LatchBridge *bridge, LatchHome *home)
{
  LatchBridgePage *self = g_object_new (LATCH_TYPE_BRIDGE_PAGE, "bridge", bridge, NULL);

  g_set_object (&self->home, home);
  gtk_widget_set_sensitive (self->forget, home != NULL);

  g_signal_connect_object (latch_bridge_get_client (bridge), "notify", G_CALLBACK (update_address), self,
                           G_CONNECT_SWAPPED);
  update_address (self);
  latch_bridge_banner_set_bridge (self->banner, bridge);
  gtk_editable_set_text (self->name, latch_bridge_get_name (bridge));

  return self;
}
