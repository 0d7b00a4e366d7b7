/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  LATCH_SIM_API_1_6,
  LATCH_SIM_API_1_13,
} LatchSimApi;

typedef enum
{
  LATCH_SIM_AUTH_NONE = 0,
  LATCH_SIM_AUTH_PLAIN = 1 << 0,
  LATCH_SIM_AUTH_HASHED = 1 << 1,
  LATCH_SIM_AUTH_ENCRYPTED = 1 << 2,
} LatchSimAuthModes;

/**
 * LatchSimProfile:
 * @software: a bridge that is an app on somebody's phone instead of a plug in the wall
 *
 * Which bridge is simulated.
 */
typedef struct
{
  LatchSimApi api;
  gboolean software;
  char *firmware;
  LatchSimAuthModes auth_modes;
  guint64 hardware_id;
  guint64 server_id;
} LatchSimProfile;

gboolean          latch_sim_profile_is_modern        (const LatchSimProfile *profile);
gboolean          latch_sim_firmware_at_least        (const char            *firmware,
                                                      const char            *line_1,
                                                      const char            *line_2);
LatchSimAuthModes latch_sim_firmware_auth_modes      (const char            *firmware);
gboolean          latch_sim_firmware_is_valid        (const char            *firmware);
gboolean          latch_sim_auth_modes_parse         (const char            *text,
                                                      LatchSimAuthModes     *modes);
const char       *latch_sim_auth_mode_name           (LatchSimAuthModes      mode);

G_END_DECLS
