/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-settings.h"

/**
 * latch_ctl_settings_get:
 * @key: a switch among the application's preferences
 * @fallback: what holds where the application is not installed, or is too old to know @key
 *
 * Returns: what was chosen in the window
 */
gboolean
latch_ctl_settings_get (const char *key, gboolean fallback)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = source != NULL ? g_settings_schema_source_lookup (source, APP_ID, TRUE) : NULL;
  g_autoptr (GSettings) settings = NULL;

  if (schema == NULL || !g_settings_schema_has_key (schema, key))
    return fallback;

  settings = g_settings_new_full (schema, NULL, NULL);

  return g_settings_get_boolean (settings, key);
}
