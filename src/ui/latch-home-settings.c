/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-home-settings.h"

#include "latch-discovery-url.h"

static void
update_discovery (LatchHome *home, const char *key, GSettings *settings)
{
  g_autofree char *url = latch_discovery_url_dup (settings);

  latch_home_set_discovery (home, g_settings_get_boolean (settings, "discovery-enabled"), url);
}

static void
update_event_port (LatchHome *home, const char *key, GSettings *settings)
{
  latch_home_set_event_port (home, g_settings_get_int (settings, "event-port"));
}

static void
update_history (LatchHome *home, const char *key, GSettings *settings)
{
  latch_home_set_history_days (home, g_settings_get_int (settings, "history-days"));
}

/**
 * latch_home_settings_follow:
 * @settings: the application's settings
 * @home: what follows them, for as long as both live
 */
void
latch_home_settings_follow (GSettings *settings, LatchHome *home)
{
  static const struct
  {
    const char *key;
    void (*update) (LatchHome *home, const char *key, GSettings *settings);
  } followed[] = {
    { "discovery-enabled", update_discovery },
    { "discovery-url", update_discovery },
    { "event-port", update_event_port },
    { "history-days", update_history },
  };

  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (LATCH_IS_HOME (home));

  for (gsize i = 0; i < G_N_ELEMENTS (followed); i++)
    {
      g_autofree char *signal = g_strconcat ("changed::", followed[i].key, NULL);

      g_signal_connect_object (settings, signal, G_CALLBACK (followed[i].update), home, G_CONNECT_SWAPPED);
      followed[i].update (home, followed[i].key, settings);
    }
}
