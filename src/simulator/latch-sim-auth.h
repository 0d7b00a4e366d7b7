/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "latch-sim-clock.h"
#include "latch-sim-profile.h"

G_BEGIN_DECLS

#define LATCH_SIM_TYPE_AUTH (latch_sim_auth_get_type ())

G_DECLARE_FINAL_TYPE (LatchSimAuth, latch_sim_auth, LATCH_SIM, AUTH, GObject)

LatchSimAuth     *latch_sim_auth_new          (LatchSimClock     *clock,
                                               LatchSimAuthModes  modes,
                                               const char        *token);
const char       *latch_sim_auth_ensure_token (LatchSimAuth      *self);
void              latch_sim_auth_forget       (LatchSimAuth      *self);
gboolean          latch_sim_auth_has_token    (LatchSimAuth      *self);
LatchSimAuthModes latch_sim_auth_check        (LatchSimAuth      *self,
                                               GHashTable        *query);

G_END_DECLS
