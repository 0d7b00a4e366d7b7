/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "latch-sim-auth.h"
#include "latch-sim-button.h"
#include "latch-sim-callbacks.h"
#include "latch-sim-lock.h"
#include "latch-sim-log.h"
#include "latch-sim-options.h"

G_BEGIN_DECLS

#define LATCH_SIM_TYPE_BRIDGE (latch_sim_bridge_get_type ())

G_DECLARE_FINAL_TYPE (LatchSimBridge, latch_sim_bridge, LATCH_SIM, BRIDGE, GObject)

/* In place of a device type: whichever has the ID */
#define LATCH_SIM_ANY_TYPE (-1)

LatchSimBridge        *latch_sim_bridge_new              (LatchSimOptions       *options);
const LatchSimOptions *latch_sim_bridge_get_options      (LatchSimBridge        *self);
const LatchSimProfile *latch_sim_bridge_get_profile      (LatchSimBridge        *self);
LatchSimClock         *latch_sim_bridge_get_clock        (LatchSimBridge        *self);
LatchSimAuth          *latch_sim_bridge_get_auth         (LatchSimBridge        *self);
LatchSimButton        *latch_sim_bridge_get_button       (LatchSimBridge        *self);
LatchSimCallbacks     *latch_sim_bridge_get_callbacks    (LatchSimBridge        *self);
LatchSimLog           *latch_sim_bridge_get_log          (LatchSimBridge        *self);
gint64                 latch_sim_bridge_get_uptime       (LatchSimBridge        *self);
void                   latch_sim_bridge_set_uptime       (LatchSimBridge        *self,
                                                          gint64                 seconds);
gboolean               latch_sim_bridge_get_online       (LatchSimBridge        *self);
void                   latch_sim_bridge_set_online       (LatchSimBridge        *self,
                                                          gboolean               online);
gboolean               latch_sim_bridge_get_auth_enabled (LatchSimBridge        *self);
void                   latch_sim_bridge_set_auth_enabled (LatchSimBridge        *self,
                                                          gboolean               enabled);

GPtrArray             *latch_sim_bridge_get_locks        (LatchSimBridge        *self);
LatchSimLock          *latch_sim_bridge_find_lock        (LatchSimBridge        *self,
                                                          const char            *id,
                                                          int                    type);
guint                  latch_sim_bridge_get_pair_index   (LatchSimBridge        *self,
                                                          LatchSimLock          *lock);

gboolean               latch_sim_bridge_is_running       (LatchSimBridge        *self);
void                   latch_sim_bridge_stop             (LatchSimBridge        *self);
void                   latch_sim_bridge_grow_log         (LatchSimBridge        *self,
                                                          guint                  n_entries);
void                   latch_sim_bridge_reboot           (LatchSimBridge        *self);
void                   latch_sim_bridge_boot             (LatchSimBridge        *self);
gboolean               latch_sim_bridge_update           (LatchSimBridge        *self);
void                   latch_sim_bridge_factory_reset    (LatchSimBridge        *self);

G_END_DECLS
