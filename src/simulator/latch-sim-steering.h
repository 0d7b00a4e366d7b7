/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "latch-sim-exchange.h"
#include "latch-sim-server.h"

G_BEGIN_DECLS

gboolean latch_sim_steering_is_path (const char       *path);
void     latch_sim_steering_handle  (LatchSimServer   *server,
                                     const char       *method,
                                     LatchSimExchange *exchange);

G_END_DECLS
