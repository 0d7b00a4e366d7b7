/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "nightlatch-simulator"

#include "config.h"

#include "latch-sim-profile.h"

static const struct
{
  LatchSimAuthModes mode;
  const char *name;
} auth_modes[] = {
  { LATCH_SIM_AUTH_PLAIN, "plain" },
  { LATCH_SIM_AUTH_HASHED, "hashed" },
  { LATCH_SIM_AUTH_ENCRYPTED, "encrypted" },
};

static gboolean
parse_version (const char *text,
               guint64 parts[3])
{
  g_auto (GStrv) split = g_strsplit (text, ".", -1);

  if (g_strv_length (split) != 3)
    return FALSE;

  for (int i = 0; i < 3; i++)
    {
      if (!g_ascii_string_to_unsigned (split[i], 10, 0, 9999, &parts[i], NULL))
        return FALSE;
    }

  return TRUE;
}

/**
 * latch_sim_profile_is_modern:
 *
 * Software bridges never learnt about device types, modes and what came with them.
 *
 * Returns: whether the bridge sends the members that were added after 1.6
 */
gboolean
latch_sim_profile_is_modern (const LatchSimProfile *profile)
{
  return profile->api == LATCH_SIM_API_1_13 && !profile->software;
}

gboolean
latch_sim_firmware_is_valid (const char *firmware)
{
  guint64 parts[3];

  return parse_version (firmware, parts);
}

/**
 * latch_sim_firmware_at_least:
 * @firmware: a bridge's firmware version
 * @line_1: the version that brought a feature to the first generation of hardware (1.x)
 * @line_2: the version that brought it to the second (2.x)
 *
 * Returns: whether @firmware has the feature
 */
gboolean
latch_sim_firmware_at_least (const char *firmware,
                             const char *line_1,
                             const char *line_2)
{
  guint64 have[3], need[3];

  if (!parse_version (firmware, have) || !parse_version (have[0] < 2 ? line_1 : line_2, need))
    return FALSE;

  for (int i = 0; i < 3; i++)
    {
      if (have[i] != need[i])
        return have[i] > need[i];
    }

  return TRUE;
}

/**
 * latch_sim_firmware_auth_modes:
 *
 * Returns: the kinds of tokens that a bridge with this firmware accepts
 */
LatchSimAuthModes
latch_sim_firmware_auth_modes (const char *firmware)
{
  LatchSimAuthModes modes = LATCH_SIM_AUTH_PLAIN;

  if (latch_sim_firmware_at_least (firmware, "1.12.0", "2.2.0"))
    modes |= LATCH_SIM_AUTH_HASHED;
  if (latch_sim_firmware_at_least (firmware, "1.22.1", "2.14.0"))
    modes |= LATCH_SIM_AUTH_ENCRYPTED;

  return modes;
}

/**
 * latch_sim_auth_modes_parse:
 * @text: names separated by commas
 *
 * Returns: whether @text names at least one mode, and nothing else
 */
gboolean
latch_sim_auth_modes_parse (const char        *text,
                            LatchSimAuthModes *modes)
{
  g_auto (GStrv) names = g_strsplit (text, ",", -1);

  *modes = LATCH_SIM_AUTH_NONE;
  for (char **name = names; *name != NULL; name++)
    {
      gsize i;

      for (i = 0; i < G_N_ELEMENTS (auth_modes); i++)
        {
          if (g_str_equal (*name, auth_modes[i].name))
            {
              *modes |= auth_modes[i].mode;
              break;
            }
        }
      if (i == G_N_ELEMENTS (auth_modes))
        return FALSE;
    }

  return *modes != LATCH_SIM_AUTH_NONE;
}

const char *
latch_sim_auth_mode_name (LatchSimAuthModes mode)
{
  for (gsize i = 0; i < G_N_ELEMENTS (auth_modes); i++)
    {
      if (auth_modes[i].mode == mode)
        return auth_modes[i].name;
    }

  return NULL;
}
