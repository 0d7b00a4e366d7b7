/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-add-bridge-dialog.h"

#include "latch-address-page.h"
#include "latch-bridge-added-page.h"
#include "latch-discovery-page.h"
#include "latch-error.h"
#include "latch-pairing-page.h"

#include <glib/gi18n-lib.h>

/* The last page has the most to show */
#define ADDED_HEIGHT 640

struct _LatchAddBridgeDialog
{
  AdwDialog parent_instance;

  LatchHome *home;
  GSettings *settings;

  /* The attempt that is under way, or has failed and may be run again */
  LatchPairing *pairing;
  GCancellable *cancellable;
  char *title;
  gboolean token_typed;
  LatchAddressPage *token_page;
  LatchPairingPage *pairing_page;
  LatchBridgeAddedPage *added_page;

  AdwNavigationView *navigation_view;
};

G_DEFINE_FINAL_TYPE (LatchAddBridgeDialog, latch_add_bridge_dialog, ADW_TYPE_DIALOG)

typedef enum
{
  PROP_HOME = 1,
  PROP_SETTINGS,
} LatchAddBridgeDialogProperty;

static GParamSpec *properties[PROP_SETTINGS + 1];

enum
{
  SIGNAL_BRIDGE_ADDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void run_pairing (LatchAddBridgeDialog *self, const char *token);

static void
forget_attempt (LatchAddBridgeDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->pairing);
  if (self->token_page)
    latch_address_page_set_busy (self->token_page, FALSE);
}

static void
start_attempt (LatchAddBridgeDialog *self, const char *title, const char *host, guint16 port)
{
  forget_attempt (self);
  self->pairing = latch_pairing_new (host, port);
  g_set_str (&self->title, title);
}

static void
address_submitted_cb (LatchAddBridgeDialog *self, const char *host, guint port, const char *token, AdwNavigationPage *page)
{
  /* A bridge that hides its address has been called by its name already */
  const char *title = g_strcmp0 (adw_navigation_page_get_tag (page), "hidden") == 0
                          ? adw_navigation_page_get_title (page)
                          : host;

  if (!token)
    {
      latch_add_bridge_dialog_pair (self, title, host, port);
      return;
    }

  start_attempt (self, host, host, port);
  self->token_typed = TRUE;
  latch_address_page_set_busy (self->token_page, TRUE);
  latch_home_protect_token (self->home, self->pairing, token);
  run_pairing (self, token);
}

static LatchAddressPage *
push_address_page (LatchAddBridgeDialog *self, const char *title, gboolean with_token)
{
  LatchAddressPage *page = latch_address_page_new (title, with_token);

  g_signal_connect_object (page, "submitted", G_CALLBACK (address_submitted_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation_view, ADW_NAVIGATION_PAGE (page));

  return page;
}

static void
enter_address_cb (LatchAddBridgeDialog *self, const char *title)
{
  LatchAddressPage *page = push_address_page (self, title ? title : _("Enter Address"), FALSE);

  if (title)
    adw_navigation_page_set_tag (ADW_NAVIGATION_PAGE (page), "hidden");
}

static void
use_token_cb (LatchAddBridgeDialog *self)
{
  self->token_page = push_address_page (self, _("Use a Token"), TRUE);
}

static void
chosen_cb (LatchAddBridgeDialog *self, const char *host, guint port, const char *title)
{
  latch_add_bridge_dialog_pair (self, title, host, port);
}

/* Goes back from a failure, to the page with a token field or without that is there already, or to a new one */
static void
return_to_address (LatchAddBridgeDialog *self, gboolean with_token)
{
  LatchClient *client = latch_pairing_get_client (self->pairing);
  g_autofree char *host = g_strdup (latch_client_get_host (client));
  guint16 port = latch_client_get_port (client);

  adw_navigation_view_pop (self->navigation_view);
  if (with_token && !self->token_page)
    {
      use_token_cb (self);
      latch_address_page_set_address (self->token_page, host, port);
    }
  else if (!LATCH_IS_ADDRESS_PAGE (adw_navigation_view_get_visible_page (self->navigation_view)))
    enter_address_cb (self, NULL);
}

static void
remedy_cb (LatchAddBridgeDialog *self, LatchPairingRemedy remedy)
{
  switch (remedy)
    {
    case LATCH_PAIRING_REMEDY_ENTER_ADDRESS:
      return_to_address (self, FALSE);
      break;
    case LATCH_PAIRING_REMEDY_USE_TOKEN:
      return_to_address (self, TRUE);
      break;
    case LATCH_PAIRING_REMEDY_ACCEPT_PLAIN:
      latch_client_set_auth_mode (latch_pairing_get_client (self->pairing), LATCH_AUTH_MODE_PLAIN);
      G_GNUC_FALLTHROUGH;
    case LATCH_PAIRING_REMEDY_RETRY:
      /* Where the typed one was refused, the button is asked for */
      self->token_typed = self->token_typed && latch_pairing_get_token (self->pairing);
      latch_pairing_page_show_attempt (self->pairing_page);
      run_pairing (self, NULL);
      break;
    case LATCH_PAIRING_REMEDY_NONE:
    default:
      break;
    }
}

static void
push_pairing_page (LatchAddBridgeDialog *self)
{
  self->pairing_page = latch_pairing_page_new (self->title, self->pairing);
  g_signal_connect_object (self->pairing_page, "remedy", G_CALLBACK (remedy_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation_view, ADW_NAVIGATION_PAGE (self->pairing_page));
}

static void
fail (LatchAddBridgeDialog *self, const GError *error)
{
  if (self->token_page)
    latch_address_page_set_busy (self->token_page, FALSE);

  if (self->token_typed && g_error_matches (error, LATCH_ERROR, LATCH_ERROR_UNAUTHORIZED) && !self->pairing_page)
    {
      latch_address_page_show_error (self->token_page, LATCH_ADDRESS_FIELD_TOKEN,
                                     _("This token is not accepted. Check it in the Nuki app, that the HTTP API is turned "
                                       "on there, and that the bridge’s clock is right."));
      return;
    }

  if (!self->pairing_page)
    push_pairing_page (self);
  latch_pairing_page_show_failure (self->pairing_page, error,
                                   latch_pairing_get_token (self->pairing) && !self->token_typed);
}

static void
adopted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchAddBridgeDialog) self = user_data;
  g_autoptr (LatchBridge) bridge = NULL;
  g_autoptr (GError) error = NULL;
  AdwNavigationPage *page;

  bridge = latch_home_adopt_finish (LATCH_HOME (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!bridge)
    {
      fail (self, error);
      return;
    }

  self->added_page = latch_bridge_added_page_new (bridge);
  page = ADW_NAVIGATION_PAGE (self->added_page);
  g_signal_connect_object (page, "done", G_CALLBACK (adw_dialog_close), self, G_CONNECT_SWAPPED);
  adw_dialog_set_content_height (ADW_DIALOG (self), ADDED_HEIGHT);
  adw_navigation_view_push (self->navigation_view, page);
}

static void
paired_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchAddBridgeDialog) self = user_data;
  LatchPairing *pairing = LATCH_PAIRING (source);
  g_autofree char *suggested = NULL;
  g_autoptr (GError) error = NULL;
  LatchBridge *known;

  if (!latch_pairing_run_finish (pairing, result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        fail (self, error);
      return;
    }

  /* Nobody asked for a bridge whose dialog was closed in the last moment */
  if (pairing != self->pairing)
    return;

  known = latch_home_find_bridge (self->home, latch_pairing_get_bridge_id (pairing));
  suggested = known ? g_strdup (latch_bridge_get_name (known)) : latch_home_suggest_name (self->home);
  latch_home_adopt_async (self->home, pairing, suggested, self->cancellable, adopted_cb, g_object_ref (self));
}

static void
run_pairing (LatchAddBridgeDialog *self, const char *token)
{
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  latch_pairing_run_async (self->pairing, token, self->cancellable, paired_cb, g_object_ref (self));
}

static void
popped_cb (LatchAddBridgeDialog *self, AdwNavigationPage *page)
{
  if (page == ADW_NAVIGATION_PAGE (self->token_page))
    self->token_page = NULL;
  if (page == ADW_NAVIGATION_PAGE (self->pairing_page))
    self->pairing_page = NULL;

  if (!self->added_page)
    forget_attempt (self);
}

static void
latch_add_bridge_dialog_closed (AdwDialog *dialog)
{
  LatchAddBridgeDialog *self = LATCH_ADD_BRIDGE_DIALOG (dialog);
  g_autofree char *name = NULL;
  LatchBridge *bridge;

  forget_attempt (self);
  if (!self->added_page)
    return;

  bridge = latch_bridge_added_page_get_bridge (self->added_page);
  name = latch_bridge_added_page_dup_name (self->added_page);
  if (name)
    latch_bridge_set_name (bridge, name);
  g_signal_emit (self, signals[SIGNAL_BRIDGE_ADDED], 0, bridge);
}

static void
latch_add_bridge_dialog_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LatchAddBridgeDialog *self = LATCH_ADD_BRIDGE_DIALOG (object);

  switch ((LatchAddBridgeDialogProperty) property_id)
    {
    case PROP_HOME:
      self->home = g_value_dup_object (value);
      break;
    case PROP_SETTINGS:
      self->settings = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
latch_add_bridge_dialog_constructed (GObject *object)
{
  LatchAddBridgeDialog *self = LATCH_ADD_BRIDGE_DIALOG (object);
  LatchDiscoveryPage *page;

  G_OBJECT_CLASS (latch_add_bridge_dialog_parent_class)->constructed (object);

  page = latch_discovery_page_new (self->home, self->settings);
  g_signal_connect_object (page, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "enter-address", G_CALLBACK (enter_address_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "use-token", G_CALLBACK (use_token_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation_view, ADW_NAVIGATION_PAGE (page));
}

static void
latch_add_bridge_dialog_dispose (GObject *object)
{
  LatchAddBridgeDialog *self = LATCH_ADD_BRIDGE_DIALOG (object);

  self->token_page = NULL;
  self->pairing_page = NULL;
  self->added_page = NULL;
  forget_attempt (self);
  /* Its parent in libadwaita 1.7, a floating sheet, never lets go of it */
  adw_dialog_set_child (ADW_DIALOG (self), NULL);
  g_clear_object (&self->home);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (latch_add_bridge_dialog_parent_class)->dispose (object);
}

static void
latch_add_bridge_dialog_finalize (GObject *object)
{
  LatchAddBridgeDialog *self = LATCH_ADD_BRIDGE_DIALOG (object);

  g_clear_pointer (&self->title, g_free);

  G_OBJECT_CLASS (latch_add_bridge_dialog_parent_class)->finalize (object);
}

static void
latch_add_bridge_dialog_class_init (LatchAddBridgeDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->set_property = latch_add_bridge_dialog_set_property;
  object_class->constructed = latch_add_bridge_dialog_constructed;
  object_class->dispose = latch_add_bridge_dialog_dispose;
  object_class->finalize = latch_add_bridge_dialog_finalize;
  ADW_DIALOG_CLASS (klass)->closed = latch_add_bridge_dialog_closed;

  /**
   * LatchAddBridgeDialog:home:
   *
   * Where to keep the bridge.
   */
  properties[PROP_HOME] = g_param_spec_object ("home", NULL, NULL, LATCH_TYPE_HOME, flags);

  /**
   * LatchAddBridgeDialog:settings:
   *
   * The application's settings.
   */
  properties[PROP_SETTINGS] = g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * LatchAddBridgeDialog::bridge-added:
   * @bridge: the bridge
   *
   * A bridge was added, and the dialog is closed.
   */
  signals[SIGNAL_BRIDGE_ADDED] = g_signal_new ("bridge-added", LATCH_TYPE_ADD_BRIDGE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                               NULL, NULL, G_TYPE_NONE, 1, LATCH_TYPE_BRIDGE);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-add-bridge-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchAddBridgeDialog, navigation_view);
  gtk_widget_class_bind_template_callback (widget_class, popped_cb);
}

static void
latch_add_bridge_dialog_init (LatchAddBridgeDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

LatchAddBridgeDialog *
latch_add_bridge_dialog_new (LatchHome *home, GSettings *settings)
{
  return g_object_new (LATCH_TYPE_ADD_BRIDGE_DIALOG, "home", home, "settings", settings, NULL);
}

/**
 * latch_add_bridge_dialog_pair:
 * @title: what the bridge is called
 * @host: its address
 * @port: its port
 *
 * Goes straight to the bridge's button.
 */
void
latch_add_bridge_dialog_pair (LatchAddBridgeDialog *self, const char *title, const char *host, guint16 port)
{
  g_return_if_fail (LATCH_IS_ADD_BRIDGE_DIALOG (self));

  start_attempt (self, title, host, port);
  self->token_typed = FALSE;
  push_pairing_page (self);
  run_pairing (self, NULL);
}
