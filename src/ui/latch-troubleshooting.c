/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-troubleshooting.h"

#include "latch-enum-types.h"
#include "latch-error.h"
#include "latch-model-enum-types.h"

#include <adwaita.h>
#include <libsoup/soup.h>
#include <locale.h>
#include <sqlite3.h>

/*
 * It is written for those who mend the program, often strangers, in a place that all can read. Therefore it is in English, and
 * says nothing of a home that is not needed for that: bridges and devices have numbers in place of names, IDs and addresses,
 * and errors are named by their kind, as their messages may quote what was said or typed.
 */

static void G_GNUC_PRINTF (3, 4)
add (GString *text, const char *title, const char *format, ...)
{
  va_list args;

  g_string_append_printf (text, "%s: ", title);
  va_start (args, format);
  g_string_append_vprintf (text, format, args);
  va_end (args);
  g_string_append_c (text, '\n');
}

static const char *
get_nick (GType type, int value)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);
  const GEnumValue *known = g_enum_get_value (klass, value);

  return known ? known->value_nick : "unknown";
}

static void
add_error (GString *text, const char *title, const GError *error)
{
  if (!error)
    return;

  if (error->domain == LATCH_ERROR)
    add (text, title, "%s", get_nick (LATCH_TYPE_ERROR, error->code));
  else
    add (text, title, "%s %d", g_quark_to_string (error->domain), error->code);
}

static void
add_ago (GString *text, const char *title, gint64 then, gint64 now)
{
  if (then > 0)
    add (text, title, "%" G_GINT64_FORMAT " s ago", MAX (now - then, 0));
}

/* What a bridge sent may be anything */
static void
add_version (GString *text, const char *title, const char *version)
{
  static const char allowed[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-+_";

  if (version && *version)
    add (text, title, "%s", strlen (version) <= 32 && strspn (version, allowed) == strlen (version) ? version : "(odd)");
}

static void
add_flatpak (GString *text)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *runtime = NULL;
  g_autofree char *version = NULL;

  if (!g_key_file_load_from_file (file, "/.flatpak-info", G_KEY_FILE_NONE, NULL))
    return;

  runtime = g_key_file_get_string (file, "Application", "runtime", NULL);
  version = g_key_file_get_string (file, "Instance", "flatpak-version", NULL);
  add (text, "Flatpak", "%s, %s", version ? version : "unknown", runtime ? runtime : "unknown");
}

static void
add_desktop (GString *text, GtkNative *native)
{
  const char *desktop = g_getenv ("XDG_CURRENT_DESKTOP");
  const char *language = setlocale (LC_MESSAGES, NULL);

  add (text, "Desktop", "%s", desktop && *desktop ? desktop : "unknown");
  if (native)
    {
      add (text, "Display", "%s", G_OBJECT_TYPE_NAME (gtk_widget_get_display (GTK_WIDGET (native))));
      if (gtk_native_get_renderer (native))
        add (text, "Renderer", "%s", G_OBJECT_TYPE_NAME (gtk_native_get_renderer (native)));
    }
  add (text, "Language", "%s", language ? language : "unknown");
}

static void
add_versions (GString *text)
{
  g_autofree char *os = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);

  add (text, "Nightlatch", "%s%s", PACKAGE_VERSION, DEVELOPMENT ? " (development)" : "");
  add (text, "GTK", "%u.%u.%u", gtk_get_major_version (), gtk_get_minor_version (), gtk_get_micro_version ());
  add (text, "libadwaita", "%u.%u.%u", adw_get_major_version (), adw_get_minor_version (), adw_get_micro_version ());
  add (text, "GLib", "%u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version);
  add (text, "libsoup", "%u.%u.%u", soup_get_major_version (), soup_get_minor_version (), soup_get_micro_version ());
  add (text, "SQLite", "%s", sqlite3_libversion ());
  add (text, "System", "%s", os ? os : "unknown");
  add_flatpak (text);
}

static void
add_info (GString *text, LatchBridge *bridge, gint64 now)
{
  const LatchInfoSnapshot *info = latch_bridge_get_info (bridge);
  gint64 offset;

  if (!info)
    return;

  add_version (text, "Firmware", info->firmware_version);
  add_version (text, "Wi-Fi firmware", info->wifi_firmware_version);
  add_version (text, "App", info->app_version);
  if (latch_bridge_get_uptime (bridge) >= 0)
    add (text, "Running for", "%" G_GINT64_FORMAT " s", latch_bridge_get_uptime (bridge));
  if (latch_bridge_get_clock_offset (bridge, &offset))
    add (text, "Clock", "%+" G_GINT64_FORMAT " s", offset);
  add (text, "Server connected", "%s", get_nick (LATCH_TYPE_TRISTATE, info->server_connected));
  add (text, "Devices in range", "%u", g_list_model_get_n_items (G_LIST_MODEL (latch_bridge_get_range (bridge))));
  if (!latch_bridge_is_info_current (bridge))
    add_ago (text, "All that was told", latch_bridge_get_info_at (bridge), now);
}

static void
add_instant_updates (GString *text, LatchBridge *bridge, gint64 now)
{
  LatchSubscription *subscription = latch_bridge_get_subscription (bridge);

  if (!latch_bridge_get_instant_updates (bridge) || !subscription)
    {
      add (text, "Instant updates", "%s", latch_bridge_get_instant_updates (bridge) ? "not yet" : "turned off");
      return;
    }

  add (text, "Instant updates", "%s", get_nick (LATCH_TYPE_SUBSCRIPTION_STATE, latch_subscription_get_state (subscription)));
  add_error (text, "Why they do not work", latch_subscription_get_error (subscription));
  add_ago (text, "Last update", latch_subscription_get_last_event_at (subscription), now);
}

static void
add_device (GString *text, LatchLock *lock, guint number)
{
  g_autofree char *title = g_strdup_printf ("Device %u", number);
  int type = latch_lock_get_device_type (lock);

  add (text, title, "%s (type %d)%s%s%s", get_nick (LATCH_TYPE_DEVICE_TYPE, type), type,
       latch_lock_get_stale (lock) ? ", stale" : "", latch_lock_get_offline (lock) ? ", offline" : "",
       latch_lock_get_hidden (lock) ? ", hidden" : "");
  add_version (text, "  Firmware", latch_lock_get_firmware_version (lock));
}

static void
add_bridge (GString *text, LatchBridge *bridge, guint number, gint64 now)
{
  LatchClient *client = latch_bridge_get_client (bridge);
  guint n_devices = g_list_model_get_n_items (G_LIST_MODEL (bridge));

  g_string_append_printf (text, "\nBridge %u\n", number);
  add (text, "Type", "%s", get_nick (LATCH_TYPE_BRIDGE_TYPE, latch_bridge_get_bridge_type (bridge)));
  add (text, "Connection", "%s", get_nick (LATCH_TYPE_CONNECTION, latch_bridge_get_connection (bridge)));
  add_error (text, "Last problem", latch_bridge_get_error (bridge));
  add_ago (text, "Last answer", latch_bridge_get_last_contact (bridge), now);
  add (text, "Token", "%s, accepted as %s", latch_bridge_get_session_only (bridge) ? "for this session only" : "in the keyring",
       latch_auth_mode_get_nick (latch_client_get_accepted_mode (client)));
  if (latch_bridge_get_maintenance (bridge) != LATCH_MAINTENANCE_NONE)
    add (text, "Maintenance", "%s", get_nick (LATCH_TYPE_MAINTENANCE, latch_bridge_get_maintenance (bridge)));
  add_info (text, bridge, now);
  if (latch_bridge_get_info_error (bridge) != latch_bridge_get_error (bridge))
    add_error (text, "Last problem with /info", latch_bridge_get_info_error (bridge));
  add_instant_updates (text, bridge, now);

  add (text, "Devices", "%u", n_devices);
  for (guint i = 0; i < n_devices; i++)
    {
      g_autoptr (LatchLock) lock = g_list_model_get_item (G_LIST_MODEL (bridge), i);

      add_device (text, lock, i + 1);
    }
}

/**
 * latch_troubleshooting_new:
 * @home: (not nullable): the bridges
 * @native: (nullable): the window
 * @now: the present, in seconds since 1970
 *
 * Writes down what those who mend the program want to know of this computer and its bridges. It has no secrets in it, and
 * nothing by which a home or who lives there could be known.
 *
 * Returns: (transfer full): some lines of text
 */
char *
latch_troubleshooting_new (GListModel *home, GtkNative *native, gint64 now)
{
  GString *text = g_string_new (NULL);
  guint n_bridges = g_list_model_get_n_items (home);

  add_versions (text);
  add_desktop (text, native);
  add (text, "Bridges", "%u", n_bridges);

  for (guint i = 0; i < n_bridges; i++)
    {
      g_autoptr (LatchBridge) bridge = g_list_model_get_item (home, i);

      add_bridge (text, bridge, i + 1, now);
    }

  return g_string_free_and_steal (text);
}
