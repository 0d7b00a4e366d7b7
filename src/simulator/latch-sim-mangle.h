/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "latch-sim-faults.h"

G_BEGIN_DECLS

GBytes *latch_sim_mangle        (LatchSimFaultKind  kind,
                                 GBytes            *body);
GBytes *latch_sim_mangle_invent (LatchSimFaultKind  kind);
GBytes *latch_sim_mangle_post   (LatchSimFaultKind  kind,
                                 GBytes            *body);

G_END_DECLS
