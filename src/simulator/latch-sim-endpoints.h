/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "latch-sim-answers.h"
#include "latch-sim-bridge.h"

G_BEGIN_DECLS

typedef void (*LatchSimHandler) (LatchSimBridge   *bridge,
                                 LatchSimExchange *exchange);

typedef enum
{
  LATCH_SIM_ENDPOINT_OPEN = 1 << 0,     /* Needs no token */
  LATCH_SIM_ENDPOINT_HARDWARE = 1 << 1, /* Not available on software bridges */
  LATCH_SIM_ENDPOINT_MODERN = 1 << 2,   /* Came after 1.6 */
} LatchSimEndpointFlags;

typedef struct
{
  const char *path;
  LatchSimEndpointFlags flags;
  LatchSimHandler handler;
} LatchSimEndpoint;

const LatchSimEndpoint *latch_sim_endpoint_find (const LatchSimProfile *profile,
                                                 const char            *path);

/* latch-sim-reads.c */
void latch_sim_handle_list            (LatchSimBridge *bridge, LatchSimExchange *exchange);
void latch_sim_handle_info            (LatchSimBridge *bridge, LatchSimExchange *exchange);
void latch_sim_handle_log             (LatchSimBridge *bridge, LatchSimExchange *exchange);
void latch_sim_handle_callback_list   (LatchSimBridge *bridge, LatchSimExchange *exchange);

/* latch-sim-commands.c */
void latch_sim_handle_lock_state      (LatchSimBridge *bridge, LatchSimExchange *exchange);
void latch_sim_handle_lock_action     (LatchSimBridge *bridge, LatchSimExchange *exchange);
void latch_sim_handle_lock            (LatchSimBridge *bridge, LatchSimExchange *exchange);
void latch_sim_handle_unlock          (LatchSimBridge *bridge, LatchSimExchange *exchange);
void latch_sim_handle_unpair          (LatchSimBridge *bridge, LatchSimExchange *exchange);

/* latch-sim-management.c */
void latch_sim_handle_auth            (LatchSimBridge *bridge, LatchSimExchange *exchange);
void latch_sim_handle_config_auth     (LatchSimBridge *bridge, LatchSimExchange *exchange);
void latch_sim_handle_callback_add    (LatchSimBridge *bridge, LatchSimExchange *exchange);
void latch_sim_handle_callback_remove (LatchSimBridge *bridge, LatchSimExchange *exchange);
void latch_sim_handle_clearlog        (LatchSimBridge *bridge, LatchSimExchange *exchange);
void latch_sim_handle_fwupdate        (LatchSimBridge *bridge, LatchSimExchange *exchange);
void latch_sim_handle_reboot          (LatchSimBridge *bridge, LatchSimExchange *exchange);
void latch_sim_handle_factory_reset   (LatchSimBridge *bridge, LatchSimExchange *exchange);

G_END_DECLS
