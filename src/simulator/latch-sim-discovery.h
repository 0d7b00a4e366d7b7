/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "latch-sim-bridge.h"
#include "latch-sim-faults.h"

G_BEGIN_DECLS

#define LATCH_SIM_TYPE_DISCOVERY (latch_sim_discovery_get_type ())

G_DECLARE_FINAL_TYPE (LatchSimDiscovery, latch_sim_discovery, LATCH_SIM, DISCOVERY, GObject)

LatchSimDiscovery *latch_sim_discovery_new             (LatchSimBridge        *bridge,
                                                        LatchSimFaults        *faults);
gboolean           latch_sim_discovery_start           (LatchSimDiscovery     *self,
                                                        GError               **error);
char              *latch_sim_discovery_get_uri         (LatchSimDiscovery     *self);
void               latch_sim_discovery_set_mode        (LatchSimDiscovery     *self,
                                                        LatchSimDiscoveryMode  mode);
void               latch_sim_discovery_set_bridge_port (LatchSimDiscovery     *self,
                                                        int                    port);

G_END_DECLS
