/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "latch-sim-options.h"

G_BEGIN_DECLS

GPtrArray *latch_sim_household_furnish (const LatchSimOptions *options,
                                        LatchSimClock         *clock);

G_END_DECLS
