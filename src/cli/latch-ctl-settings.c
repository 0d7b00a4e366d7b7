/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "latch-ctl-settings.h"

/* NULL where the application is not installed, or is too old to know the key */
static GSettings *
open_settings (const char *key)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = source != NULL ? g_settings_schema_source_lookup (source, APP_ID, TRUE) : NULL;

  if (schema == NULL || !g_settings_schema_has_key (schema, key))
    return NULL;

  return g_settings_new_full (schema, NULL, NULL);
}

/**
 * latch_ctl_settings_get:
 * @key: a switch among the application's preferences
 * @fallback: what holds where there is no such switch
 *
 * Returns: what was chosen in the window
 */
gboolean
latch_ctl_settings_get (const char *key, gboolean fallback)
{
  g_autoptr (GSettings) settings = open_settings (key);

  return settings != NULL ? g_settings_get_boolean (settings, key) : fallback;
}

/**
 * latch_ctl_settings_dup_text:
 * @key: a text among the application's preferences
 *
 * Returns: (transfer full) (nullable): what was written in the window; %NULL if nothing was
 */
char *
latch_ctl_settings_dup_text (const char *key)
{
  g_autoptr (GSettings) settings = open_settings (key);
  g_autofree char *text = settings != NULL ? g_settings_get_string (settings, key) : NULL;

  return text != NULL && *text != '\0' ? g_steal_pointer (&text) : NULL;
}
