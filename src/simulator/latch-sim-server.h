/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "latch-sim-bridge.h"
#include "latch-sim-discovery.h"
#include "latch-sim-faults.h"
#include "latch-sim-journal.h"

G_BEGIN_DECLS

#define LATCH_SIM_TYPE_SERVER (latch_sim_server_get_type ())

G_DECLARE_FINAL_TYPE (LatchSimServer, latch_sim_server, LATCH_SIM, SERVER, GObject)

LatchSimServer    *latch_sim_server_new           (LatchSimBridge    *bridge);
gboolean           latch_sim_server_start         (LatchSimServer    *self,
                                                   GError           **error);
char              *latch_sim_server_get_uri       (LatchSimServer    *self);
LatchSimBridge    *latch_sim_server_get_bridge    (LatchSimServer    *self);
LatchSimDiscovery *latch_sim_server_get_discovery (LatchSimServer    *self);
LatchSimFaults    *latch_sim_server_get_faults    (LatchSimServer    *self);
LatchSimJournal   *latch_sim_server_get_journal   (LatchSimServer    *self);

G_END_DECLS
