/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "nightlatch"

#include "config.h"

#include "latch-discovery-url.h"

/**
 * latch_discovery_url_dup:
 * @settings: the application's settings
 *
 * The environment goes before the settings, and these before the vendor's address.
 *
 * Returns: (transfer full) (nullable): where to ask which bridges there are; %NULL for the vendor's address
 */
char *
latch_discovery_url_dup (GSettings *settings)
{
  const char *given = g_getenv ("NIGHTLATCH_DISCOVERY_URL");
  g_autofree char *configured = NULL;

  if (given && *given)
    return g_strdup (given);

  configured = g_settings_get_string (settings, "discovery-url");
  return *configured ? g_steal_pointer (&configured) : NULL;
}

/**
 * latch_discovery_url_dup_server:
 * @settings: the application's settings
 *
 * Returns: (transfer full) (nullable): the name of the server that somebody wants asked instead of the vendor's; %NULL
 *   for the vendor's
 */
char *
latch_discovery_url_dup_server (GSettings *settings)
{
  g_autofree char *url = g_settings_get_string (settings, "discovery-url");
  g_autoptr (GUri) uri = *url ? g_uri_parse (url, G_URI_FLAGS_NONE, NULL) : NULL;

  if (!*url)
    return NULL;

  return g_strdup (uri && g_uri_get_host (uri) ? g_uri_get_host (uri) : url);
}
