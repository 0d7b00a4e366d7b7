/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-discovery-page.h"

#include "latch-client.h"
#include "latch-discovery-url.h"
#include "latch-discovery.h"

#include <glib/gi18n-lib.h>

struct _LatchDiscoveryPage
{
  AdwNavigationPage parent_instance;

  LatchHome *home;
  GSettings *settings;
  GCancellable *cancellable; /* of the search that is under way */
  gboolean searched;
  GPtrArray *rows;

  AdwPreferencesGroup *bridges_group;
  GtkStack *search_stack;
  GtkLabel *privacy_label;
};

G_DEFINE_FINAL_TYPE (LatchDiscoveryPage, latch_discovery_page, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_HOME = 1,
  PROP_SETTINGS,
} LatchDiscoveryPageProperty;

static GParamSpec *properties[PROP_SETTINGS + 1];

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_ENTER_ADDRESS,
  SIGNAL_USE_TOKEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  LatchDiscoveryPage *page;
  LatchDiscoveredBridge *bridge;
  char *title;
} Choice;

static void
choice_free (gpointer data, GClosure *closure)
{
  Choice *choice = data;

  latch_discovered_bridge_free (choice->bridge);
  g_free (choice->title);
  g_free (choice);
}

static void
row_activated_cb (AdwActionRow *row, gpointer user_data)
{
  Choice *choice = user_data;

  if (choice->bridge->ip)
    g_signal_emit (choice->page, signals[SIGNAL_CHOSEN], 0, choice->bridge->ip, (guint) choice->bridge->port,
                   choice->title);
  else
    g_signal_emit (choice->page, signals[SIGNAL_ENTER_ADDRESS], 0, choice->title);
}

static void
add_row (LatchDiscoveryPage *self, AdwActionRow *row)
{
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (self->bridges_group, GTK_WIDGET (row));
}

static AdwActionRow *
add_note (LatchDiscoveryPage *self, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  add_row (self, ADW_ACTION_ROW (row));

  return ADW_ACTION_ROW (row);
}

static GtkWidget *
make_icon (const char *icon_name)
{
  return g_object_new (GTK_TYPE_IMAGE,
                       "icon-name", icon_name,
                       "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                       NULL);
}

static char *
describe_address (const LatchDiscoveredBridge *bridge)
{
  if (!bridge->ip)
    return g_strdup (_("Hides its address. Enter it yourself."));

  if (bridge->port == LATCH_CLIENT_DEFAULT_PORT)
    return g_strdup (bridge->ip);

  return g_strdup_printf (strchr (bridge->ip, ':') ? "[%s]:%u" : "%s:%u", bridge->ip, bridge->port);
}

static void
add_bridge (LatchDiscoveryPage *self, const LatchDiscoveredBridge *bridge)
{
  g_autofree char *id = g_strdup_printf ("%" G_GUINT64_FORMAT, bridge->bridge_id);
  /* Translators: %s is the number of a bridge */
  g_autofree char *title = g_strdup_printf (_("Bridge %s"), id);
  g_autofree char *subtitle = describe_address (bridge);
  AdwActionRow *row = add_note (self, title, subtitle);
  Choice *choice;

  adw_action_row_add_prefix (row, make_icon ("latch-bridge-symbolic"));
  if (latch_home_find_bridge (self->home, id))
    {
      GtkWidget *label = gtk_label_new (_("Already added"));

      gtk_widget_add_css_class (label, "dim-label");
      adw_action_row_add_suffix (row, label);
      return;
    }

  choice = g_new0 (Choice, 1);
  choice->page = self;
  choice->bridge = latch_discovered_bridge_copy (bridge);
  choice->title = g_steal_pointer (&title);
  g_signal_connect_data (row, "activated", G_CALLBACK (row_activated_cb), choice, choice_free, 0);
  adw_action_row_add_suffix (row, make_icon ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
}

static void
clear_rows (LatchDiscoveryPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->bridges_group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LatchDiscoveryPage) self = user_data;
  g_autoptr (GPtrArray) bridges = NULL;
  g_autoptr (GError) error = NULL;

  bridges = latch_discovery_find_finish (result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  gtk_stack_set_visible_child_name (self->search_stack, "again");
  if (error)
    {
      g_debug ("Discovery failed: %s", error->message);
      add_note (self, _("Search Is Not Available"), _("You can still enter the address"));
      return;
    }

  for (guint i = 0; i < bridges->len; i++)
    {
      const LatchDiscoveredBridge *bridge = bridges->pdata[i];

      /* What is not on a private network is nobody's bridge at home */
      if (!bridge->ip || latch_discovered_bridge_is_local (bridge))
        add_bridge (self, bridge);
    }
  if (self->rows->len == 0)
    add_note (self, _("No Bridge Found"), _("It must have been online in the last 30 days"));
}

static void
search_clicked_cb (LatchDiscoveryPage *self)
{
  latch_discovery_page_search (self);
}

static void
address_activated_cb (LatchDiscoveryPage *self)
{
  g_signal_emit (self, signals[SIGNAL_ENTER_ADDRESS], 0, NULL);
}

static void
token_activated_cb (LatchDiscoveryPage *self)
{
  g_signal_emit (self, signals[SIGNAL_USE_TOKEN], 0);
}

static void
latch_discovery_page_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LatchDiscoveryPage *self = LATCH_DISCOVERY_PAGE (object);

  switch ((LatchDiscoveryPageProperty) property_id)
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

/* Who is told that somebody looks for bridges shall be no surprise */
static void
latch_discovery_page_constructed (GObject *object)
{
  LatchDiscoveryPage *self = LATCH_DISCOVERY_PAGE (object);
  g_autofree char *server = latch_discovery_url_dup_server (self->settings);

  G_OBJECT_CLASS (latch_discovery_page_parent_class)->constructed (object);

  if (server)
    {
      /* Translators: %s is the name of a server */
      g_autofree char *text = g_strdup_printf (_("To find bridges, Nightlatch asks %s which ones share your internet "
                                                 "connection. Nothing about your locks is sent."),
                                               server);

      gtk_label_set_label (self->privacy_label, text);
    }
}

static void
latch_discovery_page_shown (AdwNavigationPage *page)
{
  LatchDiscoveryPage *self = LATCH_DISCOVERY_PAGE (page);

  if (self->searched || !g_settings_get_boolean (self->settings, "discovery-enabled"))
    return;

  latch_discovery_page_search (self);
}

static void
latch_discovery_page_dispose (GObject *object)
{
  LatchDiscoveryPage *self = LATCH_DISCOVERY_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_ptr_array_set_size (self->rows, 0);
  g_clear_object (&self->home);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (latch_discovery_page_parent_class)->dispose (object);
}

static void
latch_discovery_page_finalize (GObject *object)
{
  LatchDiscoveryPage *self = LATCH_DISCOVERY_PAGE (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (latch_discovery_page_parent_class)->finalize (object);
}

static void
latch_discovery_page_class_init (LatchDiscoveryPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = latch_discovery_page_constructed;
  object_class->set_property = latch_discovery_page_set_property;
  object_class->dispose = latch_discovery_page_dispose;
  object_class->finalize = latch_discovery_page_finalize;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = latch_discovery_page_shown;

  /**
   * LatchDiscoveryPage:home:
   *
   * Where the bridges are that need not be added again.
   */
  properties[PROP_HOME] = g_param_spec_object ("home", NULL, NULL, LATCH_TYPE_HOME, flags);

  /**
   * LatchDiscoveryPage:settings:
   *
   * Say whether to search at once, and where.
   */
  properties[PROP_SETTINGS] = g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * LatchDiscoveryPage::chosen:
   * @host: the bridge's address
   * @port: its port
   * @title: what it was called in the list
   *
   * Somebody has chosen a bridge to pair with.
   */
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", LATCH_TYPE_DISCOVERY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_UINT, G_TYPE_STRING);

  /**
   * LatchDiscoveryPage::enter-address:
   * @title: (nullable): the bridge that hides its address, %NULL for one that is not listed
   *
   * Somebody wants to enter an address.
   */
  signals[SIGNAL_ENTER_ADDRESS] = g_signal_new ("enter-address", LATCH_TYPE_DISCOVERY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * LatchDiscoveryPage::use-token:
   *
   * Somebody has a token already.
   */
  signals[SIGNAL_USE_TOKEN] =
      g_signal_new ("use-token", LATCH_TYPE_DISCOVERY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-discovery-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchDiscoveryPage, bridges_group);
  gtk_widget_class_bind_template_child (widget_class, LatchDiscoveryPage, search_stack);
  gtk_widget_class_bind_template_child (widget_class, LatchDiscoveryPage, privacy_label);
  gtk_widget_class_bind_template_callback (widget_class, search_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, address_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, token_activated_cb);
}

static void
latch_discovery_page_init (LatchDiscoveryPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

LatchDiscoveryPage *
latch_discovery_page_new (LatchHome *home, GSettings *settings)
{
  return g_object_new (LATCH_TYPE_DISCOVERY_PAGE, "home", home, "settings", settings, NULL);
}

/**
 * latch_discovery_page_search:
 *
 * Asks the discovery service anew.
 */
void
latch_discovery_page_search (LatchDiscoveryPage *self)
{
  g_autofree char *url = NULL;

  g_return_if_fail (LATCH_IS_DISCOVERY_PAGE (self));

  url = latch_discovery_url_dup (self->settings);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  self->searched = TRUE;
  clear_rows (self);
  gtk_stack_set_visible_child_name (self->search_stack, "searching");
  latch_discovery_find_async (url, self->cancellable, found_cb, g_object_ref (self));
}
