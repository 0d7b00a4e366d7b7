/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "nightlatch-simulator"

#include "config.h"

#include "latch-sim-endpoints.h"

static const LatchSimEndpoint endpoints[] = {
  { "/auth", LATCH_SIM_ENDPOINT_OPEN, latch_sim_handle_auth },
  { "/configAuth", 0, latch_sim_handle_config_auth },
  { "/list", 0, latch_sim_handle_list },
  { "/lockState", 0, latch_sim_handle_lock_state },
  { "/lockAction", 0, latch_sim_handle_lock_action },
  { "/lock", LATCH_SIM_ENDPOINT_MODERN, latch_sim_handle_lock },
  { "/unlock", LATCH_SIM_ENDPOINT_MODERN, latch_sim_handle_unlock },
  { "/unpair", LATCH_SIM_ENDPOINT_HARDWARE, latch_sim_handle_unpair },
  { "/info", 0, latch_sim_handle_info },
  { "/callback/add", 0, latch_sim_handle_callback_add },
  { "/callback/list", 0, latch_sim_handle_callback_list },
  { "/callback/remove", 0, latch_sim_handle_callback_remove },
  { "/log", LATCH_SIM_ENDPOINT_HARDWARE, latch_sim_handle_log },
  { "/clearlog", LATCH_SIM_ENDPOINT_HARDWARE, latch_sim_handle_clearlog },
  { "/fwupdate", LATCH_SIM_ENDPOINT_HARDWARE, latch_sim_handle_fwupdate },
  { "/reboot", LATCH_SIM_ENDPOINT_HARDWARE, latch_sim_handle_reboot },
  { "/factoryReset", LATCH_SIM_ENDPOINT_HARDWARE, latch_sim_handle_factory_reset },
};

/**
 * latch_sim_endpoint_find:
 *
 * Returns: (transfer none) (nullable): the endpoint at @path, if such a bridge has it
 */
const LatchSimEndpoint *
latch_sim_endpoint_find (const LatchSimProfile *profile,
                         const char            *path)
{
  for (gsize i = 0; i < G_N_ELEMENTS (endpoints); i++)
    {
      const LatchSimEndpoint *endpoint = &endpoints[i];

      if (!g_str_equal (endpoint->path, path))
        continue;
      if ((endpoint->flags & LATCH_SIM_ENDPOINT_HARDWARE) && profile->software)
        return NULL;
      if ((endpoint->flags & LATCH_SIM_ENDPOINT_MODERN) && !latch_sim_profile_is_modern (profile))
        return NULL;

      return endpoint;
    }

  return NULL;
}
