/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-silent-portals.h"

#include "latch-portal.h"

/* Who answers does so in some milliseconds; who has to be started first takes half a second, or much longer while all of
 * the desktop starts */
#define PATIENCE_MS 1500
#define PATIENCE_AT_FIRST_MS 6000

#define BUS_NAME "org.freedesktop.DBus"
#define BUS_PATH "/org/freedesktop/DBus"

#define SETTINGS "org.freedesktop.portal.Settings"

/*
 * Whom GTK, libadwaita and GIO ask something before the first window shows. They wait for each answer, 25 seconds or for
 * ever. How they are told not to ask: who forbids GTK one portal forbids it all of them.
 */
static const struct
{
  const char *interface;
  struct
  {
    const char *variable;
    const char *value;
  } remedies[2];
} portals[] = {
  { "org.freedesktop.portal.Inhibit", { { "GDK_DEBUG", "no-portals" } } },
  { SETTINGS, { { "GDK_DEBUG", "no-portals" }, { "ADW_DISABLE_PORTAL", "1" } } },
  { "org.freedesktop.portal.NetworkMonitor", { { "GIO_USE_NETWORK_MONITOR", "netlink" } } },
  { "org.freedesktop.portal.ProxyResolver", { { "GIO_USE_PROXY_RESOLVER", "dummy" } } },
};

/* Whether GTK is forbidden to ask them; it reads that once, so that it is so until the end */
static gboolean gtk_has_none;

typedef struct
{
  gboolean is_silent;
  guint *n_pending;
} Question;

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  int *patience = user_data;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  *patience = reply ? PATIENCE_MS : PATIENCE_AT_FIRST_MS;
}

/* How long an answer may take */
static int
find_patience (GDBusConnection *connection, GMainContext *context)
{
  int patience = 0;

  g_dbus_connection_call (connection, BUS_NAME, BUS_PATH, BUS_NAME, "GetNameOwner",
                          g_variant_new ("(s)", LATCH_PORTAL_NAME), NULL, G_DBUS_CALL_FLAGS_NONE, PATIENCE_MS, NULL,
                          found_cb, &patience);
  while (patience == 0)
    g_main_context_iteration (context, TRUE);

  return patience;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Question *question = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  question->is_silent = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
                        g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY);
  (*question->n_pending)--;
}

static void
ask (GDBusConnection *connection,
     Question *question,
     const char *interface,
     const char *method,
     GVariant *arguments,
     int patience)
{
  (*question->n_pending)++;
  g_dbus_connection_call (connection, LATCH_PORTAL_NAME, LATCH_PORTAL_PATH, interface, method, arguments, NULL,
                          G_DBUS_CALL_FLAGS_NONE, patience, NULL, answered_cb, question);
}

static void
remedy (const char *variable, const char *value)
{
  const char *before = g_getenv (variable);
  gboolean is_list = g_str_equal (variable, "GDK_DEBUG");
  g_autofree char *all = is_list && before ? g_strconcat (before, ",", value, NULL) : g_strdup (value);

  g_setenv (variable, all, is_list);
  gtk_has_none |= is_list;
}

/**
 * latch_silent_portals_avoid:
 * @connection: the session bus
 *
 * Has GTK and the others do without those portals that do not answer: there would be no window for minutes. To be called
 * before GTK starts. Waits itself, but not long, and for all of them together.
 */
void
latch_silent_portals_avoid (GDBusConnection *connection)
{
  static const char *const appearance[] = { "org.freedesktop.appearance", NULL };
  g_autoptr (GMainContext) context = g_main_context_new ();
  Question questions[G_N_ELEMENTS (portals)] = { 0 };
  guint n_pending = 0;
  int patience;

  /* Nothing else happens yet */
  g_main_context_push_thread_default (context);
  patience = find_patience (connection, context);
  for (guint i = 0; i < G_N_ELEMENTS (portals); i++)
    {
      questions[i].n_pending = &n_pending;
      /* These come from somebody behind it, who may be the one that does not answer */
      if (g_str_equal (portals[i].interface, SETTINGS))
        ask (connection, &questions[i], portals[i].interface, "ReadAll", g_variant_new ("(^as)", appearance),
             patience);
      else
        ask (connection, &questions[i], "org.freedesktop.DBus.Properties", "GetAll",
             g_variant_new ("(s)", portals[i].interface), patience);
    }
  while (n_pending > 0)
    g_main_context_iteration (context, TRUE);
  g_main_context_pop_thread_default (context);

  for (guint i = 0; i < G_N_ELEMENTS (portals); i++)
    if (questions[i].is_silent)
      {
        g_message ("%s does not answer: it is not used", portals[i].interface);
        for (guint j = 0; j < G_N_ELEMENTS (portals[i].remedies) && portals[i].remedies[j].variable; j++)
          remedy (portals[i].remedies[j].variable, portals[i].remedies[j].value);
      }
}

/**
 * latch_silent_portals_affect_files:
 *
 * Returns: whether people cannot choose files: where there is no other way to those of theirs than a portal
 */
gboolean
latch_silent_portals_affect_files (void)
{
  return gtk_has_none && latch_portal_is_needed ();
}
