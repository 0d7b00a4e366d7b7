/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-network-group.h"

#include "latch-announcement.h"
#include "latch-discovery-url.h"
#include "latch-discovery.h"

#include <glib/gi18n-lib.h>

/* Those below are the system's */
#define FIRST_PORT 1024

struct _LatchNetworkGroup
{
  AdwPreferencesGroup parent_instance;

  GSettings *settings;

  AdwSwitchRow *discovery;
  AdwEntryRow *server;
  AdwEntryRow *port;
  GtkLabel *error_label;
};

G_DEFINE_FINAL_TYPE (LatchNetworkGroup, latch_network_group, ADW_TYPE_PREFERENCES_GROUP)

static void
set_invalid (AdwEntryRow *row, gboolean invalid)
{
  GtkAccessible *text = GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row)));
  GtkAccessibleInvalidState state = invalid ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE;

  if (invalid)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");

  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID, state, -1);
  gtk_accessible_update_state (text, GTK_ACCESSIBLE_STATE_INVALID, state, -1);
}

static void
changed_cb (LatchNetworkGroup *self)
{
  set_invalid (self->server, FALSE);
  set_invalid (self->port, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), FALSE);
}

/* Why should be in sight as well as what. It is, once it has a place */
static gboolean
show_why_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  GtkWidget *label = GTK_WIDGET (LATCH_NETWORK_GROUP (widget)->error_label);
  GtkWidget *viewport = gtk_widget_get_ancestor (widget, GTK_TYPE_VIEWPORT);

  if (!viewport || !gtk_widget_get_mapped (label))
    return G_SOURCE_REMOVE;
  if (gtk_widget_get_height (label) == 0)
    return G_SOURCE_CONTINUE;

  gtk_viewport_scroll_to (GTK_VIEWPORT (viewport), label, NULL);
  return G_SOURCE_REMOVE;
}

static void
show_error (LatchNetworkGroup *self, AdwEntryRow *row, const char *message)
{
  GtkAccessible *text = GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row)));

  changed_cb (self);
  set_invalid (row, TRUE);
  gtk_label_set_label (self->error_label, message);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), TRUE);
  gtk_accessible_update_relation (text, GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE, self->error_label, NULL, -1);
  latch_announce (GTK_WIDGET (row), message, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
  gtk_widget_grab_focus (GTK_WIDGET (row));
  gtk_widget_add_tick_callback (GTK_WIDGET (self), show_why_cb, NULL, NULL);
}

static void
server_applied_cb (LatchNetworkGroup *self)
{
  /* Pasted from elsewhere, an address brings spaces along */
  g_autofree char *url = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->server))));

  if (*url && !latch_discovery_is_url (url))
    show_error (self, self->server, _("Enter an address that begins with https:// or http://"));
  else
    g_settings_set_string (self->settings, "discovery-url", url);
}

static void
port_applied_cb (LatchNetworkGroup *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->port))));
  guint64 port = 0;

  if (*text && !g_ascii_string_to_unsigned (text, 10, FIRST_PORT, G_MAXUINT16, &port, NULL))
    show_error (self, self->port, _("Enter a number from 1024 to 65535"));
  else
    g_settings_set_int (self->settings, "event-port", port);
}

static void
show_server (LatchNetworkGroup *self)
{
  g_autofree char *url = g_settings_get_string (self->settings, "discovery-url");
  g_autofree char *server = latch_discovery_url_dup_server (self->settings);
  /* Translators: %s is the name of a server */
  g_autofree char *title = server ? g_strdup_printf (_("Find Bridges Through %s"), server)
                                  : g_strdup (_("Find Bridges Through Nuki’s Server"));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->discovery), title);
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->server)), url))
    gtk_editable_set_text (GTK_EDITABLE (self->server), url);
}

static void
show_port (LatchNetworkGroup *self)
{
  int port = g_settings_get_int (self->settings, "event-port");
  g_autofree char *text = port ? g_strdup_printf ("%d", port) : g_strdup ("");

  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->port)), text))
    gtk_editable_set_text (GTK_EDITABLE (self->port), text);
}

static void
latch_network_group_dispose (GObject *object)
{
  LatchNetworkGroup *self = LATCH_NETWORK_GROUP (object);

  if (self->settings)
    g_signal_handlers_disconnect_by_data (self->settings, self);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (object), LATCH_TYPE_NETWORK_GROUP);

  G_OBJECT_CLASS (latch_network_group_parent_class)->dispose (object);
}

static void
latch_network_group_class_init (LatchNetworkGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = latch_network_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/latch-network-group.ui");
  gtk_widget_class_bind_template_child (widget_class, LatchNetworkGroup, discovery);
  gtk_widget_class_bind_template_child (widget_class, LatchNetworkGroup, server);
  gtk_widget_class_bind_template_child (widget_class, LatchNetworkGroup, port);
  gtk_widget_class_bind_template_child (widget_class, LatchNetworkGroup, error_label);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, server_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, port_applied_cb);
}

static void
latch_network_group_init (LatchNetworkGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * latch_network_group_set_settings:
 * @settings: the application's settings; to be called once
 */
void
latch_network_group_set_settings (LatchNetworkGroup *self, GSettings *settings)
{
  g_return_if_fail (LATCH_IS_NETWORK_GROUP (self));
  g_return_if_fail (self->settings == NULL);

  self->settings = g_object_ref (settings);
  g_settings_bind (settings, "discovery-enabled", self->discovery, "active", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (settings, "changed::discovery-url", G_CALLBACK (show_server), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::event-port", G_CALLBACK (show_port), self, G_CONNECT_SWAPPED);
  show_server (self);
  show_port (self);
}
